"""From a schedule to its days. Pure date arithmetic; nothing here reads a clock or a database."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from .calendar_days import rule_days
from .holidays import holiday_name
from .rules import Rule, Slot
from .spec import MOVING_POLICIES, ChangeAction, DateChange, Day, HolidayPolicy, ScheduleSpec

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
    moved_from: Day | None = None
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
    for rule in spec.rules:
        for day in _rule_dates(spec, rule, start, end):
            for session in _sessions(spec, rule, day):
                if start <= session[0] <= end:
                    # A session moved onto a regular one is the same session: the regular one stays.
                    key = session[:3]
                    if key not in found or session.moved_from is None:
                        found[key] = session
    # Dates written one by one were chosen by somebody who saw the calendar: no policy touches them.
    for day in spec.dates:
        if start <= day <= end:
            found |= {session[:3]: session for session in _held(_slots(spec, None, day), day)}
    return list(found.values())


def _rule_dates(spec: ScheduleSpec, rule: Rule, start: date, end: date) -> Iterator[date]:
    if spec.holidays in MOVING_POLICIES:
        start = start - min(_LONGEST_MOVE, start - date.min)
        end = end + min(_LONGEST_MOVE, date.max - end)
    found = rule_days(
        rule, max(start, spec.starts_on or start), min(end, spec.until or end), spec.rhythm_start
    )
    # Nested only where needed: most schedules have no closed periods, and this runs for every day of all.
    if spec.closed:
        found = (day for day in found if not any(period.covers(day) for period in spec.closed))
    only = [season for season in spec.seasons if season.only]
    if only:
        found = (day for day in found if any(season.covers(day) for season in only))
    return found


def _sessions(spec: ScheduleSpec, rule: Rule, day: date) -> list[Occurrence]:
    holiday = holiday_name(day)
    if holiday is None or spec.holidays == HolidayPolicy.ON:
        return _held(_slots(spec, rule, day), day)
    if spec.holidays == HolidayPolicy.OFF:
        return []
    if spec.holidays == HolidayPolicy.UNKNOWN:
        slots = _slots(spec, rule, day)
        return [session._replace(reason=holiday, uncertain=True) for session in _held(slots, day)]
    target = moved_for_holiday(day, MOVING_POLICIES[spec.holidays])
    if any(period.covers(target) for period in spec.closed):
        return []
    return _held(_slots(spec, rule, target), target, Status.MOVED, day, holiday)


def moved_for_holiday(day: date, step: int) -> date:
    """The first day reached by steps of `step` days that is no holiday itself (翌日 in Golden Week: 7 May)."""
    while holiday_name(day):
        day += timedelta(days=step)
    return day


def _slots(spec: ScheduleSpec, rule: Rule | None, day: date) -> tuple[Slot, ...]:
    for season in spec.seasons:
        if season.slots and season.covers(day):
            return season.slots
    return (rule.slots if rule else ()) or spec.slots


def _held(
    slots: Sequence[Slot | None],
    day: date,
    status: Status = Status.SCHEDULED,
    moved_from: date | None = None,
    reason: str = "",
) -> list[Occurrence]:
    """One session per slot; one without times when there is no slot."""
    if not slots:
        return [Occurrence(day, None, None, status, moved_from, reason)]
    return [
        Occurrence(
            day, slot.start if slot else None, slot.end if slot else None, status, moved_from, reason, index
        )
        for index, slot in enumerate(slots)
    ]


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
        return found + _held(change.slots or spec.slots, change.date, Status.ADDED, None, change.reason)
    if change.action == ChangeAction.CANCEL:
        return others + [_cancelled(session, change) for session in that_day]
    day = change.new_date or change.date
    slots: Sequence[Slot | None] = change.slots or _times(that_day) or spec.slots
    return others + _held(slots, day, Status.MOVED, change.date, change.reason)


def _cancelled(session: Occurrence, change: DateChange) -> Occurrence:
    if change.slots and (session.start, session.end) not in [(slot.start, slot.end) for slot in change.slots]:
        return session
    return session._replace(status=Status.CANCELLED, reason=change.reason, uncertain=False)


def _times(sessions: list[Occurrence]) -> list[Slot | None]:
    held = sorted((session for session in sessions if session.status != Status.CANCELLED), key=_order)
    return [Slot(session.start, session.end) if session.start else None for session in held]


def _order(session: Occurrence) -> tuple:
    return session.date, session.start or time.min, session.end or time.min, session.slot_index
