"""Small forms of the staff screens: record a verification, change one date, settle a report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry
from wagtail.snippets.widgets import AdminSnippetChooser

from .choices import ChangeAction, FieldGroup, OccurrenceStatus, VerificationMethod, VerificationResult
from .japanese_dates import short_date, time_span
from .models import Occurrence, Resource, Schedule, Venue

#: Coming dates offered for a change.
_AHEAD = timedelta(days=120)
_BACK = timedelta(days=730)


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class VerificationForm(forms.Form):
    """How, with what result, when, and by whom an entry was checked."""

    method = forms.ChoiceField(
        label=_("方法"),
        choices=[
            choice for choice in VerificationMethod.choices if choice[0] != VerificationMethod.AUTOMATIC
        ],
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=_("結果"),
        choices=VerificationResult.choices,
        initial=VerificationResult.CONFIRMED,
        widget=forms.RadioSelect,
        help_text=_("「変更あり」のときは、このあと登録の内容も直してください。"),
    )
    field_group = forms.ChoiceField(
        label=_("確認した項目"), choices=FieldGroup.choices, initial=FieldGroup.ALL
    )
    on = forms.DateField(label=_("確認した日"), widget=_day_input())
    by_label = forms.CharField(
        label=_("確認した人(所属)"),
        max_length=60,
        required=False,
        help_text=_("公開のページに出ます。例:社会福祉協議会"),
    )
    note = forms.CharField(label=_("メモ(職員だけが見ます)"), max_length=200, required=False)

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("先の日付は入力できません。"))
        if day < today - _BACK:
            raise forms.ValidationError(_("2年より前の日付です。年をたしかめてください。"))
        return day


class DateChangeForm(forms.Form):
    """One date of one timetable: cancelled, moved, or an extra one."""

    action = forms.ChoiceField(label=_("変更"), choices=ChangeAction.choices, widget=forms.RadioSelect)
    occurrence = forms.ChoiceField(
        label=_("どの日"), required=False, help_text=_("中止・変更のとき。これからの開催日です。")
    )
    schedule = forms.ModelChoiceField(
        label=_("どの開催日時"),
        queryset=Schedule.objects.none(),
        required=False,
        empty_label=_("選んでください"),
        help_text=_("臨時に開くとき。"),
    )
    new_date = forms.DateField(label=_("新しい日にち・臨時の日にち"), required=False, widget=_day_input())
    start = forms.TimeField(
        label=_("はじまり"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    end = forms.TimeField(
        label=_("おわり"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    venue = forms.ModelChoiceField(
        label=_("新しい場所"),
        queryset=Venue.objects.none(),
        required=False,
        widget=AdminSnippetChooser(Venue),
        help_text=_("場所が変わるときだけ。"),
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=100,
        required=False,
        help_text=_("公開のページに出ます。例:会場の工事のため"),
    )

    def __init__(self, *args: Any, resource: Resource, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = policy_registry.get_by_type(Venue).choosable(person)
        self.fields["schedule"].queryset = resource.schedules.all()
        self.coming = coming_dates(resource)
        days = {(row.schedule_id, row.date): row for row in reversed(self.coming)}
        self.fields["occurrence"].choices = [("", _("選んでください"))] + [
            (f"{schedule}:{day.isoformat()}", f"{short_date(day)} {time_span(row.start, row.end)}")
            for (schedule, day), row in sorted(days.items(), key=lambda item: item[0][1])
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        action = cleaned.get("action")
        if action == ChangeAction.ADD:
            self._clean_added(cleaned)
        elif action:
            self._clean_existing(cleaned, action)
        if cleaned.get("end") and not cleaned.get("start"):
            self.add_error("start", _("はじまりの時刻も入力してください。"))
        elif cleaned.get("start") and cleaned.get("end") and cleaned["end"] <= cleaned["start"]:
            self.add_error("end", _("おわりは、はじまりより後の時刻にしてください。"))
        if cleaned.get("new_date") and cleaned["new_date"] < timezone.localdate():
            self.add_error("new_date", _("過ぎた日は選べません。"))
        return cleaned

    def _clean_added(self, cleaned: dict[str, Any]) -> None:
        schedules = list(self.fields["schedule"].queryset)
        cleaned["schedule"] = cleaned.get("schedule") or (schedules[0] if len(schedules) == 1 else None)
        if cleaned["schedule"] is None:
            self.add_error("schedule", _("どの開催日時に足すかを選んでください。"))
        if not cleaned.get("new_date") and "new_date" not in self.errors:
            self.add_error("new_date", _("臨時に開く日にちを入力してください。"))
        cleaned["on"], cleaned["new_date_of_move"] = cleaned.get("new_date"), None

    def _clean_existing(self, cleaned: dict[str, Any], action: str) -> None:
        if not cleaned.get("occurrence"):
            if "occurrence" not in self.errors:
                self.add_error("occurrence", _("どの日を変えるかを選んでください。"))
            return
        schedule, day = cleaned["occurrence"].split(":")
        cleaned["schedule"] = self.fields["schedule"].queryset.get(pk=schedule)
        cleaned["on"] = date.fromisoformat(day)
        cleaned["new_date_of_move"] = cleaned.get("new_date")
        if action == ChangeAction.MOVE and not any(map(cleaned.get, ("new_date", "start", "venue"))):
            self.add_error("new_date", _("新しい日にち、時刻、場所のどれかを入力してください。"))


def coming_dates(resource: Resource) -> list[Occurrence]:
    """The dates of the next four months that still take place as the rule says."""
    today = timezone.localdate()
    rows = Occurrence.objects.filter(resource=resource, date__gte=today, date__lte=today + _AHEAD)
    return list(rows.filter(status=OccurrenceStatus.SCHEDULED).order_by("date", "start"))
