"""Events as iCalendar (RFC 5545). What a file says, everybody may know, whoever asked for it.

A timetable of one rule is one VEVENT with RRULE and EXDATE under the uuid of the event; its dates that were called off
or moved stand beside it with RECURRENCE-ID. Every other date is a VEVENT under its own uuid. So a date keeps its UID
whatever becomes of it, and a calendar that reads the file again strikes it out instead of forgetting it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, vRecur
from icalendar import Event as VEvent

from directory.exporters.ical_parts import (
    TOKYO,
    add_place,
    add_text,
    add_times,
    moment,
    new_calendar,
    new_event,
)
from directory.visibility import public_organization

from ..choices import DateStatus, EventKind
from ..date_words import notice_on, place_of_date, place_words, state_of, state_words, titled
from ..models import Event, EventDate
from .series import Series, series_of

Absolute = Callable[[str], str]

#: From here the seconds are counted that make the number of a series grow; it must fit into 31 bits.
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def calendar_of(
    events: Iterable[Event], *, name: str, absolute: Absolute, since: dt.date | None = None
) -> bytes:
    """An iCalendar file of `events` (read by `feed_rows.with_feed_rows`), single dates from `since` on.

    A series is whole, so that it stays the same while days go by.
    """
    calendar = new_calendar(name, product="events")
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        _add_event(calendar, event, absolute(event.get_absolute_url()), since)
    return calendar.to_ical()


def _add_event(calendar: Calendar, event: Event, url: str, since: dt.date | None) -> None:
    rows = list(event.dates.all())
    series = series_of(event, rows)
    in_series: set[int] = set()
    if series is not None:
        in_series = {row.pk for row in series.rows.values()}
        number = _number(event, rows)
        calendar.add_component(_master(event, series, rows, number, url))
        for row in series.differing:
            calendar.add_component(_differing(event, row, number, url))
    for row in rows:
        if row.pk not in in_series and (since is None or row.date >= since):
            calendar.add_component(single_date(event, row, url=url))


def single_date(event: Event, row: EventDate, *, url: str, more: Sequence[str] = ()) -> VEvent:
    """A date under its own UID. `more` is said besides, `url` is the page of what the file is about."""
    number = event.sequence + row.sequence
    return _dated(event, row, uid=str(row.uuid), number=number, url=url, more=more)


def _differing(event: Event, row: EventDate, number: int, url: str) -> VEvent:
    """A date of a series that is not as its rule says."""
    item = _dated(event, row, uid=str(event.uuid), number=number, url=url)
    item.add("recurrence-id", moment(row.planned_date, row.planned_start))
    return item


def _dated(
    event: Event, row: EventDate, *, uid: str, number: int, url: str, more: Sequence[str] = ()
) -> VEvent:
    state = state_of(event, row)
    item = new_event(uid, titled(event.title, state), changed=max(event.updated_at, row.updated_at))
    add_times(item, row.date, row.start, row.end)
    item.add("status", "CANCELLED" if row.status == DateStatus.CANCELLED else "CONFIRMED")
    _add_common(item, event, row, number, [state_words(event, row), *more], url)
    return item


def _master(event: Event, series: Series, rows: list[EventDate], number: int, url: str) -> VEvent:
    """The rule of a series, without the days it leaves out."""
    item = new_event(str(event.uuid), event.title, changed=_changed(event, rows))
    add_times(item, series.first, series.start, series.end)
    item.add("rrule", vRecur.from_ical(f"{series.rrule};UNTIL={_until(series)}"))
    for day in series.missing:
        item.add("exdate", moment(day, series.start))
    item.add("status", "CONFIRMED")
    _add_common(item, event, None, number, [], url)
    return item


def _add_common(
    item: VEvent, event: Event, row: EventDate | None, number: int, said: list[str], url: str
) -> None:
    item.add("sequence", number)
    item.add("categories", [EventKind(event.kind).label])
    place = place_of_date(event, row)
    add_place(item, place, place_words(event, place))
    organization = public_organization(event)
    host = _("主催:%(name)s") % {"name": organization.name} if organization else ""
    add_text(item, [*said, notice_on(event, timezone.localdate()), event.summary, host], url)


def _until(series: Series) -> str:
    """The last day as RFC 5545 wants it: in UTC where there are hours."""
    if series.start is None:
        return f"{series.last:%Y%m%d}"
    return f"{dt.datetime.combine(series.last, series.start, TOKYO).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _changed(event: Event, rows: list[EventDate]) -> dt.datetime:
    return max([event.updated_at, *(row.updated_at for row in rows)])


def _number(event: Event, rows: list[EventDate]) -> int:
    """SEQUENCE of a series. Time is part of it: with a date that is deleted, its own number is gone."""
    seconds = int((_changed(event, rows) - _EPOCH).total_seconds())
    return seconds + event.sequence + sum(row.sequence for row in rows)
