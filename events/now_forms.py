"""What counts at once: one date off or elsewhere, the whole event off, a notice. For groups and for staff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.group_forms import plain
from directory.japanese_dates import short_date, time_span

from .choices import DateStatus, EventStatus
from .models import Event, EventDate
from .services import date_changes, posting

CANCEL, MOVE = "cancel", "move"
_AHEAD = timedelta(days=396)


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


def _reason(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_l("理由"),
        max_length=200,
        required=required,
        help_text=_l("ページと、申し込んだ人へのお知らせに出ます。例:会場の都合のため"),
    )


class _Plain(forms.Form):
    """Text is text. `apply(by)` does it; raises `ValidationError` where it cannot be done."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {name: plain(value) if isinstance(value, str) else value for name, value in cleaned.items()}

    def apply(self, by: Any) -> str:
        """Do it; the sentence for the person."""
        raise NotImplementedError


class DateForm(_Plain):
    """One date: off, or at another time."""

    prefix = "date"
    action = forms.ChoiceField(
        label=_l("どうしますか"),
        choices=[(CANCEL, _l("中止する")), (MOVE, _l("日にち・時間を変える"))],
        widget=forms.RadioSelect,
    )
    number = forms.TypedChoiceField(label=_l("どの日"), coerce=int)
    new_date = _day(_l("新しい日にち"), _l("変えるときだけ"))
    start, end = _time(_l("はじまり")), _time(_l("おわり"))
    reason = _reason(required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        rows = [row for row in coming_dates(event) if row.status != DateStatus.CANCELLED]
        self.rows = {row.pk: row for row in rows}
        number: Any = self.fields["number"]
        number.choices = [("", _("選んでください"))] + [
            (row.pk, f"{short_date(row.date)} {time_span(row.start, row.end)}".strip()) for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("action") != MOVE:
            return cleaned
        day, start, end = cleaned.get("new_date"), cleaned.get("start"), cleaned.get("end")
        today = timezone.localdate()
        if not (day or start) and "new_date" not in self.errors:
            self.add_error("new_date", _("新しい日にちか時刻を入れてください。"))
        if day and not today <= day <= today + _AHEAD:
            self.add_error("new_date", _("今日から1年のあいだの日にちを入れてください。"))
        if end and not start:
            self.add_error("start", _("はじまりの時刻を入れてください。"))
        elif start and end and end <= start:
            self.add_error("end", _("おわりは、はじまりより後の時刻にしてください。"))
        return cleaned

    def apply(self, by: Any) -> str:
        said = self.cleaned_data
        row = self.rows[said["number"]]
        if said["action"] == CANCEL:
            date_changes.cancel_date(date=row, reason=said["reason"], by=by)
            return _("この回を中止にしました。ページにすぐ出ます。")
        moved = {name: said[name] for name in ("new_date", "start", "end")}
        date_changes.move_date(date=row, reason=said["reason"], by=by, **moved)
        return _("変更しました。ページにすぐ出ます。")


class WholeForm(_Plain):
    """The whole event: off, put off, or back to what was planned."""

    prefix = "whole"
    action = forms.ChoiceField(label=_l("どうしますか"), widget=forms.RadioSelect)
    reason = _reason(required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        choices = [("cancel", _("催しを中止する")), ("postpone", _("延期する(日にちは決まっていない)"))]
        if event.status != EventStatus.PLANNED:
            choices = [("resume", _("予定どおりに戻す"))]
            del self.fields["reason"]
        action: Any = self.fields["action"]
        action.choices = choices

    def apply(self, by: Any) -> str:
        said = self.cleaned_data
        if said["action"] == "resume":
            date_changes.resume_event(event=self.event, by=by)
            return _("予定どおりに戻しました。ページにすぐ出ます。")
        act = date_changes.cancel_event if said["action"] == "cancel" else date_changes.postpone_event
        act(event=self.event, reason=said.get("reason", ""), by=by)
        return _("変更しました。ページにすぐ出ます。")


class NoticeForm(_Plain):
    """「お知らせ」 with its last day; empty takes it down."""

    prefix = "notice"
    notice = forms.CharField(
        label=_l("お知らせの文"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("200文字まで。空にすると、消えます。"),
    )
    notice_until = _day(_l("いつまで"), _l("この日をすぎると、自動で消えます。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        until: date | None = cleaned.get("notice_until")
        today = timezone.localdate()
        if not cleaned.get("notice") or "notice_until" in self.errors:
            return cleaned
        if until is None or not today <= until <= today + _AHEAD:
            self.add_error("notice_until", _("今日から1年のあいだの日にちを入れてください。"))
        return cleaned

    def apply(self, by: Any) -> str:
        said = self.cleaned_data
        posting.write_notice(self.event, notice=said["notice"], until=said["notice_until"], by=by)
        return _("お知らせを出しました。") if said["notice"] else _("お知らせを消しました。")


FORMS: dict[str, type[_Plain]] = {"date": DateForm, "whole": WholeForm, "notice": NoticeForm}


def coming_dates(event: Event) -> list[EventDate]:
    """The dates that are not over, cancelled ones included."""
    return list(event.dates.filter(date__gte=timezone.localdate()).order_by("date", "start", "pk"))


def changed_dates(event: Event) -> list[EventDate]:
    """Those of them that are not as planned: they can be taken back."""
    return [row for row in coming_dates(event) if row.status != DateStatus.PLANNED]


def take_back(event: Event, number: str, by: Any) -> bool:
    """Restore the date whose key is `number`; False where the event has no such date to restore."""
    rows = {str(row.pk): row for row in changed_dates(event)}
    if number not in rows:
        return False
    date_changes.restore_date(date=rows[number], by=by)
    return True


def forms_of(event: Event, asked: str = "", typed: Any = None) -> dict[str, _Plain]:
    """All forms of the screen; the one that was sent (`asked`) with what was typed."""
    first = {"notice": {"notice": event.notice, "notice_until": event.notice_until}}
    return {
        name: form(typed if name == asked else None, event=event, initial=first.get(name))
        for name, form in FORMS.items()
    }


def applied(form: _Plain, by: Any) -> str:
    """Do what `form` says; "" where it could not be done: the errors are in the form then."""
    if not form.is_valid():
        return ""
    try:
        return form.apply(by)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return ""
