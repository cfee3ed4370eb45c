"""Choices of the register, and named groups of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeStatus(models.TextChoices):
    """The life of an entry, from the first hint to its end. What the public sees is in `visibility`."""

    FOUND = "found", _("見つけた")
    VISITED = "visited", _("訪問した")
    CONSENTED = "consented", _("掲載の同意を得た")
    LISTED = "listed", _("掲載中(活動は未確認)")
    ACTIVE = "active", _("活動中")
    PAUSED = "paused", _("お休み中")
    CLOSED = "closed", _("終了")


#: Shown to everybody (paused ones say so above their name).
PUBLIC_STATUSES = (LifeStatus.LISTED, LifeStatus.ACTIVE, LifeStatus.PAUSED)


class Wish(models.TextChoices):
    """What a visitor wants to do; the first thing the home page asks. Each category belongs to one."""

    TALK = "talk", _("お茶・おしゃべり")
    EAT = "eat", _("いっしょに食べる")
    MOVE = "move", _("体を動かす")
    CHILDREN = "children", _("子どもと過ごす")
    CONSULT = "consult", _("相談する")
    LIVING = "living", _("買い物・暮らし")
    ROOM = "room", _("場所を借りる")
    HELP = "help", _("手伝う・参加する")


class JoinPolicy(models.TextChoices):
    """How one takes part."""

    OPEN = "open", _("予約はいりません")
    RESERVATION = "reservation", _("予約がいります")
    REFERRAL = "referral", _("紹介がいります")
    UNKNOWN = "unknown", _("お問い合わせください")


class FeeKind(models.TextChoices):
    """Whether it costs something. Amounts are in the fee fields, in yen a visit."""

    FREE = "free", _("無料")
    PAID = "paid", _("有料")
    UNKNOWN = "unknown", _("わかりません")


class CapacityState(models.TextChoices):
    """Whether newcomers can be taken. [HSDS service_capacity]"""

    OPEN = "open", _("受付中")
    ASK = "ask", _("要相談")
    FULL = "full", _("満員")
    UNKNOWN = "unknown", _("わかりません")


class Pickup(models.TextChoices):
    """Is there a lift (送迎)?"""

    NONE = "none", _("送迎はありません")
    YES = "yes", _("送迎があります")
    CONSULT = "consult", _("送迎は相談できます")
    UNKNOWN = "unknown", _("わかりません")


class PlaceVisibility(models.TextChoices):
    """How closely the public may know the place; from open to closed, in this order."""

    EXACT = "exact", _("住所まで公開")
    BLOCK = "block", _("町丁目まで公開")
    DISTRICT = "district", _("地区だけ公開(個人宅など)")
    HIDDEN = "hidden", _("公開しない(避難先など)")


class ContactAudience(models.TextChoices):
    """Who may see a contact."""

    PUBLIC = "public", _("だれでも")
    REGISTERED = "registered", _("登録した人")
    STAFF = "staff", _("職員だけ")


class Answer(models.TextChoices):
    """A feature is there, is not there, or nobody has looked: three different things."""

    YES = "yes", _("ある")
    NO = "no", _("ない")
    UNKNOWN = "unknown", _("わかりません")


class FeatureGroup(models.TextChoices):
    """Where a feature is shown on the page."""

    ACCESS = "access", _("行きやすさ")
    AMENITY = "amenity", _("設備・サービス")


class LegalForm(models.TextChoices):
    """Legal form of an organization."""

    INFORMAL = "informal", _("任意の団体")
    NEIGHBOURHOOD = "neighbourhood", _("町会・自治会")
    NPO = "npo", _("NPO法人")
    SOCIAL_WELFARE = "social_welfare", _("社会福祉法人")
    COUNCIL = "council", _("社会福祉協議会")
    ASSOCIATION = "association", _("社団法人・財団法人")
    COMPANY = "company", _("会社・商店")
    SCHOOL = "school", _("学校・保育園")
    RELIGIOUS = "religious", _("宗教法人")
    PUBLIC = "public", _("区・市などの公的機関")
    OTHER = "other", _("その他")


class OrganizationStatus(models.TextChoices):
    """The life of an organization in the register."""

    REGISTERED = "registered", _("登録申込み")
    APPROVED = "approved", _("承認済み")
    PAUSED = "paused", _("お休み中")
    CLOSED = "closed", _("終了")


class MemberRole(models.TextChoices):
    """What a person may do for an organization."""

    OWNER = "owner", _("代表")
    EDITOR = "editor", _("編集する人")


class ScheduleKind(models.TextChoices):
    """What kind of timetable; values are those of `directory.schedules.rules.ScheduleSpec.kind`."""

    REGULAR = "regular", _("決まった曜日・日にち")
    DATES = "dates", _("日にちを指定")
    APPOINTMENT = "appointment", _("予約・相談のうえ")
    IRREGULAR = "irregular", _("不定期")
    ALWAYS = "always", _("いつでも")
    UNKNOWN = "unknown", _("わかりません")


class ParseStatus(models.TextChoices):
    """How well the original text of a schedule was understood."""

    PARSED = "parsed", _("理解できました")
    PARTIAL = "partial", _("一部だけ理解できました")
    UNPARSED = "unparsed", _("理解できませんでした")


class OccurrenceStatus(models.TextChoices):
    """What became of one date."""

    SCHEDULED = "scheduled", _("予定どおり")
    CANCELLED = "cancelled", _("中止")
    MOVED = "moved", _("日時の変更")
    ADDED = "added", _("臨時の開催")


class ChangeAction(models.TextChoices):
    """What happens to one date of a schedule."""

    CANCEL = "cancel", _("中止する")
    MOVE = "move", _("日時・場所を変える")
    ADD = "add", _("臨時に開く")


class VerificationMethod(models.TextChoices):
    """How somebody made sure that an entry is true."""

    PHONE = "phone", _("電話")
    VISIT = "visit", _("訪問")
    OWNER = "owner", _("団体ご本人")
    PAPER = "paper", _("書面")
    AUTOMATIC = "automatic", _("自動")


class VerificationResult(models.TextChoices):
    """What came of it."""

    CONFIRMED = "confirmed", _("変わりなし")
    CHANGED = "changed", _("変更あり")
    UNREACHED = "unreached", _("連絡がつかない")
    ENDED = "ended", _("終了していた")


class FieldGroup(models.TextChoices):
    """What part of an entry was verified."""

    ALL = "all", _("すべて")
    SCHEDULE = "schedule", _("日時")
    PLACE = "place", _("場所")
    CONTACT = "contact", _("連絡先")
    CONTENT = "content", _("内容")


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("列を確かめる")
    READING = "reading", _("読み取っています")
    READ = "read", _("内容を確かめる")
    WAITING = "waiting", _("順番を待っています")
    APPLYING = "applying", _("取り込んでいます")
    APPLIED = "applied", _("取り込み済み")
    FAILED = "failed", _("失敗")
    UNDOING = "undoing", _("元に戻しています")
    UNDONE = "undone", _("元に戻しました")
    ABANDONED = "abandoned", _("取り込まずに終わりました")


class RowDecision(models.TextChoices):
    """What an import did with one row."""

    NEW = "new", _("新しい登録")
    CHANGED = "changed", _("変更")
    SAME = "same", _("変更なし")
    SKIPPED = "skipped", _("対象外")
    ERROR = "error", _("エラー")


class MistakeState(models.TextChoices):
    """Where a report of a mistake stands."""

    NEW = "new", _("未対応")
    DONE = "done", _("対応済み")
    DISMISSED = "dismissed", _("対応しない")


class RegistrationState(models.TextChoices):
    """Where the registration of a group stands."""

    TYPING = "typing", _("入力中")
    SUBMITTED = "submitted", _("審査を待っています")
    ACCEPTED = "accepted", _("登録されました")
    RETURNED = "returned", _("直しをお願いしました")
    REJECTED = "rejected", _("登録しませんでした")


class ReviewDecision(models.TextChoices):
    """What a review came to."""

    APPROVED = "approved", _("承認しました")
    RETURNED = "returned", _("差し戻しました")
    REJECTED = "rejected", _("掲載しないことにしました")


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    WAITING = "waiting", _("確認を待っています")
    APPROVED = "approved", _("認めました")
    REJECTED = "rejected", _("認めませんでした")


class AskChannel(models.TextChoices):
    """How a group is asked whether its entry is still true."""

    MAIL = "mail", _("メール")
    PHONE = "phone", _("電話")
    PAPER = "paper", _("書面")


class AskState(models.TextChoices):
    """Where an ask stands. The first two are open."""

    WAITING = "waiting", _("返事を待っています")
    CALL = "call", _("電話で確かめます")
    ANSWERED = "answered", _("返事がありました")
    WITHDRAWN = "withdrawn", _("取りやめました")


OPEN_ASKS = (AskState.WAITING, AskState.CALL)


class AskAnswer(models.TextChoices):
    """What a group says."""

    SAME = "same", _("変わりありません")
    CHANGED = "changed", _("変わりました")
    ENDED = "ended", _("終わりました")


class VisitedKind(models.TextChoices):
    """Whom staff visit, as the council reports it each year."""

    SALON = "salon", _("サロン・ミニデイ等")
    SCHOOL = "school", _("学校・施設・保育園等")
    BUSINESS = "business", _("事業者・NPO等")


class VisitOutcome(models.TextChoices):
    """How far an entry came by a visit."""

    FOUND = "found", _("見つけた")
    VISITED = "visited", _("話を聞いた")
    CONSENTED = "consented", _("掲載の同意を得た")
    NOBODY = "nobody", _("会えなかった")


class DuplicateState(models.TextChoices):
    """What was decided about two entries that look the same."""

    OPEN = "open", _("確かめる")
    DIFFERENT = "different", _("別のもの")
    MERGED = "merged", _("まとめた")


class CountKind(models.TextChoices):
    """What is counted of an entry's page."""

    SEEN = "seen", _("見られた回数")
    CALLED = "called", _("電話のボタン")
    SHARED = "shared", _("印刷・共有")
