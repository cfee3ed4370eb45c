"""What the pages of signing up show of an event: which dates one can choose, and how full they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .date_words import date_words
from .models import Event, EventDate
from .services.seats import seats_left
from .signup_facts import dates_lines
from .signup_opening import Closed, closed_words, dates_of, why_closed


@dataclass(frozen=True)
class Choice:
    """One date (None: the whole course): may one sign up, and how many seats are free (None: no limit)?"""

    date: EventDate | None
    words: str
    when: list[str]
    why_closed: Closed | None
    left: int | None
    state: str

    @property
    def is_open(self) -> bool:
        return self.why_closed is None


def choice_of(event: Event, date: EventDate | None) -> Choice:
    """How `date`, or the whole course, stands. Two queries."""
    dates = dates_of(event, date)
    left = seats_left(event, dates)
    return _choice(event, date, dates, left.get(dates[0].pk) if dates else None)


def choices_of(event: Event) -> list[Choice]:
    """Every date that is not over, in order. Two queries."""
    dates = list(event.dates.all())
    left = seats_left(event, dates)
    found = [_choice(event, date, [date], left[date.pk]) for date in dates]
    return [choice for choice in found if choice.why_closed is not Closed.OVER]


def _choice(event: Event, date: EventDate | None, dates: list[EventDate], left: int | None) -> Choice:
    why = why_closed(event, dates)
    if why is None and left == 0 and not event.has_waiting_list:
        why = Closed.FULL
    words = date_words(event, date) if date is not None else _("全部の回をまとめて")
    return Choice(date, words, dates_lines(event, date), why, left, _state(event, why, left))


def _state(event: Event, why: Closed | None, left: int | None) -> str:
    if why is not None:
        return closed_words(why, event)
    if left is None:
        return _("受け付けています")
    return _("のこり%(left)d人") % {"left": left} if left else _("満員(空き待ちを受け付けています)")
