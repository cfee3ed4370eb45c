"""The dates of an event, made from its timetables. One date is changed in `services.date_changes`.

A date keeps its row, and with it its sign-ups and its place in people's calendars, when the timetable changes: the
same day at another hour is the same date, moved. A date somebody signed up for never vanishes: it is cancelled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import ScheduleKind
from directory.schedules import occurrences

from ..choices import DateStatus
from ..models import Event, EventDate, EventSchedule
from ..signals import date_changed, event_changed

#: How far ahead dates are kept, as those of entries.
HORIZON = dt.timedelta(days=396)
#: Explicit dates before today are taken in this far back: an event that is typed in when it is over.
LOOK_BACK = dt.timedelta(days=730)

Key = tuple[dt.date, dt.time | None]


class _Wanted(NamedTuple):
    date: dt.date
    start: dt.time | None
    end: dt.time | None

    @property
    def key(self) -> Key:
        return self.date, self.start


@transaction.atomic
def rebuild_dates(event: Event, *, today: dt.date | None = None) -> int:
    """Bring the dates of `event` in line with its published timetables. Returns how many rows changed.

    What is past stays. Only rows that differ are written.
    """
    today = today or timezone.localdate()
    event = Event.objects.select_for_update().get(pk=event.pk)
    wanted = {row.key: row for schedule in event.schedules.all() for row in _wanted(schedule, today)}
    stored = {(row.planned_date, row.planned_start): row for row in event.dates.all()}
    missing = [row for key, row in stored.items() if key not in wanted and row.planned_date >= today]
    new = [row for key, row in wanted.items() if key not in stored]
    changed = _follow_the_hour(missing, new) + _correct_ends(stored, wanted)
    changed += sum(_drop(row) for row in missing)
    EventDate.objects.bulk_create([_row(event, row) for row in new])
    changed += len(new)
    if changed or event.first_date is None:
        write_span(event)
        event_changed.send(Event, event=event)
    return changed


def rebuild_all_dates() -> int:
    """Every night: the dates of every public event that goes on. Returns how many rows changed."""
    regular = EventSchedule.objects.filter(kind=ScheduleKind.REGULAR).values("event")
    return sum(rebuild_dates(event) for event in Event.objects.filter(live=True, pk__in=regular).iterator())


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of Wagtail's `published`: the dates follow the published timetables."""
    if isinstance(instance, Event):
        rebuild_dates(instance)
        event_changed.send(Event, event=instance)


def dates_planned(schedule: EventSchedule, *, today: dt.date | None = None) -> list[tuple[dt.date, Any, Any]]:
    """The (day, start, end) a timetable gives, in order; it need not be saved. For previews."""
    return [tuple(row) for row in _wanted(schedule, today or timezone.localdate())]  # type: ignore[misc]


def rows_planned(event: Event, *, today: dt.date | None = None) -> list[EventDate]:
    """The dates a draft would have, in order, not saved; those that are there already, as they stand."""
    today = today or timezone.localdate()
    stored = (
        {} if event.pk is None else {(row.planned_date, row.planned_start): row for row in event.dates.all()}
    )
    wanted = {row.key: row for schedule in event.schedules.all() for row in _wanted(schedule, today)}
    rows = [stored.get(key) or _row(event, row) for key, row in wanted.items()]
    return sorted(rows, key=lambda row: (row.date, row.start or dt.time.min))


def _wanted(schedule: EventSchedule, today: dt.date) -> Iterator[_Wanted]:
    rule = schedule.rule
    first = today - LOOK_BACK if rule.kind == ScheduleKind.DATES else today
    for found in occurrences(rule, first, today + HORIZON, ()):
        yield from _slots(_Wanted(found.date, found.start, found.end), schedule.slot_minutes)


def _slots(row: _Wanted, minutes: int | None) -> Iterator[_Wanted]:
    """A consultation from 13:00 to 15:00 in slots of 30 minutes is four dates; a rest that is too short is none."""
    if not minutes or row.start is None or row.end is None:
        yield row
        return
    at, length = dt.datetime.combine(row.date, row.start), dt.timedelta(minutes=minutes)
    while at + length <= dt.datetime.combine(row.date, row.end):
        yield _Wanted(row.date, at.time(), (at + length).time())
        at += length


def _row(event: Event, row: _Wanted) -> EventDate:
    return EventDate(
        event=event,
        planned_date=row.date,
        planned_start=row.start,
        date=row.date,
        start=row.start,
        end=row.end,
    )


def _follow_the_hour(missing: list[EventDate], new: list[_Wanted]) -> int:
    """One date a day that only begins at another hour is the same date. Takes it out of both lists."""
    count = 0
    for row in list(missing):
        twins = [other for other in missing if other.planned_date == row.planned_date]
        found = [other for other in new if other.date == row.planned_date]
        if len(twins) != 1 or len(found) != 1:
            continue
        missing.remove(row)
        new.remove(found[0])
        before = place_in_time(row)
        row.planned_start = found[0].start
        if row.status == DateStatus.PLANNED:
            row.start, row.end = found[0].start, found[0].end
        save_row(row)
        date_changed.send(
            EventDate, date=row, change="moved", reason=_("時間が変わりました"), by=None, before=before
        )
        count += 1
    return count


def _correct_ends(stored: dict[Key, EventDate], wanted: dict[Key, _Wanted]) -> int:
    off = [
        row
        for key, row in stored.items()
        if key in wanted and row.status == DateStatus.PLANNED and row.end != wanted[key].end
    ]
    for row in off:
        row.end = wanted[row.planned_date, row.planned_start].end
        save_row(row)
    return len(off)


def _drop(row: EventDate) -> int:
    """A date the timetable no longer has."""
    if not (row.signups.exists() or hasattr(row, "attendance") or row.reports.exists()):
        row.delete()
        return 1
    if row.status == DateStatus.CANCELLED:
        return 0
    cancel_row(row, _("日程が変わりました"), None)
    return 1


def cancel_row(row: EventDate, reason: str, by: Any) -> None:
    """Write that `row` is off, and let those know who listen. Call it with the event locked."""
    before = place_in_time(row)
    row.status, row.reason = DateStatus.CANCELLED, reason
    save_row(row)
    date_changed.send(EventDate, date=row, change="cancelled", reason=reason, by=by, before=before)


def save_row(row: EventDate) -> None:
    """Write `row`, as something that changed: calendars look at the number."""
    row.sequence += 1
    row.save()


def place_in_time(row: EventDate) -> tuple[dt.date, dt.time | None, dt.time | None, int | None]:
    """(day, start, end, venue) of `row` now, to be compared with later."""
    return row.date, row.start, row.end, row.venue_id


def planned_end(row: EventDate) -> dt.time | None:
    """When `row` ends by its timetable; None where that does not say."""
    for schedule in row.event.schedules.all():
        for wanted in _wanted(schedule, min(row.planned_date, timezone.localdate())):
            if wanted.key == (row.planned_date, row.planned_start):
                return wanted.end
    return None


def write_span(event: Event) -> None:
    """First and last day of `event`, for lists and for the search."""
    span = event.dates.aggregate(first=Min("date"), last=Max("date"))
    event.first_date, event.last_date = span["first"], span["last"]
    Event.objects.filter(pk=event.pk).update(first_date=span["first"], last_date=span["last"])
