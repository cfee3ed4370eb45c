"""The dates of one event as its page lists them: what became of each, how many seats are left, whether one can sign up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.japanese_dates import time_span
from directory.visibility import Place, Viewer

from .choices import SignUpPolicy
from .date_cards import free_seats
from .date_words import state_words
from .event_words import is_over, seats_words, when_words
from .models import Event, EventDate
from .signup_opening import Closed, closed_words, is_for_all_dates, why_closed
from .visibility import place_of

#: So many of the dates to come are shown at once; the others behind a fold.
SHOWN = 8


@dataclass(frozen=True)
class ShownDate:
    """One date. `state` says what became of it, `seats` how many are left, `closed` why nobody can sign up any more.

    `place` only where it is another one than usual.
    """

    date: EventDate
    words: str
    times: str
    state: str
    is_off: bool
    is_over: bool
    seats: str
    closed: str
    place: str
    can_sign_up: bool
    is_full: bool


def shown_dates(event: Event, dates: Sequence[EventDate], viewer: Viewer, now: datetime) -> list[ShownDate]:
    """All dates of `event`, in order. One query, for the seats."""
    left = free_seats(dates)
    usual = place_of(event, viewer)
    return [_shown(item, left[item.pk], usual, viewer, now) for item in dates]


def _shown(item: EventDate, left: int | None, usual: Place, viewer: Viewer, now: datetime) -> ShownDate:
    event = item.event
    over = is_over(item, now)
    place = place_of(event, viewer, item.venue).words if item.venue_id else usual.words
    is_single = not is_for_all_dates(event)
    closed = why_closed(event, [item], now=now)
    late = closed if is_single and closed in (Closed.TOO_LATE, Closed.NOT_YET) else None
    return ShownDate(
        date=item,
        words=when_words(item),
        times=time_span(item.start, item.end),
        state=state_words(event, item),
        is_off=not item.takes_place,
        is_over=over,
        seats="" if over or not item.takes_place or not is_single or late else seats_words(event, left),
        closed=closed_words(late, event).rstrip("。") if late and not over else "",
        place=place if place != usual.words else "",
        can_sign_up=is_single and closed is None and (left != 0 or event.has_waiting_list),
        is_full=left == 0,
    )


def can_take(event: Event, dates: Sequence[EventDate], shown: Sequence[ShownDate], now: datetime) -> bool:
    """Can anybody sign up here now?"""
    if not is_for_all_dates(event):
        return any(item.can_sign_up for item in shown)
    left = free_seats(dates[:1]) if dates else {}
    is_open = why_closed(event, list(dates), now=now) is None
    return is_open and (0 not in left.values() or event.has_waiting_list)


def closed_sentence(event: Event, dates: Sequence[EventDate], now: datetime) -> str:
    """Why nobody can sign up here; "" where the page says so already."""
    if event.signup_policy in (SignUpPolicy.NONE, SignUpPolicy.OUTSIDE, SignUpPolicy.PHONE):
        return ""
    coming = [item for item in dates if item.takes_place and not is_over(item, now)]
    if not coming:
        return ""
    asked = [list(dates)] if is_for_all_dates(event) else [[item] for item in coming]
    reasons = [why_closed(event, rows, now=now) for rows in asked]
    return closed_words(next((reason for reason in reasons if reason), Closed.FULL), event)
