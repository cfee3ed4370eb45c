"""Dates keep their rows, and what hangs on them, whatever happens to the timetable."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from directory.schedules import Kind, ScheduleSpec, Slot
from events.choices import DateStatus, EventStatus, SignUpState
from events.models import Event, Seats, SignUp
from events.services import date_changes, dates
from events.signals import date_changed
from tests.factories.events import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
#: A week after the fixed clock.
DAY = dt.date(2026, 11, 27)
TWO, FOUR = dt.time(14), dt.time(16)


@pytest.fixture
def heard():
    said: list[tuple[str, dt.date]] = []

    def hear(sender: Any, date: Any, change: str, **kwargs: Any) -> None:
        said.append((change, date.date))

    date_changed.connect(hear)
    yield said
    date_changed.disconnect(hear)


def plan(event: Event, *days: dt.date, start: dt.time = TWO, end: dt.time = FOUR) -> None:
    schedule = event.schedules.get()
    schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=tuple(days), slots=(Slot(start, end),))
    schedule.save()
    dates.rebuild_dates(event)


def sign_up(event: Event) -> SignUp:
    row = event.dates.first()
    seats = Seats.objects.create(event=event, date=row, taken=1)
    return SignUp.objects.create(
        receipt="K1", event=event, date=row, seats=seats, name="はな", state=SignUpState.CONFIRMED
    )


def test_a_timetable_becomes_dates_once() -> None:
    event = EventFactory(on=[DAY, DAY + dt.timedelta(days=7)])
    assert [row.date for row in event.dates.all()] == [DAY, DAY + dt.timedelta(days=7)]
    assert (event.first_date, event.last_date) == (DAY, DAY + dt.timedelta(days=7))
    assert dates.rebuild_dates(event) == 0


def test_another_hour_keeps_the_date_and_tells(heard) -> None:
    event = EventFactory(on=[DAY])
    signup = sign_up(event)
    plan(event, DAY, start=dt.time(10), end=dt.time(11))
    signup.refresh_from_db()
    assert (signup.date.start, signup.date.end) == (dt.time(10), dt.time(11))
    assert signup.date.sequence == 1
    assert heard == [("moved", DAY)]


def test_a_date_nobody_signed_up_for_goes_quietly(heard) -> None:
    event = EventFactory(on=[DAY])
    plan(event, DAY + dt.timedelta(days=1))
    assert [row.date for row in event.dates.all()] == [DAY + dt.timedelta(days=1)]
    assert heard == []


def test_a_date_somebody_signed_up_for_is_cancelled_and_not_deleted(heard) -> None:
    event = EventFactory(on=[DAY])
    signup = sign_up(event)
    plan(event, DAY + dt.timedelta(days=1))
    signup.refresh_from_db()
    assert signup.date.status == DateStatus.CANCELLED
    assert heard == [("cancelled", DAY)]


def test_a_moved_date_survives_the_nightly_run_and_goes_back() -> None:
    event = EventFactory(on=[DAY])
    moved = date_changes.move_date(
        date=event.dates.get(), new_date=DAY + dt.timedelta(days=2), reason="会場の都合", by=None
    )
    assert dates.rebuild_dates(event) == 0
    event.refresh_from_db()
    assert event.last_date == DAY + dt.timedelta(days=2)
    back = date_changes.restore_date(date=moved, by=None)
    assert (back.date, back.start, back.end, back.status) == (DAY, TWO, FOUR, DateStatus.PLANNED)


def test_a_move_that_says_nothing_new_is_refused() -> None:
    row = EventFactory(on=[DAY]).dates.get()
    with pytest.raises(ValidationError):
        date_changes.move_date(date=row, new_date=DAY, reason="", by=None)
    with pytest.raises(ValidationError):
        date_changes.move_date(date=row, start=FOUR, end=TWO, reason="", by=None)


def test_cancelling_twice_tells_once(heard) -> None:
    row = EventFactory(on=[DAY]).dates.get()
    for _time in range(2):
        date_changes.cancel_date(date=row, reason="台風", by=None)
    assert heard == [("cancelled", DAY)]


def test_an_event_called_off_and_on_again_keeps_what_was_cancelled_before(heard) -> None:
    event = EventFactory(on=[DAY, DAY + dt.timedelta(days=7)])
    date_changes.cancel_date(date=event.dates.last(), reason="祝日", by=None)
    event = date_changes.cancel_event(event=event, reason="台風", by=None)
    assert event.status == EventStatus.CANCELLED
    assert not event.dates.taking_place().exists()
    date_changes.resume_event(event=event, by=None)
    assert [row.date for row in event.dates.taking_place()] == [DAY]
    assert heard == [("cancelled", DAY + dt.timedelta(days=7)), ("cancelled", DAY), ("restored", DAY)]


def test_a_consultation_is_cut_into_slots() -> None:
    event = EventFactory(on=[DAY])
    event.schedules.update(slot_minutes=45)
    dates.rebuild_dates(event)
    assert [(row.start, row.end) for row in event.dates.all()] == [
        (TWO, dt.time(14, 45)),
        (dt.time(14, 45), dt.time(15, 30)),
    ]


def test_past_dates_stay_as_they_were(fixed_clock) -> None:
    event = EventFactory(on=[DAY, DAY + dt.timedelta(days=7)])
    fixed_clock.move_to(dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC))
    plan(event, DAY + dt.timedelta(days=7))
    assert [row.date for row in event.dates.all()] == [DAY, DAY + dt.timedelta(days=7)]
