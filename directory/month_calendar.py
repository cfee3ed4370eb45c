"""One month of an entry's dates as a table: Sunday first, every mark also said in words."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Occurrence
from .schedules.holidays import holiday_name

_SUNDAY_FIRST = calendar.Calendar(firstweekday=6)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Day:
    """One cell. `label` says in words what the colour says; empty on a day without a date."""

    day: date
    is_open: bool = False
    is_off: bool = False
    is_today: bool = False
    label: str = ""

    @property
    def is_sunday(self) -> bool:
        """Sundays and holidays are written in red, as on every calendar in Japan."""
        return self.day.weekday() == 6 or holiday_name(self.day) is not None

    @property
    def is_saturday(self) -> bool:
        return self.day.weekday() == 5


@dataclass(frozen=True)
class MonthCalendar:
    """A month and its neighbours; `previous`/`next` are None at the edge of what is known."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    previous: date | None
    next: date | None

    @property
    def has_dates(self) -> bool:
        return any(cell and (cell.is_open or cell.is_off) for week in self.weeks for cell in week)


def asked_month(text: str, first: date, last: date) -> date | None:
    """The first day of the month in `text` ("2026-12"), kept between `first` and `last`. None for nonsense."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return None
    month = date(int(found[1]), int(found[2]), 1)
    return min(max(month, first.replace(day=1)), last.replace(day=1))


def month_of(month: date, dates: Iterable[Occurrence], *, today: date, last: date) -> MonthCalendar:
    """The month `month` lies in, with `dates` marked. Leads from the month of `today` to that of `last`."""
    marks = _marks(dates)
    weeks = tuple(
        tuple(_cell(day, marks, today) if day.month == month.month else None for day in week)
        for week in _SUNDAY_FIRST.monthdatescalendar(month.year, month.month)
    )
    first = month.replace(day=1)
    return MonthCalendar(
        first=first,
        weeks=weeks,
        previous=_shift(first, -1) if first > today.replace(day=1) else None,
        next=_shift(first, 1) if first < last.replace(day=1) else None,
    )


def _marks(dates: Iterable[Occurrence]) -> dict[date, list[Occurrence]]:
    marks: dict[date, list[Occurrence]] = {}
    for item in dates:
        marks.setdefault(item.date, []).append(item)
    return marks


def _cell(day: date, marks: dict[date, list[Occurrence]], today: date) -> Day:
    held = marks.get(day, [])
    takes_place = any(item.takes_place for item in held)
    label = (_("開催日") if takes_place else _("中止")) if held else ""
    return Day(
        day=day,
        is_open=takes_place,
        is_off=bool(held) and not takes_place,
        is_today=day == today,
        label=label,
    )


def _shift(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
