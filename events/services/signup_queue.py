"""The waiting list: who came first is served first, and nobody is served past somebody who came before."""

from __future__ import annotations

from django.utils import timezone

from ..choices import EventStatus, SignUpState
from ..models import Seats, SignUp
from ..querysets import SignUpQuerySet
from ..signup_opening import dates_of
from .seats import take
from .signup_mail import mail_state


def promote_waiting(*, seats: Seats) -> list[SignUp]:
    """Give free seats to those who wait, in order, and write to them. Returns those who have a seat now.

    Call it with the event locked. A party that does not fit stops all behind it. Once the date has begun, or while it
    is off, nobody is promoted. Those without mail are in the list too: somebody has to call them.
    """
    if not _goes_on(seats):
        return []
    promoted: list[SignUp] = []
    # One by one: a long list of which nobody moves up costs one row.
    while (signup := waiting_for(seats).first()) is not None and take(seats, signup.party_size):
        signup.event, signup.date, signup.seats = seats.event, seats.date, seats
        give_seat(signup)
        promoted.append(signup)
    return promoted


def may_be_next(seats: Seats) -> bool:
    """May somebody new have a seat? Not while anybody waits who came before, even where a seat is free.

    Once it has begun nobody waits any more: who stands at the door may have the seat.
    """
    if not waiting_for(seats).exists() or not _goes_on(seats):
        return True
    promote_waiting(seats=seats)
    return not waiting_for(seats).exists()


def waiting_for(seats: Seats) -> SignUpQuerySet:
    """Those who wait for `seats`, the first first."""
    rows: SignUpQuerySet = SignUp.objects.filter(seats=seats).waiting_in_order()
    return rows


def give_seat(signup: SignUp) -> None:
    """Write down that somebody who waited has a seat (taken before), and tell them."""
    signup.state, signup.promoted_at = SignUpState.CONFIRMED, timezone.now()
    signup.save(update_fields=["state", "promoted_at"])
    mail_state(signup)


def _goes_on(seats: Seats) -> bool:
    """Is there still a date to come? A course goes on until its last one."""
    held = [date for date in dates_of(seats.event, seats.date) if date.takes_place]
    latest = max((date.starts_at if date.start else date.ends_at for date in held), default=None)
    return seats.event.status == EventStatus.PLANNED and latest is not None and latest > timezone.now()
