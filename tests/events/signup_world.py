"""People who sign up, in few words."""

from __future__ import annotations

from typing import Any

from events.models import Event, EventDate, Seats, SignUp
from events.services.signups import sign_up
from tests.factories.events import EventFactory


def open_event(**more: Any) -> Event:
    """An event anybody may sign up for. `EventFactory`'s own words hold."""
    return EventFactory(**({"signup_policy": "open"} | more))


def take_part(event: Event, who: str, size: int = 1, *, date: EventDate | None = None, **more: Any) -> SignUp:
    """Sign `who` up for the first date, or for the whole course."""
    if event.signup_unit == "date":
        date = date or event.dates.first()
    said = {"name": who, "email": f"{who}@example.jp"} | more
    return sign_up(event=event, date=date, party_size=size, **said).signup


def states(event: Event) -> dict[str, str]:
    """Name → state, in the order of signing up."""
    return dict(SignUp.objects.filter(event=event).order_by("pk").values_list("name", "state"))


def taken_and_seated(event: Event) -> tuple[int, int]:
    """What the table of seats says, and what the sign-ups add up to: always the same."""
    seats = Seats.objects.get(event=event)
    seated = SignUp.objects.seated().filter(seats=seats)
    return seats.taken, sum(row.party_size for row in seated)
