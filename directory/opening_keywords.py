"""On which weekdays and at what time of day a timetable is open, as keywords of the index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from .schedules.rules import EVERY_DAY, MONDAY_TO_FRIDAY, Slot
from .schedules.spec import Kind, ScheduleSpec

#: By `date.weekday()`.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: On one of Monday to Friday: what people mean by 平日.
WORKDAYS = "workdays"

#: name → from, until (not included).
TIMES_OF_DAY = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time.max),
}


def weekday_keywords(specs: Iterable[ScheduleSpec]) -> tuple[str, ...]:
    """The weekdays on which something is regularly held, e.g. `("fri", "workdays")`.

    A day of the month (毎月12日) falls on any weekday, so it names none.
    """
    days = {day for spec in specs for day in _weekdays(spec)}
    names = [WEEKDAYS[day] for day in sorted(days)]
    return (*names, WORKDAYS) if days & set(MONDAY_TO_FRIDAY) else tuple(names)


def time_keywords(specs: Iterable[ScheduleSpec]) -> tuple[str, ...]:
    """The times of day during which something is held, e.g. `("morning", "afternoon")` for 10:00–15:00."""
    slots = [slot for spec in specs for slot in _slots(spec)]
    return tuple(name for name in TIMES_OF_DAY if any(_meets(slot, name) for slot in slots))


def _weekdays(spec: ScheduleSpec) -> set[int]:
    if spec.kind == Kind.ALWAYS:
        return set(EVERY_DAY)
    if spec.kind == Kind.DATES:
        return {day.weekday() for day in spec.dates}
    found = {day for rule in spec.rules for day in rule.weekdays}
    return found | {day for rule in spec.rules for _ordinal, day in rule.nth}


def _slots(spec: ScheduleSpec) -> list[Slot]:
    return [*spec.all_slots, *(slot for season in spec.seasons for slot in season.slots)]


def _meets(slot: Slot, name: str) -> bool:
    first, last = TIMES_OF_DAY[name]
    if slot.end is None:
        return first <= slot.start < last
    return slot.start < last and slot.end > first
