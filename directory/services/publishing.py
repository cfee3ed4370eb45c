"""What follows from saving or publishing an entry, and changing single dates of it at once."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction

from ..choices import ChangeAction
from ..models import Resource, Schedule, ScheduleException, Venue
from .occurrences import rebuild_occurrences


def refresh_dates(resource: Resource) -> int:
    """Bring the dates of `resource` in line with its stored timetables. Returns how many rows changed."""
    fresh = Resource.objects.prefetch_related("schedules__exceptions").get(pk=resource.pk)
    return rebuild_occurrences([fresh])


@transaction.atomic
def change_date_of(
    schedule: Schedule,
    *,
    on: date,
    action: str,
    new_date: date | None = None,
    start: time | None = None,
    end: time | None = None,
    venue: Venue | None = None,
    reason: str = "",
) -> ScheduleException:
    """Cancel, move or add one date. Counts at once, also while a draft waits; a second word about a day replaces
    the first. Raises `ValidationError` where a move says nothing new.
    """
    moved = action == ChangeAction.MOVE
    timed = action != ChangeAction.CANCEL
    values: dict[str, Any] = {
        "action": action,
        "new_date": new_date if moved else None,
        "start": start if timed else None,
        "end": end if timed else None,
        "venue": venue if timed else None,
        "reason": reason,
    }
    change = ScheduleException.objects.filter(schedule=schedule, date=on).first()
    change = change or ScheduleException(schedule=schedule, date=on)
    for name, value in values.items():
        setattr(change, name, value)
    change.full_clean()
    change.save()
    refresh_dates(schedule.resource)
    return change


@transaction.atomic
def undo_date_change(change: ScheduleException) -> None:
    """Take a change of one date back."""
    resource = change.schedule.resource
    change.delete()
    refresh_dates(resource)


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of Wagtail's `published`: the dates follow the published timetables."""
    if isinstance(instance, Resource):
        refresh_dates(instance)
