"""One month of events: as a table, Sunday first, and as a list that says the same. For the screen and for paper."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext as _

from directory.japanese_dates import plain_date, short_date
from directory.month_calendar import asked_month
from directory.schedules.holidays import holiday_name

from .calendar_page import DayOfCards, days_of
from .date_cards import DateCard, cards_of, with_shared_events
from .filters import WHEN
from .models import EventDate
from .questions import ChosenValue, EventQuestion
from .services.dates import HORIZON

#: So many names stand in a cell; the list has all.
SHOWN_IN_A_CELL = 3
#: More than this nobody reads; one is asked to choose a district.
MOST = 500
LOOK_BACK = timedelta(days=730)
_SUNDAY_FIRST = calendar.Calendar(firstweekday=6)


@dataclass(frozen=True)
class Cell:
    """A day of the table. `holiday` is its name, "" on a plain day.

    `total` counts all dates of the day, `cards` are those that are listed below; `url` leads to all of them.
    """

    day: date
    cards: list[DateCard]
    total: int
    url: str
    is_today: bool
    is_past: bool

    @property
    def holiday(self) -> str:
        return holiday_name(self.day) or ""

    @property
    def is_red(self) -> bool:
        """Sundays and holidays are written in red, as on every calendar in Japan."""
        return self.day.weekday() == 6 or bool(self.holiday)

    @property
    def is_saturday(self) -> bool:
        return self.day.weekday() == 5

    @property
    def shown(self) -> list[DateCard]:
        return self.cards[:SHOWN_IN_A_CELL]

    @property
    def more(self) -> int:
        return max(0, self.total - SHOWN_IN_A_CELL) if self.cards else self.total


def month_of(text: str, today: date) -> date | None:
    """The first day of the month in `text` ("2026-12"), kept within what is known; None for nonsense."""
    return asked_month(text, today - LOOK_BACK, today + HORIZON)


class MonthPage:
    """The month that begins on `first`, as `question` narrows it (its days do not count: the month has its own)."""

    def __init__(self, question: EventQuestion, first: date, now: datetime) -> None:
        self.question = question.without(WHEN.param)
        self.first = first
        self.now = now

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def words(self) -> str:
        return _("%(year)d年%(month)d月") % {"year": self.first.year, "month": self.first.month}

    @property
    def title(self) -> str:
        asked = self.question.title
        if asked:
            return _("%(month)sの催し(%(question)s)") % {"month": self.words, "question": asked}
        return _("%(month)sの催し") % {"month": self.words}

    @property
    def chosen(self) -> list[ChosenValue]:
        return self.question.chosen

    @cached_property
    def rows(self) -> list[EventDate]:
        rows = with_shared_events(self.question.narrowed()).between(self.first, self.last)
        return list(rows[: MOST + 1])

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > MOST

    @cached_property
    def cards(self) -> list[DateCard]:
        return cards_of(self.rows[:MOST], self.now)

    @cached_property
    def days(self) -> list[DayOfCards]:
        """The days with something on them, in order."""
        return days_of(self.cards)

    @cached_property
    def weeks(self) -> list[list[Cell | None]]:
        """The table: None before the first and after the last day."""
        by_day = {item.day: item.cards for item in self.days}
        weeks = _SUNDAY_FIRST.monthdatescalendar(self.first.year, self.first.month)
        return [[self._cell(day, by_day.get(day, [])) for day in week] for week in weeks]

    def _cell(self, day: date, cards: list[DateCard]) -> Cell | None:
        if day.month != self.first.month:
            return None
        today = self.now.date()
        total = self._totals.get(day, 0) if self.is_cut else len(cards)
        # Where the list below stops short, the day has a list of its own; what is past has none.
        is_listed = total == len(cards) or day < today
        url = (
            f"#d-{day:%Y-%m-%d}" if is_listed else self.question.with_value(WHEN.param, f"{day:%Y-%m-%d}").url
        )
        return Cell(day, cards, total, url, is_today=day == today, is_past=day < today)

    @cached_property
    def _totals(self) -> dict[date, int]:
        """How many dates there are each day. One query, asked only where the list stops short."""
        rows = self.question.narrowed().between(self.first, self.last).order_by("date")
        return dict(rows.values_list("date").annotate(number=Count("pk")))

    @property
    def cut_words(self) -> str:
        """Until when the list goes, where it stops short of the month; "" where it does not."""
        if not self.is_cut:
            return ""
        words = _("催しが多いため、一覧は%(day)sまでです。表の数を押すと、その日の催しが全部出ます。")
        return words % {"day": short_date(self.rows[MOST - 1].date)}

    @property
    def list_url(self) -> str:
        return self.question.url

    @property
    def previous(self) -> date | None:
        before = self.first - timedelta(days=1)
        return before.replace(day=1) if before >= self.now.date() - LOOK_BACK else None

    @property
    def next(self) -> date | None:
        after = self.last + timedelta(days=1)
        return after if after <= self.now.date() + HORIZON else None

    @property
    def previous_url(self) -> str:
        return self._of(self.previous)

    @property
    def next_url(self) -> str:
        return self._of(self.next)

    def _of(self, month: date | None) -> str:
        return self.question.address("events:month", month=f"{month:%Y-%m}") if month else ""

    @property
    def own_url(self) -> str:
        return self._of(self.first)

    @property
    def printed_on(self) -> str:
        return plain_date(self.now.date())
