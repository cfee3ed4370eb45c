"""「いつ」 as three questions for a phone: which day of the week, which week of the month, from when to when.

What is picked becomes the sentence a person would have written, so that everything after it knows one thing only: a text.
"""

from __future__ import annotations

import unicodedata
from datetime import time
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from .schedule_choices import NTH, WEEKLY, IncompleteChoices, spec_from_choices
from .schedules.wording import describe

PICKED = ("weekdays", "ordinals", "start", "end")

#: 「毎週」 among the weeks of a month.
EVERY_WEEK = 0

_DAYS = [
    (0, _l("月")),
    (1, _l("火")),
    (2, _l("水")),
    (3, _l("木")),
    (4, _l("金")),
    (5, _l("土")),
    (6, _l("日")),
]
_WEEKS = [(EVERY_WEEK, _l("毎週")), *((n, _l("第%(n)s") % {"n": n}) for n in range(1, 6)), (-1, _l("最終"))]
#: Fields of `schedule_choices` under the names they have here.
_NAMES = {"start_1": "start", "end_1": "end"}


def text_of_picks(picks: dict[str, Any]) -> str:
    """「第2・第4木曜日 13:30〜15:30」 of what was picked; empty where nothing was. Raises `IncompleteChoices`.

    Days and weeks are numbers (Monday is 0, the last week -1), times "HH:MM". No week is every week.
    """
    days, weeks = picks.get("weekdays") or [], set(picks.get("ordinals") or [])
    start, end = picks.get("start") or "", picks.get("end") or ""
    if not (days or weeks or start or end):
        return ""
    if EVERY_WEEK in weeks and len(weeks) > 1:
        raise IncompleteChoices("ordinals", _("「毎週」か「第何週」かの、どちらかにしてください。"))
    nth = sorted(weeks - {EVERY_WEEK}, key=lambda week: week % 10)  # the last week (-1) is the last
    values = {"how": NTH if nth else WEEKLY, "weekdays": days, "ordinals": nth}
    return describe(spec_from_choices(values | {"start_1": _clock(start), "end_1": _clock(end)}))


def _clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


class ClockField(forms.TimeField):
    """A time of day; full-width digits too. Its cleaned value is "HH:MM", as answers are kept, or empty."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def clean(self, value: Any) -> str:
        found = super().clean(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)
        return f"{found:%H:%M}" if found else ""


def _numbers(choices: list[Any], label: Any, help_text: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class PickerFields(metaclass=DeclarativeFieldsMetaclass):
    """The questions, for a form with a text field `schedule`. What is written there counts for more."""

    weekdays = _numbers(_DAYS, _l("曜日"), "")
    ordinals = _numbers(_WEEKS, _l("第何週"), _l("選ばなければ、毎週です。"))
    start = ClockField(label=_l("はじまり"), required=False)
    end = ClockField(label=_l("おわり"), required=False)

    cleaned_data: dict[str, Any]
    errors: Any
    add_error: Any

    def clean_picks(self, missing: Any) -> None:
        """Write the sentence of what was picked where none was typed; `missing` is said where neither was."""
        said = self.cleaned_data
        if said.get("schedule") or {"schedule", *PICKED} & set(self.errors):
            return
        try:
            said["schedule"] = text_of_picks(said)
        except IncompleteChoices as error:
            self.add_error(_NAMES.get(error.field, error.field), str(error))
            return
        if not said["schedule"]:
            self.add_error("schedule", missing)


def is_of_picks(said: dict[str, Any]) -> bool:
    """Is the sentence among kept answers the one of the picks beside it?"""
    try:
        return bool(said.get("schedule")) and text_of_picks(said) == said["schedule"]
    except ValueError:
        return False
