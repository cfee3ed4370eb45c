"""Materialise the dates that follow from timetables, 13 months ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from search.engines.bulk_rows import insert_rows

from ..choices import ChangeAction
from ..models import Occurrence, Resource, Schedule, ScheduleException
from ..schedules import ChangeAction as EngineAction
from ..schedules import DateChange, ScheduleSpec, Slot, occurrences
from ..schedules import Occurrence as EngineOccurrence
from .reindexing import reindex_resources

#: How far ahead dates are kept: a year and the month that is being planned.
HORIZON = dt.timedelta(days=396)
_BATCH = 500


class _Row(NamedTuple):
    """A row of `Occurrence`, without the weight of a model: there are some fifty for every entry."""

    resource_id: int
    schedule_id: int
    venue_id: int | None
    date: dt.date
    start: dt.time | None
    end: dt.time | None
    status: str
    moved_from: dt.date | None
    reason: str

    @property
    def key(self) -> tuple[int, dt.date, dt.time | None]:
        """What is one date of one timetable (the unique constraint of the table)."""
        return self.schedule_id, self.date, self.start


def rebuild_occurrences(
    resources: Iterable[Resource], *, today: dt.date | None = None, reindex: bool = True
) -> int:
    """Bring the dates of `resources` in line with their timetables. Returns how many rows changed.

    The search hears of entries whose dates changed; without `reindex` the caller tells it itself.
    Past dates stay as they were. Only rows that differ are written, so a nightly run over everything is cheap.
    Pass resources with `schedules` and `schedules__exceptions` prefetched; a bare one costs two queries.
    """
    today = today or timezone.localdate()
    return sum(_rebuild_batch(batch, today, reindex) for batch in _batches(resources))


def rebuild_all_occurrences() -> int:
    """Every night: the dates of every entry. Returns how many rows changed."""
    resources = Resource.objects.prefetch_related("schedules__exceptions")
    return rebuild_occurrences(resources.iterator(chunk_size=500))


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
def _rebuild_batch(resources: list[Resource], today: dt.date, reindex: bool) -> int:
    wanted = {
        row.key: row
        for resource in resources
        for schedule in resource.schedules.all()
        for row in _rows_of(schedule, resource, today)
    }
    stored = Occurrence.objects.filter(resource__in=[r.pk for r in resources], date__gte=today)
    gone: list[int] = []
    changed: list[Occurrence] = []
    touched: set[int] = set()
    for pk, *values in stored.values_list("pk", *_Row._fields):
        row = _Row(*values)
        new = wanted.pop(row.key, None)
        if new == row:
            continue
        touched.add(row.resource_id)
        if new is None:
            gone.append(pk)
        else:
            changed.append(Occurrence(pk=pk, **new._asdict()))
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_update(
        changed, ["end", "status", "moved_from", "reason", "venue"], batch_size=500
    )
    _insert(wanted.values())
    touched |= {row.resource_id for row in wanted.values()}
    if touched and reindex:
        reindex_resources(Resource.objects.filter(pk__in=touched))
    return len(gone) + len(changed) + len(wanted)


def _insert(rows: Iterable[_Row]) -> None:
    """Insert rows in one statement. Each of the few hundred days and times is made ready for the database once."""
    day, clock = cache(connection.ops.adapt_datefield_value), cache(connection.ops.adapt_timefield_value)
    values = [
        (resource, schedule, venue, day(date), clock(start), clock(end), status, day(moved_from), reason)
        for resource, schedule, venue, date, start, end, status, moved_from, reason in rows
    ]
    insert_rows(Occurrence, _Row._fields, values)


def dates_of(schedule: Schedule, resource: Resource, today: dt.date) -> Iterator[Occurrence]:
    """The dates `schedule` gives from `today` on, as unsaved rows; the timetable need not be saved either."""
    for row in _rows_of(schedule, resource, today):
        yield Occurrence(**row._asdict())


def _rows_of(schedule: Schedule, resource: Resource, today: dt.date) -> Iterator[_Row]:
    exceptions = list(schedule.exceptions.all()) if schedule.pk else []
    venues = {change.new_date or change.date: change.venue_id for change in exceptions if change.venue_id}
    changes = [_as_change(change) for change in exceptions if not _only_moves_place(change)]
    for found in _dates_of_rule(schedule.rule, today, tuple(changes)):
        yield _Row(
            resource.pk,
            schedule.pk,
            venues.get(found.date, schedule.venue_id),
            found.date,
            found.start,
            found.end,
            found.status.value,
            found.moved_from,
            found.reason,
        )


@lru_cache(maxsize=128)
def _dates_of_rule(
    rule: ScheduleSpec, today: dt.date, changes: tuple[DateChange, ...]
) -> tuple[EngineOccurrence, ...]:
    """Half of a town meets on the second Saturday at half past eleven."""
    return tuple(occurrences(rule, today, today + HORIZON, changes))


def _only_moves_place(change: ScheduleException) -> bool:
    """Another room, same day and time: nothing for the schedule engine."""
    return change.action == ChangeAction.MOVE and change.new_date is None and change.start is None


def _as_change(change: ScheduleException) -> DateChange:
    slots = (Slot(change.start, change.end),) if change.start else ()
    return DateChange(
        date=change.date,
        action=EngineAction(change.action),
        new_date=change.new_date,
        slots=slots,
        reason=change.reason,
    )
