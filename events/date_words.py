"""What is said of an event and of each of its dates, in words: the same on pages, in calendars, feeds and metadata."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from directory.choices import PlaceVisibility
from directory.exporters.ical_parts import location_words
from directory.japanese_dates import short_date, time_span
from directory.visibility import Place, Viewer

from .choices import AttendanceMode, DateStatus, EventStatus
from .models import Event, EventDate
from .visibility import place_of


def state_of(event: Event, row: EventDate) -> str:
    """ "planned", "moved", "cancelled", or "postponed" for a date that went off when the event was put off."""
    put_off = event.status == EventStatus.POSTPONED and row.reason == event.status_reason
    if row.status == DateStatus.CANCELLED and put_off:
        return EventStatus.POSTPONED.value
    return row.status


def titled(title: str, state: str) -> str:
    """The title with its state in front, where it is not held: it must be seen in the narrowest list."""
    if state == EventStatus.CANCELLED:
        return _("【中止】%(name)s") % {"name": title}
    if state == EventStatus.POSTPONED:
        return _("【延期】%(name)s") % {"name": title}
    return title


def state_words(event: Event, row: EventDate) -> str:
    """What is unusual about a date: 「中止(会場の都合)」; empty when it is as planned."""
    state = state_of(event, row)
    words = {
        DateStatus.CANCELLED.value: _("中止"),
        EventStatus.POSTPONED.value: _("延期"),
        DateStatus.MOVED.value: _moved_words(row),
    }.get(state, "")
    return (
        _("%(words)s(%(reason)s)") % {"words": words, "reason": row.reason} if words and row.reason else words
    )


def _moved_words(row: EventDate) -> str:
    if row.date != row.planned_date:
        return _("%(day)sから変わりました") % {"day": short_date(row.planned_date)}
    if row.start != row.planned_start:
        return _("時間が変わりました")
    return _("変更があります")


def date_words(event: Event, row: EventDate) -> str:
    """「12月4日(金) 10:00〜12:00 中止(会場の都合)」; another place than usual is said."""
    parts = [short_date(row.date), time_span(row.start, row.end), state_words(event, row)]
    if row.venue_id is not None:
        parts.append(where_words(event, row))
    return " ".join(part for part in parts if part)


def where_words(event: Event, row: EventDate | None = None) -> str:
    """「場所:まるい広場 …」; "" where nothing may be said."""
    where = place_words(event, place_of_date(event, row))
    return _("場所:%(place)s") % {"place": where} if where else ""


def place_words(event: Event, place: Place) -> str:
    """Where, in one line, no more exact than `place`; "" where nothing may be said."""
    online = _("オンライン")
    if event.attendance_mode == AttendanceMode.ONLINE:
        return online
    where = location_words(place)
    if event.place_note and place.visibility == PlaceVisibility.EXACT:
        where = f"{where} {event.place_note}".strip()
    if event.attendance_mode == AttendanceMode.MIXED and online not in where:
        return _("%(place)s・オンライン") % {"place": where} if where else online
    return where


def place_of_date(event: Event, row: EventDate | None = None) -> Place:
    """Where a date is, as everybody may know it; without a date, where the event usually is."""
    return place_of(event, Viewer.PUBLIC, row.venue if row is not None else None)


def notice_on(event: Event, day: dt.date) -> str:
    """What the organiser wants everybody to know on `day`; "" once it is over."""
    return event.notice if event.notice_until is None or event.notice_until >= day else ""
