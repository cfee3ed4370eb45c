"""Materialise the dates that follow from timetables, 13 months ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from ..choices import ChangeAction, OccurrenceStatus
from ..models import Occurrence, Resource, Schedule, ScheduleException
from ..schedules import DateChange, Slot, occurrences
from .reindexing import reindex_resources

#: How far ahead dates are kept: a year and the month that is being planned.
HORIZON = timedelta(days=396)
_BATCH = 500

_Key = tuple[date, time | None]


def rebuild_occurrences(resources: Iterable[Resource], *, today: date | None = None) -> int:
    """Bring the dates of `resources` in line with their timetables. Returns how many rows changed.

    Past dates stay as they were. Only rows that differ are written, so a nightly run over everything is cheap.
    Pass resources with `schedules` and `schedules__exceptions` prefetched; a bare one costs two queries.
    """
    today = today or timezone.localdate()
    return sum(_rebuild_batch(batch, today) for batch in _batches(resources))


def _batches(resources: Iterable[Resource]) -> Iterator[list[Resource]]:
    batch: list[Resource] = []
    for resource in resources:
        batch.append(resource)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def _rebuild_batch(resources: list[Resource], today: date) -> int:
    wanted: dict[tuple[int, _Key], Occurrence] = {}
    for resource in resources:
        for schedule in resource.schedules.all():
            for occurrence in dates_of(schedule, resource, today):
                wanted[(schedule.pk, (occurrence.date, occurrence.start))] = occurrence
    stored = Occurrence.objects.filter(resource__in=[r.pk for r in resources], date__gte=today)
    gone, changed = [], []
    touched: set[int] = set()
    for row in stored:
        new = wanted.pop((row.schedule_id, (row.date, row.start)), None)
        if new is None:
            gone.append(row.pk)
            touched.add(row.resource_id)
        elif _differs(row, new):
            new.pk = row.pk
            changed.append(new)
            touched.add(row.resource_id)
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_update(
        changed, ["end", "status", "moved_from", "reason", "venue"], batch_size=500
    )
    Occurrence.objects.bulk_create(wanted.values(), batch_size=500)
    touched |= {occurrence.resource_id for occurrence in wanted.values()}
    if touched:
        reindex_resources(Resource.objects.filter(pk__in=touched))
    return len(gone) + len(changed) + len(wanted)


def _differs(row: Occurrence, new: Occurrence) -> bool:
    names = ("end", "status", "moved_from", "reason", "venue_id")
    return any(getattr(row, name) != getattr(new, name) for name in names)


def dates_of(schedule: Schedule, resource: Resource, today: date) -> Iterator[Occurrence]:
    """The dates `schedule` gives from `today` on, as unsaved rows; the timetable need not be saved either."""
    exceptions = list(schedule.exceptions.all()) if schedule.pk else []
    venues = {change.new_date or change.date: change.venue_id for change in exceptions if change.venue_id}
    changes = [_as_change(change) for change in exceptions if not _only_moves_place(change)]
    for found in occurrences(schedule.rule, today, today + HORIZON, changes):
        yield Occurrence(
            resource=resource,
            schedule=schedule,
            venue_id=venues.get(found.date, schedule.venue_id),
            date=found.date,
            start=found.start,
            end=found.end,
            status=OccurrenceStatus(found.status),
            moved_from=found.moved_from,
            reason=found.reason,
        )


def _only_moves_place(change: ScheduleException) -> bool:
    """Another room, same day and time: nothing for the schedule engine."""
    return change.action == ChangeAction.MOVE and change.new_date is None and change.start is None


def _as_change(change: ScheduleException) -> DateChange:
    slots = (Slot(change.start, change.end),) if change.start else ()
    return DateChange(
        date=change.date, action=change.action, new_date=change.new_date, slots=slots, reason=change.reason
    )
