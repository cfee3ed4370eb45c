"""A timetable as one repetition of RFC 5545, where that says the same as our own dates, and what differs from it.

The dates are the truth; the rule only says them shorter. So it is unrolled again here (by dateutil, as readers do it)
and compared: a day the rule has and we do not (a holiday off, a closed week) is an exception; a date of ours the rule
does not have (moved for a holiday, added by hand) stands for itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.rrule import rrulestr

from directory.choices import ScheduleKind
from directory.schedules import Rule, ScheduleSpec

from ..choices import DateStatus
from ..models import Event, EventDate


@dataclass(frozen=True)
class Series:
    """One repetition from `first` to `last`, at the same hours. `rows` are its dates by the day they were planned for."""

    rrule: str
    first: dt.date
    last: dt.date
    start: dt.time | None
    end: dt.time | None
    rows: dict[dt.date, EventDate]
    missing: tuple[dt.date, ...]

    @property
    def differing(self) -> list[EventDate]:
        """The dates that are not as the rule says: called off, or at another time or place."""
        return [row for row in self.rows.values() if not self._is_regular(row)]

    def _is_regular(self, row: EventDate) -> bool:
        same = (row.date, row.start, row.end) == (row.planned_date, self.start, self.end)
        return same and row.status == DateStatus.PLANNED and row.venue_id is None


def series_of(event: Event, rows: Sequence[EventDate]) -> Series | None:
    """The repetition that `rows`, all dates of `event`, follow; None where no single rule says them."""
    spec = _single_rule(event)
    if spec is None:
        return None
    rule, slot = spec.rules[0], next(iter(spec.all_slots), None)
    start, end = (slot.start, slot.end) if slot else (None, None)
    mine = {row.planned_date: row for row in rows if row.planned_start == start}
    first = next((day for day in sorted(mine) if _days(rule, day, day)), None)
    if first is None:
        return None
    days = _days(rule, first, max(mine))
    held = {day: mine[day] for day in days if day in mine}
    missing = tuple(day for day in days if day not in mine and day < max(held))
    return Series(rule.to_rrule(), first, max(held), start, end, held, missing)


def _single_rule(event: Event) -> ScheduleSpec | None:
    """The timetable, where there is one, of one rule with one time of day."""
    schedules = list(event.schedules.all())
    if len(schedules) != 1 or schedules[0].kind != ScheduleKind.REGULAR or schedules[0].slot_minutes:
        return None
    spec = schedules[0].rule
    return spec if len(spec.rules) == 1 and len(spec.all_slots) <= 1 else None


def _days(rule: Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days a reader makes of `rule` from `first` (which it must hit itself) to `last`."""
    midnight = dt.datetime.combine(first, dt.time.min)
    found = rrulestr(rule.to_rrule(), dtstart=midnight)
    days = [at.date() for at in found.between(midnight, dt.datetime.combine(last, dt.time.min), inc=True)]
    return days if days and days[0] == first else []
