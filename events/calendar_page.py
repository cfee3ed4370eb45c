"""What the list of the calendar shows: dates by day, and the ways to narrow them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.filters import point_of
from directory.find_groups import Group
from directory.find_page import PageLink
from directory.japanese_dates import full_date, short_date
from directory.schedules.holidays import holiday_name

from .calendar_groups import GroupsOf
from .date_cards import DateCard, cards_of, with_card_data
from .filters import WHEN
from .questions import ChosenValue, EventQuestion

PAGE_SIZE = 40


@dataclass(frozen=True)
class DayOfCards:
    """The dates of one day."""

    day: date
    cards: list[DateCard]

    @property
    def words(self) -> str:
        return short_date(self.day)

    @property
    def holiday(self) -> str:
        return holiday_name(self.day) or ""


@dataclass(frozen=True)
class Tab:
    """One of the ways to look at the same."""

    word: str
    url: str
    is_current: bool


def days_of(cards: list[DateCard]) -> list[DayOfCards]:
    """Cards in order, by day."""
    return [DayOfCards(day, list(group)) for day, group in groupby(cards, key=lambda card: card.day)]


class DatesPaginator(Paginator):
    """Pages of dates, which knows also of how many events they are."""

    @cached_property
    def counted(self) -> dict[str, int]:
        rows: Any = self.object_list
        return dict(rows.order_by().aggregate(dates=Count("pk"), events=Count("event", distinct=True)))

    @cached_property
    def count(self) -> int:
        return self.counted["dates"]


class CalendarPage:
    """Everything `events/calendar/list.html` shows."""

    def __init__(self, question: EventQuestion, now: datetime) -> None:
        self.question = question
        self.now = now

    @cached_property
    def _pages(self) -> DatesPaginator:
        return DatesPaginator(with_card_data(self.question.coming()), PAGE_SIZE)

    @cached_property
    def page(self) -> Page:
        return self._pages.get_page(self.question.page)

    @property
    def total(self) -> int:
        """How many events: what people count, however often each is held."""
        return self._pages.counted["events"]

    @cached_property
    def days(self) -> list[DayOfCards]:
        near = self.question.values.get("near")
        return days_of(cards_of(list(self.page), self.now, point_of(near[0]) if near else None))

    @property
    def title(self) -> str:
        """The question in words, for the title of the page."""
        words = self.question.title
        return _("催し(%(question)s)") % {"question": words} if words else _("催し")

    @property
    def status(self) -> str:
        """How many, for the heading and for readers of the page's changes. The list below has a row for each date."""
        if not self.total:
            return _("催しはありません")
        words = {"count": f"{self.total:,}", "dates": f"{self.page.paginator.count:,}"}
        if self.total == self.page.paginator.count:
            return _("%(count)s件の催し") % words
        return _("%(count)s件の催し(のべ%(dates)s回)") % words

    @property
    def asked_on(self) -> str:
        return full_date(self.question.today)

    @property
    def chosen(self) -> list[ChosenValue]:
        """Conditions one tap removes. Which days, the tabs say."""
        return [
            item for item in self.question.chosen if item.param != WHEN.param or item.value not in WHEN.WORDS
        ]

    @cached_property
    def tabs(self) -> list[Tab]:
        """今日, 今週, 今月, すべて."""
        chosen = self.question.values.get(WHEN.param, ("",))[0]
        words = {"today": _("今日"), "week": _("今週"), "month": _("今月"), "": _("すべて")}
        return [
            Tab(word, self.question.with_value(WHEN.param, *([value] if value else [])).url, value == chosen)
            for value, word in words.items()
        ]

    @cached_property
    def _groups(self) -> GroupsOf:
        return GroupsOf(self.question)

    @cached_property
    def groups(self) -> list[Group]:
        return self._groups.all()

    @property
    def day(self) -> str:
        return self._groups.day

    @property
    def day_limits(self) -> tuple[str, str]:
        return self._groups.day_limits

    @property
    def active(self) -> int:
        """How many conditions are in force, as the button on a phone says."""
        return len(self.question.chosen)

    @property
    def clear_url(self) -> str:
        return reverse("events:calendar")

    @property
    def without_days(self) -> EventQuestion:
        """The same question for other pages, which have days of their own."""
        return self.question.without(WHEN.param)

    @property
    def month_url(self) -> str:
        first = max(self.question.span[0], self.question.today)
        return self.without_days.address("events:month", month=f"{first:%Y-%m}")

    @property
    def pages(self) -> list[PageLink]:
        """The pages of the list, with gaps; nothing for a list on one page."""
        paginator = self.page.paginator
        if paginator.num_pages < 2:
            return []
        numbers = paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [self._link(number) if isinstance(number, int) else PageLink(None) for number in numbers]

    def _link(self, number: int) -> PageLink:
        return PageLink(number, "" if number == self.page.number else self.question.on_page(number).url)

    @property
    def previous_url(self) -> str:
        return self.question.on_page(self.page.number - 1).url if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.question.on_page(self.page.number + 1).url if self.page.has_next() else ""
