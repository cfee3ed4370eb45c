"""The days of one rule between two days, by arithmetic on months and weeks."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from .rules import Frequency, Rule


def rule_days(rule: Rule, start: date, end: date, anchor: date | None) -> Iterator[date]:
    """Days of the rule from `start` to `end`, both included, in order.

    A rule of every n weeks or months counts from `anchor` (weeks begin on Monday) and has no day before it;
    without an anchor it yields nothing, because any date would be invented.
    """
    if rule.interval > 1:
        if anchor is None:
            return iter(())
        start = max(start, anchor)
    if start > end:
        return iter(())
    if rule.freq == Frequency.WEEKLY:
        return _weekly(rule, start, end, anchor)
    return _monthly(rule, start, end, anchor)


def nth_weekday(year: int, month: int, ordinal: int, weekday: int) -> date | None:
    """第2木曜日 of a month: `nth_weekday(2026, 11, 2, 3)`; -1 is the last; None when the month has none."""
    first, length = monthrange(year, month)
    if ordinal == -1:
        last = (first + length - 1) % 7
        return date(year, month, length - (last - weekday) % 7)
    day = 1 + (weekday - first) % 7 + 7 * (ordinal - 1)
    return date(year, month, day) if day <= length else None


def _weekly(rule: Rule, start: date, end: date, anchor: date | None) -> Iterator[date]:
    weekdays, interval = rule.weekdays, rule.interval
    # Ordinal 1 (0001-01-01) is a Monday, so whole weeks are quotients of (ordinal - 1).
    week, last = (start.toordinal() - 1) // 7, (end.toordinal() - 1) // 7
    if interval > 1 and anchor is not None:
        week += -(week - (anchor.toordinal() - 1) // 7) % interval
    low, high = start.toordinal(), end.toordinal()
    for monday in range(week * 7 + 1, last * 7 + 2, 7 * interval):
        for weekday in weekdays:
            if low <= monday + weekday <= high:
                day = date.fromordinal(monday + weekday)
                if not rule.bymonth or day.month in rule.bymonth:
                    yield day


def _monthly(rule: Rule, start: date, end: date, anchor: date | None) -> Iterator[date]:
    month = start.year * 12 + start.month - 1
    if rule.interval > 1 and anchor is not None:
        month += -(month - (anchor.year * 12 + anchor.month - 1)) % rule.interval
    for number in range(month, end.year * 12 + end.month, rule.interval):
        year, index = divmod(number, 12)
        if not rule.bymonth or index + 1 in rule.bymonth:
            yield from (day for day in _days_in_month(rule, year, index + 1) if start <= day <= end)


def _days_in_month(rule: Rule, year: int, month: int) -> list[date]:
    if rule.monthdays:
        length = monthrange(year, month)[1]
        return sorted({date(year, month, _fit(day, length)) for day in rule.monthdays if day <= length})
    found = (nth_weekday(year, month, ordinal, weekday) for ordinal, weekday in rule.nth)
    return sorted({day for day in found if day is not None})


def _fit(day: int, length: int) -> int:
    return length if day == -1 else day
