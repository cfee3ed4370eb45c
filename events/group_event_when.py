"""「いつ」 of a group's event: one day with its hours, or a sentence as people write it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.choices import ParseStatus
from directory.schedule_understanding import Understanding, understand_spec, understand_text
from directory.schedules import Kind, ScheduleSpec, Slot, describe

from .choices import EventKind
from .models import Event, EventSchedule
from .services.dates import HORIZON

_NAMES = ("day", "start", "end", "when_text")


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


class WhenFields(metaclass=DeclarativeFieldsMetaclass):
    """The fields, and what they mean. For a form with `instance` (the draft) and `is_sending`."""

    day = forms.DateField(
        label=_l("日にち"),
        required=False,
        help_text=_l("審査に出すときは、入れてください。何日もあるときは、下に書きます。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    start, end = _time(_l("はじまり")), _time(_l("おわり"))
    when_text = forms.CharField(
        label=_l("何日もあるとき・くり返すとき"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("例:12月5日・12日・19日 14:00〜16:00/毎月第2土曜 10:00〜12:00"),
    )
    slot_minutes = forms.IntegerField(
        label=_l("1組の時間(分)"),
        required=False,
        min_value=5,
        max_value=480,
        help_text=_l("相談会のとき。この長さに分けて、1組ずつ受けます。"),
    )

    instance: Event
    is_sending: bool
    cleaned_data: dict[str, Any]
    changed_data: list[str]
    errors: Any
    add_error: Any
    understanding: Understanding | None = None

    @property
    def keeps_when(self) -> bool:
        """Nothing was said of when, and there is something to keep."""
        is_new = self.instance.pk is None
        return not is_new and not set(_NAMES) & set(self.changed_data) and self._has_when()

    def _has_when(self) -> bool:
        return bool(self.instance.schedules.all())

    @property
    def current(self) -> list[str]:
        """What the draft says now, in words."""
        return [_words(schedule) for schedule in self.instance.schedules.all()]

    def clean_when(self) -> None:
        """Read what was typed. Called from `clean`."""
        said = self.cleaned_data
        if any(name in self.errors for name in _NAMES) or self.keeps_when:
            return
        text = (said.get("when_text") or "").strip()
        if text and said.get("day") and ("day" in self.changed_data or self.instance.pk is None):
            self.add_error("when_text", _("日にちの欄か、この文か、どちらか1つにしてください。"))
        elif text:
            self._read_text(text)
        elif said.get("day"):
            self._read_day(said["day"], said.get("start"), said.get("end"))
        elif said.get("start") or said.get("end") or self.is_sending:
            self._miss_the_day(said)

    def _miss_the_day(self, said: dict[str, Any]) -> None:
        if self.is_sending:
            self.add_error("day", _("日にちを入れてください。"))

    def _read_text(self, text: str) -> None:
        found = understand_text(text, timezone.localdate())
        if found.status == ParseStatus.UNPARSED or not found.dates:
            self.add_error(
                "when_text",
                _("これからの日にちが読み取れませんでした。例のように、日にちと時刻を書いてください。"),
            )
        else:
            self.understanding = found

    def _read_day(self, day: dt.date, start: dt.time | None, end: dt.time | None) -> None:
        today = timezone.localdate()
        if not today <= day <= today + HORIZON:
            self.add_error("day", _("今日から1年のあいだの日にちを入れてください。"))
        elif end and not start:
            self.add_error("start", _("はじまりの時刻を入れてください。"))
        elif start and end and end <= start:
            self.add_error("end", _("おわりは、はじまりより後の時刻にしてください。"))
        else:
            slots = (Slot(start, end),) if start else ()
            spec = ScheduleSpec(kind=Kind.DATES, dates=(day,), slots=slots)
            self.understanding = understand_spec(spec, today)

    def write_when(self) -> None:
        """Put the timetable into the draft: one, in the row it had."""
        rows = list(self.instance.schedules.all())
        minutes = self.cleaned_data.get("slot_minutes")
        slot_minutes = minutes if self.cleaned_data.get("kind") == EventKind.CONSULTATION else None
        if self.understanding is not None:
            row = rows[0] if rows else EventSchedule(sort_order=0)
            row.rule, row.status = self.understanding.spec, self.understanding.status
            row.original_text = (self.cleaned_data.get("when_text") or "").strip()
            rows = [row]
        elif not self.keeps_when and not self._says_when():
            rows = []
        for row in rows:
            row.slot_minutes = slot_minutes
        setattr(self.instance, "schedules", rows)  # noqa: B010 - a relation of the draft takes a list

    def _says_when(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("day", "when_text"))


def when_of(draft: Event) -> dict[str, Any]:
    """What stands in the fields at first."""
    rows = list(draft.schedules.all())
    first = {"slot_minutes": rows[0].slot_minutes} if rows else {}
    if len(rows) == 1 and (single := _single(rows[0].rule)) is not None:
        return first | single
    return first | {"when_text": "\n".join(_words(row) for row in rows)}


def _single(rule: ScheduleSpec) -> dict[str, Any] | None:
    if rule.kind != Kind.DATES or rule.rules or len(rule.dates) != 1 or len(rule.slots) > 1:
        return None
    slot = rule.slots[0] if rule.slots else None
    return {
        "day": rule.dates[0],
        "start": slot.start if slot else None,
        "end": slot.end if slot else None,
    }


def _words(schedule: EventSchedule) -> str:
    return schedule.original_text or (describe(schedule.rule) if schedule.spec else "")
