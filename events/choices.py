"""The words events, sign-ups, gatherings, the board and reports choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What is held."""

    EVENT = "event", _("催し")
    COURSE = "course", _("講座")
    CONSULTATION = "consultation", _("相談会")
    TRAINING = "training", _("研修")
    MEETING = "meeting", _("会議")
    GATHERING = "gathering", _("交流会")
    PRESENTATION = "presentation", _("報告会")


class EventStatus(models.TextChoices):
    """What became of it. That it is over follows from its dates. [schema.org EventStatusType]"""

    PLANNED = "planned", _("予定どおり")
    CANCELLED = "cancelled", _("中止")
    POSTPONED = "postponed", _("延期")


class DateStatus(models.TextChoices):
    """What became of one date."""

    PLANNED = "planned", _("予定どおり")
    CANCELLED = "cancelled", _("中止")
    MOVED = "moved", _("日時・場所の変更")


class AttendanceMode(models.TextChoices):
    """Where one takes part. [schema.org eventAttendanceMode]"""

    ONSITE = "onsite", _("会場")
    ONLINE = "online", _("オンライン")
    MIXED = "mixed", _("会場とオンライン")


class SignUpPolicy(models.TextChoices):
    """How one signs up."""

    NONE = "none", _("申込みはいりません")
    OPEN = "open", _("申し込めば参加できます")
    APPROVAL = "approval", _("申込みのあと、主催者が決めます")
    PHONE = "phone", _("電話だけで受け付けます")
    OUTSIDE = "outside", _("ほかのホームページで受け付けます")


class SignUpUnit(models.TextChoices):
    """What one signs up for."""

    DATE = "date", _("1回ごと")
    COURSE = "course", _("全部の回をまとめて")


class SignUpState(models.TextChoices):
    """How a sign-up stands."""

    ASKED = "asked", _("主催者の返事を待っています")
    CONFIRMED = "confirmed", _("参加できます")
    WAITING = "waiting", _("空きを待っています")
    CANCELLED = "cancelled", _("取り消しました")
    DECLINED = "declined", _("お断りしました")
    ATTENDED = "attended", _("来ました")
    ABSENT = "absent", _("来ませんでした")


#: Those who have a seat.
SEATED = (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.ABSENT)
#: Those that are still alive: a person signs up once.
STANDING = (SignUpState.ASKED, SignUpState.CONFIRMED, SignUpState.WAITING)


class SignUpChannel(models.TextChoices):
    """By what way a sign-up came."""

    WEB = "web", _("ホームページ")
    PHONE = "phone", _("電話")
    DESK = "desk", _("窓口")
    DOOR = "door", _("当日")


class Need(models.TextChoices):
    """What somebody may need to take part. Asked only where the organiser asks."""

    WHEELCHAIR = "wheelchair", _("車いすで行きます")
    SIGN_LANGUAGE = "sign_language", _("手話通訳")
    WRITING = "writing", _("筆談・要約筆記")
    HEARING_LOOP = "hearing_loop", _("磁気ループ")
    ALLERGY = "allergy", _("食物アレルギー")
    CHILDCARE = "childcare", _("託児")
    PICKUP = "pickup", _("送迎")
    OTHER = "other", _("そのほか")


class AgeBand(models.TextChoices):
    """Ages at the door, as the grants and the statistics of 通いの場 count them."""

    PRESCHOOL = "preschool", _("乳幼児")
    SCHOOL = "school", _("小学生〜高校生")
    ADULT = "adult", _("大人(64歳まで)")
    OLDER = "older", _("65〜74歳")
    OLD = "old", _("75歳以上")
    UNKNOWN = "unknown", _("年齢はわからない")


class CardState(models.TextChoices):
    """A group at a gathering."""

    ASKED = "asked", _("申込み")
    CONFIRMED = "confirmed", _("参加")
    CANCELLED = "cancelled", _("取りやめ")


class OpportunityKind(models.TextChoices):
    """Seeking or giving."""

    SEEK = "seek", _("募集")
    GIVE = "give", _("できること")


class OpportunityTopic(models.TextChoices):
    """What is sought or given."""

    PEOPLE = "people", _("人・手伝い")
    THINGS = "things", _("物")
    ROOM = "room", _("場所")
    KNOW_HOW = "know_how", _("知恵・技")


class OpportunityState(models.TextChoices):
    """Is it still wanted? That it ran out follows from its last day."""

    OPEN = "open", _("受け付けています")
    MET = "met", _("決まりました")
    WITHDRAWN = "withdrawn", _("取り下げました")


class AnswerState(models.TextChoices):
    """An answer to a post on the board. Contacts are shown once both agreed."""

    TYPED = "typed", _("メールの確認を待っています")
    WAITING = "waiting", _("返事を待っています")
    AGREED = "agreed", _("連絡先を伝え合いました")
    DECLINED = "declined", _("今回は見送りました")
    WITHDRAWN = "withdrawn", _("取り下げました")


class IntroductionState(models.TextChoices):
    """How far an introduction is."""

    REQUESTED = "requested", _("つなぐ人を待っています")
    ASKING = "asking", _("双方の返事を待っています")
    INTRODUCED = "introduced", _("つなぎました")
    DONE = "done", _("結果を記録しました")
    DECLINED = "declined", _("見送りになりました")
    WITHDRAWN = "withdrawn", _("取り下げました")


#: Nothing was agreed yet: a group may still take its request back.
UNDECIDED = (IntroductionState.REQUESTED, IntroductionState.ASKING)


class IntroductionOutcome(models.TextChoices):
    """What came of it."""

    TOGETHER = "together", _("いっしょに活動している")
    ONCE = "once", _("一度いっしょに活動した")
    TALKING = "talking", _("話し合いを続けている")
    NOTHING = "nothing", _("活動にはつながらなかった")


class RemovalState(models.TextChoices):
    """A request to take a report or a photo away. Hidden from the first moment."""

    WAITING = "waiting", _("確かめています(公開を止めました)")
    REMOVED = "removed", _("取り除きました")
    RESTORED = "restored", _("公開に戻しました")


#: What keeps a report or a photo hidden.
HIDING = (RemovalState.WAITING, RemovalState.REMOVED)
