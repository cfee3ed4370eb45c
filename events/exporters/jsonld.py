"""Events and reports as schema.org JSON-LD. Public facts only, whoever looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from directory.exporters.ical_parts import moment
from directory.exporters.jsonld import (
    Absolute,
    Data,
    filled,
    is_free,
    named_organization,
    offer_data,
    place_data,
)
from directory.visibility import is_public_organization, public_organization

from ..choices import AttendanceMode, DateStatus, EventStatus
from ..date_words import place_of_date, state_of
from ..models import Event, EventDate
from ..photo_addresses import photo_addresses
from ..report_page import ReportPage

_STATUS = {
    EventStatus.CANCELLED.value: "https://schema.org/EventCancelled",
    EventStatus.POSTPONED.value: "https://schema.org/EventPostponed",
    DateStatus.MOVED.value: "https://schema.org/EventRescheduled",
}
_SCHEDULED = "https://schema.org/EventScheduled"
_MODES = {
    AttendanceMode.ONSITE: "https://schema.org/OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "https://schema.org/MixedEventAttendanceMode",
}


def event_data(event: Event, dates: Iterable[EventDate], absolute: Absolute) -> Data:
    """An Event for its only date, else an EventSeries with an Event for each of `dates`."""
    rows = list(dates)
    url = absolute(event.get_absolute_url())
    whole = {"@context": "https://schema.org", "@id": f"{url}#event"} | _common(event, url, absolute)
    images = [absolute(address) for address in photo_addresses(event)]
    whole |= filled({"image": images})
    if len(rows) == 1:
        return whole | _dated(event, rows[0], url)
    whole |= {"@type": "EventSeries", "eventStatus": _STATUS.get(event.status, _SCHEDULED)}
    common = _common(event, url, absolute) | filled({"image": images[:1]})
    subs = [common | _dated(event, row, url) for row in rows]
    span = {
        "startDate": rows[0].date.isoformat() if rows else None,
        "endDate": rows[-1].date.isoformat() if rows else None,
        "location": _locations(event, None, url),
        "subEvent": [sub | {"@id": f"{url}#{row.uuid}"} for sub, row in zip(subs, rows, strict=True)],
    }
    return whole | filled(span)


def report_data(page: ReportPage, absolute: Absolute) -> Data:
    """An Article about what was done."""
    report = page.report
    url = absolute(report.get_absolute_url())
    writer = public_organization(report)
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": f"{url}#report",
        "headline": report.title,
        "description": report.summary,
        "url": url,
        "inLanguage": "ja",
        "image": absolute(page.share_image),
        "datePublished": _stamp(report.first_published_at or report.created_at),
        "dateModified": _stamp(report.updated_at),
        "temporalCoverage": report.date.isoformat(),
        "author": named_organization(writer, absolute) if writer else None,
        "contentLocation": {"@type": "Place", "name": page.district.name} if page.district else None,
        "keywords": [theme.name for theme in page.themes],
        "about": _about(page.event, absolute),
    }
    return filled(data)


def _common(event: Event, url: str, absolute: Absolute) -> Data:
    """What is the same for every date."""
    host = public_organization(event)
    offer = offer_data(event.fee_kind, event.fee)
    partners = [row for row in event.partners.all() if is_public_organization(row)]
    data = {
        "name": event.title,
        "description": event.summary or event.body,
        "url": url,
        "inLanguage": "ja",
        "eventAttendanceMode": _MODES[AttendanceMode(event.attendance_mode)],
        "organizer": named_organization(host, absolute) if host else None,
        "contributor": [named_organization(row, absolute) for row in partners],
        "audience": [{"@type": "Audience", "audienceType": row.name} for row in event.audiences.all()],
        "typicalAgeRange": _ages(event),
        "maximumAttendeeCapacity": event.capacity,
        "offers": offer | {"url": url} if offer else None,
    }
    return filled(data) | is_free(event.fee_kind)


def _dated(event: Event, row: EventDate, url: str) -> Data:
    """What a date has of its own."""
    moved = row.status == DateStatus.MOVED
    data = {
        "@type": "Event",
        "startDate": moment(row.date, row.start).isoformat(),
        "endDate": moment(row.date, row.end).isoformat() if row.end else None,
        "eventStatus": _STATUS.get(state_of(event, row), _SCHEDULED),
        "previousStartDate": moment(row.planned_date, row.planned_start).isoformat() if moved else None,
        "location": _locations(event, row, url),
        "maximumAttendeeCapacity": row.capacity,
    }
    return filled(data)


def _locations(event: Event, row: EventDate | None, url: str) -> Any:
    """The place as masked; the page stands for a place in the net: how to get in is not told here."""
    place = None if event.attendance_mode == AttendanceMode.ONLINE else place_data(place_of_date(event, row))
    virtual = {"@type": "VirtualLocation", "url": url} if event.is_online else None
    return [place, virtual] if place and virtual else place or virtual


def _ages(event: Event) -> str:
    """ "6-12", "65-", or "" where it is for all."""
    if event.min_age is None and event.max_age is None:
        return ""
    return f"{event.min_age or 0}-{'' if event.max_age is None else event.max_age}"


def _about(event: Event | None, absolute: Absolute) -> Data | None:
    if event is None:
        return None
    url = absolute(event.get_absolute_url())
    return {"@type": "Event", "@id": f"{url}#event", "name": event.title, "url": url}


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat()
