"""The dates of an entry as an iCalendar file (RFC 5545), for the visitor's own calendar.

One VEVENT a date, cancelled ones too, so that a calendar which reads the file again takes them out. A file is passed
on, so it holds what the public may see, whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from ..choices import OccurrenceStatus, PlaceVisibility
from ..entries import Entry
from ..models import Occurrence
from ..schedule_words import status_words
from ..visibility import Place, place_of

TOKYO = ZoneInfo("Asia/Tokyo")
PRODUCT = "-//Tsunagu//directory//JA"


def calendar_of(entry: Entry, dates: Iterable[Occurrence], *, url: str, host: str) -> bytes:
    """An iCalendar file of `dates` of `entry`. `url` is the page of the entry; `host` ends every UID.

    A UID is made of the uuid of the entry, the day the session belongs to and its place in that day's order, so that
    a date keeps its UID when it is moved or cancelled, or its times change.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", entry.name)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add_component(Timezone.from_tzinfo(TOKYO, first_date=date(2020, 1, 1)))
    numbers: dict[date, int] = {}
    for item in dates:
        day = item.moved_from or item.date
        numbers[day] = numbers.get(day, 0) + 1
        uid = f"{entry.resource.uuid}-{day:%Y%m%d}-{numbers[day]}@{host}"
        calendar.add_component(_event(entry, item, uid, url))
    return calendar.to_ical()


def _event(entry: Entry, item: Occurrence, uid: str, url: str) -> Event:
    event = Event()
    event.add("uid", uid)
    changed = entry.resource.updated_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", _summary(entry, item))
    _add_times(event, item)
    event.add("status", "CANCELLED" if item.status == OccurrenceStatus.CANCELLED else "CONFIRMED")
    place = place_of(entry.resource, entry.viewer, item.venue)
    where = location_words(place)
    if where:
        event.add("location", where)
    if place.has_point and place.visibility == PlaceVisibility.EXACT:
        event.add("geo", (place.lat, place.lng))
    notes = [status_words(item), entry.resource.summary, url]
    event.add("description", "\n".join(note for note in notes if note))
    event.add("url", url)
    return event


def location_words(place: Place) -> str:
    """Name, floor and address in one line, as far as `place` may be known; nothing for a hidden one."""
    if place.visibility == PlaceVisibility.HIDDEN:
        return ""
    exact = " ".join(part for part in (place.name, place.floor if place.name else "", place.address) if part)
    return exact or place.words


def _summary(entry: Entry, item: Occurrence) -> str:
    if item.status == OccurrenceStatus.CANCELLED:
        return _("【中止】%(name)s") % {"name": entry.name}
    return entry.name


def _add_times(event: Event, item: Occurrence) -> None:
    if item.start is None:
        event.add("dtstart", item.date)
        event.add("dtend", item.date + timedelta(days=1))
        return
    event.add("dtstart", datetime.combine(item.date, item.start, TOKYO))
    if item.end is not None and item.end > item.start:
        event.add("dtend", datetime.combine(item.date, item.end, TOKYO))
