"""Seats: taken and given back by conditional updates, so that there is never one too many.

Whoever changes sign-ups of an event first locks its row (as `services.dates` does), so that sign-ups, promotions,
cancelled dates and a new number of seats come one after the other. The conditional update and the table's constraint
stand for themselves: they hold without the lock too.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from ..choices import SignUpState, SignUpUnit
from ..models import Event, EventDate, Seats, SignUp


def locked_event(pk: int) -> Event:
    """The event as it is now; until the end of the transaction nobody else changes its dates or sign-ups."""
    event: Event = Event.objects.select_for_update().get(pk=pk)
    return event


def seats_for(event: Event, date: EventDate | None) -> Seats:
    """The seats of `date`, or of the whole course without one; their limit in line with what the event says.

    Never below what is taken: who has a seat keeps it. Call it with the event locked.
    """
    found = Seats.objects.filter(event=event, date=date).order_by().first()
    return _in_line(found, event, date)


def date_with_seats(event: Event, pk: int) -> tuple[EventDate, Seats] | None:
    """A date of `event` and its seats, as `seats_for` gives them; None where the date is gone. One query for both."""
    date = event.dates.select_related("seats").order_by().filter(pk=pk).first()
    return (date, _in_line(getattr(date, "seats", None), event, date)) if date is not None else None


def seats_wanted(event: Event, date: EventDate | None) -> int | None:
    """The number of seats the event says. A date may say another one."""
    return date.capacity if date is not None and date.capacity is not None else event.capacity


def _in_line(found: Seats | None, event: Event, date: EventDate | None) -> Seats:
    wanted = seats_wanted(event, date)
    seats = found or Seats.objects.get_or_create(event=event, date=date, defaults={"limit": wanted})[0]
    limit = None if wanted is None else max(wanted, seats.taken)
    if seats.limit != limit:
        seats.limit = limit
        seats.save(update_fields=["limit"])
    seats.event, seats.date = event, date  # as they are now, without asking again
    return seats


def take(seats: Seats, size: int) -> bool:
    """Take `size` seats; False when there are not as many."""
    free = Q(limit__isnull=True) | Q(limit__gte=F("taken") + size)
    return bool(Seats.objects.filter(free, pk=seats.pk).update(taken=F("taken") + size))


def give_back(seats: Seats, size: int) -> None:
    """`size` seats are free again, and the limit comes down to what the event says where it stood above."""
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") - size)
    seats_for(seats.event, seats.date)


def seats_left(event: Event, dates: Iterable[EventDate]) -> dict[int, int | None]:
    """Primary key of each date → free seats, None for no limit. For pages; one query.

    Seats somebody waits for are not free: a party that does not fit is not overtaken.
    """
    waiting = SignUp.objects.filter(seats=OuterRef("pk"), state=SignUpState.WAITING)
    found = Seats.objects.filter(event=event).annotate(has_waiting=Exists(waiting))
    rows = {row.date_id: row for row in found}
    is_course = event.signup_unit == SignUpUnit.COURSE
    return {
        date.pk: _left(rows.get(None if is_course else date.pk), seats_wanted(event, date)) for date in dates
    }


def _left(row: Seats | None, wanted: int | None) -> int | None:
    if wanted is None:
        return None
    if row is None:
        return wanted
    return 0 if row.has_waiting else max(0, wanted - row.taken)  # type: ignore[attr-defined]
