"""A month of events for paper: A4 as a list with telephone numbers, A3 as a table for the wall."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from directory.japanese_dates import WEEKDAYS
from directory.visibility import contacts_of

from .date_cards import DateCard
from .event_words import how_to_join
from .models import Event
from .month_page import MonthPage

A4, A3 = "a4", "a3"


@dataclass(frozen=True)
class Line:
    """One date on paper. `day` and `weekday` are empty where the line above has them."""

    card: DateCard
    day: str
    weekday: str
    phone: str
    where: str
    fee: str
    join: str


class MonthPaper:
    """`page` on a sheet of `size` ("a4" unless "a3")."""

    def __init__(self, page: MonthPage, size: str) -> None:
        self.page = page
        self.size = A3 if size.lower() == A3 else A4

    @property
    def is_table(self) -> bool:
        return self.size == A3

    @property
    def other_url(self) -> str:
        """The same month on the other size of paper."""
        query = self.page.question.query_string
        other = A4 if self.is_table else A3
        return f"?month={self.page.first:%Y-%m}&paper={other}" + (f"&{query}" if query else "")

    @cached_property
    def lines(self) -> list[Line]:
        """What is still held or was called off, in order."""
        found: list[Line] = []
        before = None
        for row, card in zip(self.page.rows, self.page.cards, strict=False):
            is_new = card.day != before
            found.append(_line(card, is_new, row.event))
            before = card.day
        return found


def _line(card: DateCard, is_new: bool, event: Event) -> Line:
    facts = dict(card.facts)
    return Line(
        card=card,
        day=f"{card.day.month}/{card.day.day}" if is_new else "",
        weekday=WEEKDAYS[card.day.weekday()] if is_new else "",
        phone=_phone(event),
        where=facts.get("pin", ""),
        fee=facts.get("yen", ""),
        # Without seats: paper is read days later.
        join="" if card.is_off else how_to_join(event),
    )


def _phone(event: Event) -> str:
    contacts = contacts_of(event.contacts.all())
    return next((contact.phone for contact in contacts if contact.phone), "")
