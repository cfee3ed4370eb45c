"""From a schedule to its days. Pure date arithmetic; nothing here reads a clock or a database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from .calendar_days import rule_days
from .holidays import holiday_name
from .rules import Rule, Slot
from .spec import MOVING_POLICIES, ChangeAction, DateChange, HolidayPolicy, ScheduleSpec

MAX_SPAN = timedelta(days=366 * 20)
_HORIZONS = (timedelta(days=62), timedelta(days=400), timedelta(days=366 * 9))  # 2/29 can be 8 years away
_LONGEST_MOVE = timedelta(days=35)


class Status(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    MOVED = "moved"
    ADDED = "added"


class Occurrence(NamedTuple):
    """One session. `start` is None when no time is known. `slot_index` counts the day's slots from 0.

    `uncertain` marks a public holiday for which nobody said whether the session is held; `reason` then
    names the holiday. For a moved session `moved_from` is the day it would have been.
    """

    date: date
    start: time | None
    end: time | None
    status: Status = Status.SCHEDULED
    moved_from: date | None = None
    reason: str = ""
    slot_index: int = 0
    uncertain: bool = False


def occurrences(
    spec: ScheduleSpec, start: date, end: date, changes: Sequence[DateChange] = ()
) -> list[Occurrence]:
    """All sessions from `start` to `end`, both included, in order of time.

    Days off (holiday policy, closed periods) yield nothing; a date cancelled by a change stays in the list
    as CANCELLED, because people must be told. Raises ValueError for a span of more than twenty years.
    """
    if end - start > MAX_SPAN:
        raise ValueError(f"span from {start} to {end} is longer than {MAX_SPAN.days} days")
    found = _regular(spec, start, end)
    if changes:
        found = _changed(spec, found, changes, start, end)
    return sorted(found, key=_order)


def next_dates(spec: ScheduleSpec, after: date, n: int, changes: Sequence[DateChange] = ()) -> list[date]:
    """The next `n` different days with a session, `after` included; fewer when there are no more.

    Cancelled sessions do not count. Looks at most nine years ahead.
    """
    days: list[date] = []
    for horizon in _HORIZONS:
        until = max([after + min(horizon, date.max - after), *spec.dates[-1:]])
        until = min(until, after + min(MAX_SPAN, date.max - after))
        held = (item.date for item in occurrences(spec, after, until, changes) if item.status != "cancelled")
        days = list(dict.fromkeys(held))[:n]
        if len(days) >= n or not spec.rules:
            break
    return days


def _regular(spec: ScheduleSpec, start: date, end: date) -> list[Occurrence]:
    """Sessions by rules and dates, holiday policy and closed periods applied, changes not."""
    found: dict[tuple, Occurrence] = {}
    for day, rule in chain(_rule_dates(spec, start, end), _explicit_dates(spec, start, end)):
        for session in _sessions(spec, day, rule):
            if start <= session.date <= end:
                # A session moved onto a regular one is the same session: the regular one stays.
                key = session[:3]
                if key not in found or session.status == Status.SCHEDULED:
                    found[key] = session
    return list(found.values())


def _rule_dates(spec: ScheduleSpec, start: date, end: date) -> Iterator[tuple[date, Rule]]:
    if spec.holidays in MOVING_POLICIES:
        start = start - min(_LONGEST_MOVE, start - date.min)
        end = end + min(_LONGEST_MOVE, date.max - end)
    start = max(start, spec.starts_on or start)
    end = min(end, spec.until or end)
    for rule in spec.rules:
        for day in rule_days(rule, start, end, spec.rhythm_start):
            if not any(period.covers(day) for period in spec.closed) and _in_season(spec, day):
                yield day, rule


def _explicit_dates(spec: ScheduleSpec, start: date, end: date) -> Iterator[tuple[date, None]]:
    return ((day, None) for day in spec.dates if start <= day <= end)


def _in_season(spec: ScheduleSpec, day: date) -> bool:
    only = [season for season in spec.seasons if season.only]
    return not only or any(season.covers(day) for season in only)


def _sessions(spec: ScheduleSpec, day: date, rule: Rule | None) -> Iterator[Occurrence]:
    status, moved_from, reason, uncertain = Status.SCHEDULED, None, "", False
    # Dates written one by one were chosen by somebody who saw the calendar: no policy touches them.
    holiday = holiday_name(day) if rule is not None else None
    if holiday and spec.holidays != HolidayPolicy.ON:
        if spec.holidays == HolidayPolicy.OFF:
            return
        reason, uncertain = holiday, spec.holidays == HolidayPolicy.UNKNOWN
        if not uncertain:
            target = moved_for_holiday(day, MOVING_POLICIES[spec.holidays])
            if any(period.covers(target) for period in spec.closed):
                return
            status, moved_from, day = Status.MOVED, day, target
    slots: tuple[Slot | None, ...] = _slots(spec, day, rule) or (None,)
    for index, slot in enumerate(slots):
        times = (slot.start, slot.end) if slot else (None, None)
        yield Occurrence(day, *times, status, moved_from, reason, index, uncertain)


def moved_for_holiday(day: date, step: int) -> date:
    """The first day reached by steps of `step` days that is no holiday itself (翌日 in Golden Week: 7 May)."""
    while holiday_name(day):
        day += timedelta(days=step)
    return day


def _slots(spec: ScheduleSpec, day: date, rule: Rule | None) -> tuple[Slot, ...]:
    for season in spec.seasons:
        if season.slots and season.covers(day):
            return season.slots
    return (rule.slots if rule else ()) or spec.slots


def _changed(
    spec: ScheduleSpec, found: list[Occurrence], changes: Sequence[DateChange], start: date, end: date
) -> list[Occurrence]:
    # A move can bring a session in from outside the window, so the days changed are computed as well.
    outside = {change.date for change in changes if not start <= change.date <= end}
    found = found + [session for day in sorted(outside) for session in _regular(spec, day, day)]
    for change in changes:
        found = _apply(spec, found, change)
    return [session for session in found if start <= session.date <= end]


def _apply(spec: ScheduleSpec, found: list[Occurrence], change: DateChange) -> list[Occurrence]:
    that_day = [session for session in found if session.date == change.date]
    others = [session for session in found if session.date != change.date]
    if change.action == ChangeAction.ADD:
        return found + _on(change.date, change.slots or spec.slots, Status.ADDED, None, change.reason)
    if change.action == ChangeAction.CANCEL:
        return others + [_cancelled(session, change) for session in that_day]
    day = change.new_date or change.date
    slots: Iterable[Slot | None] = change.slots or _times(that_day) or spec.slots
    return others + _on(day, slots, Status.MOVED, change.date, change.reason)


def _cancelled(session: Occurrence, change: DateChange) -> Occurrence:
    if change.slots and (session.start, session.end) not in [(slot.start, slot.end) for slot in change.slots]:
        return session
    return session._replace(status=Status.CANCELLED, reason=change.reason, uncertain=False)


def _times(sessions: list[Occurrence]) -> list[Slot | None]:
    held = sorted((session for session in sessions if session.status != Status.CANCELLED), key=_order)
    return [Slot(session.start, session.end) if session.start else None for session in held]


def _on(
    day: date, slots: Iterable[Slot | None], status: Status, moved_from: date | None, reason: str
) -> list[Occurrence]:
    return [
        Occurrence(day, slot and slot.start, slot and slot.end, status, moved_from, reason, index)
        for index, slot in enumerate(tuple(slots) or (None,))
    ]


def _order(session: Occurrence) -> tuple:
    return (session.date, session.start or time.min, session.end or time.min, session.slot_index)
