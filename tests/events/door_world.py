"""An event on its day: people may still sign up, and the door is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from events.models import Event, EventDate
from tests.events.signup_world import open_event


def event_today(days: int = 1, **more: Any) -> Event:
    """Dates without an hour, from today on: signing up is open until midnight."""
    event = open_event(on=(), **more)
    for ahead in range(days):
        day = timezone.localdate() + dt.timedelta(days=ahead)
        EventDate.objects.create(event=event, planned_date=day, date=day)
    last = timezone.localdate() + dt.timedelta(days=days - 1)
    Event.objects.filter(pk=event.pk).update(first_date=timezone.localdate(), last_date=last)
    event.refresh_from_db()
    return event


def first_date(event: Event) -> EventDate:
    row: EventDate = event.dates.first()
    return row
