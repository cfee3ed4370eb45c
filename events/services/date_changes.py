"""One date of an event, or the whole of it: cancelled, moved, put off, and back again. It counts at once.

Those signed up are written to by who listens to `signals.date_changed`, in the transaction of the change.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Venue

from ..choices import DateStatus, EventStatus
from ..models import Event, EventDate
from ..signals import date_changed, event_changed
from .dates import cancel_row, place_in_time, planned_end, save_row, write_span


@transaction.atomic
def cancel_date(*, date: EventDate, reason: str, by: Any) -> EventDate:
    """「この回は中止」. Counts at once; those signed up are written to. A second time changes nothing."""
    row = _locked(date)
    if row.status != DateStatus.CANCELLED:
        cancel_row(row, reason, by)
        _tell(row.event, "cancel_date", by, reason)
    return row


@transaction.atomic
def move_date(
    *,
    date: EventDate,
    reason: str,
    by: Any,
    new_date: dt.date | None = None,
    start: dt.time | None = None,
    end: dt.time | None = None,
    venue: Venue | None = None,
) -> EventDate:
    """Another day, hour or place for one date. Raises `ValidationError` where it says nothing new, or an order of hours
    that cannot be."""
    row = _locked(date)
    before = place_in_time(row)
    row.date = new_date or row.date
    if start is not None:
        row.start, row.end = start, end
    row.venue = venue or row.venue
    if place_in_time(row) == before:
        raise ValidationError(_("新しい日にち、時間、場所のどれかを入力してください。"))
    if row.start and row.end and row.end <= row.start:
        raise ValidationError(_("おわりの時刻は、はじまりより後にしてください。"))
    row.status, row.reason = DateStatus.MOVED, reason
    save_row(row)
    date_changed.send(EventDate, date=row, change="moved", reason=reason, by=by, before=before)
    _tell(row.event, "move_date", by, reason)
    return row


@transaction.atomic
def restore_date(*, date: EventDate, by: Any) -> EventDate:
    """Take a cancellation or a move back: the date is as its timetable says."""
    row = _locked(date)
    if row.status == DateStatus.PLANNED:
        return row
    before = place_in_time(row)
    was_moved = row.status == DateStatus.MOVED
    row.status, row.reason = DateStatus.PLANNED, ""
    if was_moved:
        row.date, row.start, row.venue = row.planned_date, row.planned_start, None
        row.end = planned_end(row)
    save_row(row)
    date_changed.send(EventDate, date=row, change="restored", reason="", by=by, before=before)
    _tell(row.event, "restore_date", by, "")
    return row


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Any) -> Event:
    """The whole of it, with every date to come."""
    return _end(event, EventStatus.CANCELLED, "cancel", reason, by)


@transaction.atomic
def postpone_event(*, event: Event, reason: str, by: Any) -> Event:
    """Put off: the dates to come are off, new ones are not known yet."""
    return _end(event, EventStatus.POSTPONED, "postpone", reason, by)


@transaction.atomic
def resume_event(*, event: Event, by: Any) -> Event:
    """Back to what was planned; the dates that went off with the event come back."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.status == EventStatus.PLANNED:
        return event
    reason = event.status_reason
    _write_status(event, EventStatus.PLANNED, "")
    for row in _coming(event).filter(status=DateStatus.CANCELLED, reason=reason):
        restore_date(date=row, by=by)
    _tell(event, "resume", by, "")
    return event


def _end(event: Event, status: EventStatus, verb: str, reason: str, by: Any) -> Event:
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.status == status:
        return event
    _write_status(event, status, reason)
    for row in _coming(event).exclude(status=DateStatus.CANCELLED):
        cancel_row(row, reason, by)
    _tell(event, verb, by, reason)
    return event


def _write_status(event: Event, status: EventStatus, reason: str) -> None:
    event.status, event.status_reason, event.sequence = status, reason, event.sequence + 1
    Event.objects.filter(pk=event.pk).update(
        status=status, status_reason=reason, sequence=event.sequence, updated_at=timezone.now()
    )


def _coming(event: Event) -> Any:
    return event.dates.filter(date__gte=timezone.localdate())


def _locked(date: EventDate) -> EventDate:
    """The date as it is now. The row of the event is locked: whoever changes dates of it waits."""
    event = Event.objects.select_for_update().get(pk=date.event_id)
    row = event.dates.get(pk=date.pk)
    row.event = event
    return row


def _tell(event: Event, verb: str, by: Any, reason: str) -> None:
    write_span(event)
    log(instance=event, action=f"tsunagu.event.{verb}", user=by, data={"reason": reason})
    event_changed.send(Event, event=event)
