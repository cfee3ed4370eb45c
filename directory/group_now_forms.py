"""The small forms of what counts at once, of photos, of helpers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.mail_address import MailAddressFormField

from .admin_action_forms import coming_dates
from .choices import CapacityState, ChangeAction, MemberRole
from .group_forms import plain
from .japanese_dates import short_date, time_span
from .models import Category, Photo, Resource, Schedule
from .photo_files import cleaned_photo

_AHEAD = timedelta(days=365)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


class _Plain(forms.Form):
    """Text is text."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {name: plain(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class PauseForm(_Plain):
    """「お休みする」."""

    note = forms.CharField(
        label=_("お休みの説明"),
        max_length=200,
        required=False,
        help_text=_("ページに出ます。例:会場の工事のため、3月末までお休みします。"),
    )


class StateForm(forms.Form):
    """「受け入れ」: is there room?"""

    capacity_state = forms.ChoiceField(
        label=_("いまの受け入れ"),
        choices=[choice for choice in CapacityState.choices if choice[0] != CapacityState.UNKNOWN],
        widget=forms.RadioSelect,
    )


class NoticeForm(_Plain):
    """「お知らせ」 with the days it stands there."""

    notice = forms.CharField(
        label=_("お知らせの文"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例:12月はクリスマス会をします。200文字まで。"),
    )
    notice_from = _day(_("いつから"), required=False, help_text=_("書かなければ、今日から出ます。"))
    notice_until = _day(_("いつまで"), help_text=_("この日をすぎると、自動で消えます。"))

    def clean_notice_until(self) -> date:
        day, today = self.cleaned_data["notice_until"], timezone.localdate()
        if day < today:
            raise ValidationError(_("もうすぎた日です。今日より後の日を選んでください。"))
        if day > today + _AHEAD:
            raise ValidationError(_("1年より先です。日付をたしかめてください。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("notice_from"), cleaned.get("notice_until")
        if first and last and last < first:
            self.add_error("notice_until", _("おわりの日は、はじめの日より後にしてください。"))
        return cleaned


class OneDateForm(_Plain):
    """One date: off, moved, or an extra one."""

    action = forms.ChoiceField(
        label=_("どうしますか"), choices=ChangeAction.choices, widget=forms.RadioSelect
    )
    occurrence = forms.ChoiceField(
        label=_("どの日"), required=False, help_text=_("中止するとき・日時を変えるとき")
    )
    new_date = _day(_("新しい日にち"), required=False, help_text=_("日にちを変えるとき・臨時に開くとき"))
    start, end = _time(_("はじまり")), _time(_("おわり"))
    reason = forms.CharField(
        label=_("理由"),
        max_length=100,
        required=False,
        help_text=_("ページに出ます。例:会場の都合のため"),
    )

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schedules = {str(row.pk): row for row in resource.schedules.all()}
        days = {(row.schedule_id, row.date): row for row in reversed(coming_dates(resource))}
        self.fields["occurrence"].choices = [("", _("選んでください"))] + [
            (f"{schedule}:{day.isoformat()}", f"{short_date(day)} {time_span(row.start, row.end)}")
            for (schedule, day), row in sorted(days.items(), key=lambda item: item[0][1])
        ]
        self.fields["action"].choices = [
            (ChangeAction.CANCEL, _("中止する")),
            (ChangeAction.MOVE, _("日にち・時間を変える")),
            (ChangeAction.ADD, _("臨時に開く")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        action = cleaned.get("action")
        if action == ChangeAction.ADD:
            self._needs_new_day(cleaned)
        elif action and not cleaned.get("occurrence") and "occurrence" not in self.errors:
            self.add_error("occurrence", _("どの日か選んでください。"))
        elif action == ChangeAction.MOVE and not (cleaned.get("new_date") or cleaned.get("start")):
            self.add_error("new_date", _("新しい日にちか時刻を入れてください。"))
        self._times_in_order(cleaned)
        return cleaned

    def _needs_new_day(self, cleaned: dict[str, Any]) -> None:
        day, today = cleaned.get("new_date"), timezone.localdate()
        if "new_date" in self.errors:
            return
        if not self.schedules:
            self.add_error("action", _("先に「いつ」で開催日時を入れて、公開してください。"))
        if not day or not today <= day <= today + _AHEAD:
            self.add_error("new_date", _("開く日を、今日から1年のあいだで入れてください。"))

    def _times_in_order(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("start"), cleaned.get("end")
        if end and not start:
            self.add_error("start", _("はじまりの時刻を入れてください。"))
        elif start and end and end <= start:
            self.add_error("end", _("おわりは、はじまりより後の時刻にしてください。"))

    @property
    def target(self) -> tuple[Schedule, date]:
        """The timetable and the day that changes."""
        said = self.cleaned_data
        if said["action"] == ChangeAction.ADD:
            return next(iter(self.schedules.values())), said["new_date"]
        schedule, day = said["occurrence"].split(":")
        return self.schedules[schedule], date.fromisoformat(day)


class _PhotoWords(_Plain):
    """Words for those who cannot see a photo, and the word of those on it."""

    description = forms.CharField(
        label=_("何が写っていますか"),
        max_length=255,
        help_text=_("目の見えない方にも伝わるように、1文で。例:テーブルを囲んでお茶を飲んでいます。"),
    )
    people_consent = forms.ChoiceField(
        label=_("写っている人"),
        choices=[
            (Photo.PeopleConsent.NOBODY, _("人は写っていない(顔がわからない)")),
            (Photo.PeopleConsent.GIVEN, _("写っている人みんなに、載せてよいと聞いた")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("写っている人の同意がない写真は、載せられません。")},
    )


class PhotoForm(_PhotoWords):
    """A photo from a phone."""

    file = forms.FileField(
        label=_("写真"),
        help_text=_("10MBまで。撮った場所の記録は、自動で消します。"),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}
        ),
    )
    field_order = ("file",)

    def clean_file(self) -> Any:
        return cleaned_photo(self.cleaned_data["file"])


class PhotoWordsForm(_PhotoWords):
    """What was said of a photo that is here. Somebody on it may have changed their mind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consent: Any = self.fields["people_consent"]
        gone = (Photo.PeopleConsent.MISSING, _("載せないでほしいと言われた(ページからすぐに消します)"))
        consent.choices = [*consent.choices, gone]


class InviteForm(forms.Form):
    """Whom to ask to help, or to become the representative."""

    HANDOVER = "handover"

    email = MailAddressFormField()
    role = forms.ChoiceField(
        label=_("お願いすること"),
        choices=[
            (MemberRole.EDITOR, _("いっしょに編集する")),
            (MemberRole.OWNER, _("もう一人の代表になる(人を招いたり外したりできます)")),
            (HANDOVER, _("代表を引き継ぐ(あなたは編集する人になります)")),
        ],
        initial=MemberRole.EDITOR,
        widget=forms.RadioSelect,
    )


class NewEntryForm(_Plain):
    """A further activity: enough to begin with."""

    name = forms.CharField(label=_("活動の名前"), max_length=120)
    kana = forms.CharField(label=_("ふりがな"), max_length=200, required=False)
    categories = forms.ModelMultipleChoiceField(
        label=_("種類"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("種類を1つは選んでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = Category.objects.kinds().order_by("order", "pk")
