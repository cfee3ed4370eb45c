"""The dates of an entry as an iCalendar file, for the visitor's own calendar.

One VEVENT a date, cancelled ones too, so that a calendar which reads the file again takes them out. A file is passed
on, so it holds what the public may see, whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from icalendar import Event

from ..choices import OccurrenceStatus
from ..entries import Entry
from ..models import Occurrence
from ..schedule_words import status_words
from ..visibility import place_of
from .ical_parts import add_place, add_text, add_times, location_words, new_calendar, new_event


def calendar_of(entry: Entry, dates: Iterable[Occurrence], *, url: str, host: str) -> bytes:
    """An iCalendar file of `dates` of `entry`. `url` is the page of the entry; `host` ends every UID.

    A UID is made of the uuid of the entry, the day the session belongs to and its place in that day's order, so that
    a date keeps its UID when it is moved or cancelled, or its times change.
    """
    calendar = new_calendar(entry.name, product="directory")
    numbers: dict[date, int] = {}
    for item in dates:
        day = item.moved_from or item.date
        numbers[day] = numbers.get(day, 0) + 1
        uid = f"{entry.resource.uuid}-{day:%Y%m%d}-{numbers[day]}@{host}"
        calendar.add_component(_event(entry, item, uid, url))
    return calendar.to_ical()


def _event(entry: Entry, item: Occurrence, uid: str, url: str) -> Event:
    event = new_event(uid, _summary(entry, item), changed=entry.resource.updated_at)
    add_times(event, item.date, item.start, item.end)
    event.add("status", "CANCELLED" if item.status == OccurrenceStatus.CANCELLED else "CONFIRMED")
    place = place_of(entry.resource, entry.viewer, item.venue)
    add_place(event, place, location_words(place))
    add_text(event, [status_words(item), entry.resource.summary], url)
    return event


def _summary(entry: Entry, item: Occurrence) -> str:
    if item.status == OccurrenceStatus.CANCELLED:
        return _("【中止】%(name)s") % {"name": entry.name}
    return entry.name
