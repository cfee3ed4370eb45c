"""Calendar files, read again by a reader of our own that knows nothing of the library that wrote them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from directory.choices import PlaceVisibility
from directory.models import Resource, ScheduleException
from directory.services.occurrences import rebuild_occurrences
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def _events(client: Client, resource: Resource) -> list[dict[str, str]]:
    """Properties by name with their parameters ("DTSTART;TZID=Asia/Tokyo"), one dict a VEVENT (RFC 5545 3.1)."""
    response = client.get(f"{resource.get_absolute_url()}calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    raw = response.content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = raw.replace(b"\r\n ", b"").decode().split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and ":" in line:
            name, _colon, value = line.partition(":")
            events[-1].setdefault(name, value)
    return events


def _salon(**fields: object) -> Resource:
    return ResourceFactory(schedules=[weekly_spec()], **fields)


def _change(resource: Resource, **fields: object) -> None:
    ScheduleException.objects.create(schedule=resource.schedules.get(), **fields)
    rebuild_occurrences([Resource.objects.get(pk=resource.pk)])


def test_every_coming_date_is_an_event(client):
    resource = _salon()
    events = _events(client, resource)
    assert len(events) == resource.occurrences.count() > 40
    first = events[0]
    assert first["SUMMARY"] == resource.name
    assert datetime.strptime(first["DTSTART;TZID=Asia/Tokyo"], "%Y%m%dT%H%M%S") == datetime(2026, 11, 20, 10)
    assert first["DTEND;TZID=Asia/Tokyo"] == "20261120T120000"
    assert first["STATUS"] == "CONFIRMED"
    assert resource.venue.name in first["LOCATION"]
    assert len({event["UID"] for event in events}) == len(events)


def test_a_holiday_off_is_no_event(client):
    days = {event["DTSTART;TZID=Asia/Tokyo"][:8] for event in _events(client, _salon())}
    assert "20270101" not in days  # 元日, a Friday
    assert "20270108" in days


def test_a_cancelled_date_stays_as_cancelled_under_the_same_uid(client):
    resource = _salon()
    before = {event["DTSTART;TZID=Asia/Tokyo"]: event["UID"] for event in _events(client, resource)}
    _change(resource, date=date(2026, 11, 27), action="cancel", reason="会場の都合")
    event = next(e for e in _events(client, resource) if "20261127" in e["DTSTART;TZID=Asia/Tokyo"])
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == before["20261127T100000"]
    assert "会場の都合" in event["DESCRIPTION"]


def test_a_moved_date_keeps_its_uid(client):
    resource = _salon()
    before = {event["DTSTART;TZID=Asia/Tokyo"]: event["UID"] for event in _events(client, resource)}
    _change(resource, date=date(2026, 11, 27), action="move", new_date=date(2026, 11, 28))
    after = {event["DTSTART;TZID=Asia/Tokyo"]: event["UID"] for event in _events(client, resource)}
    assert after["20261128T100000"] == before["20261127T100000"]
    assert "20261127T100000" not in after


@pytest.mark.parametrize(
    ("visibility", "location"),
    [
        (PlaceVisibility.EXACT, "まるい広場 南烏山六丁目1-1"),
        (PlaceVisibility.DISTRICT, "(くわしい場所はお問い合わせください)"),
        (PlaceVisibility.HIDDEN, ""),
    ],
)
def test_the_place_is_as_exact_as_it_may_be(client, visibility, location):
    resource = _salon(venue=VenueFactory(name="まるい広場", visibility=visibility))
    event = _events(client, resource)[0]
    assert location in event.get("LOCATION", "")
    assert bool(event.get("LOCATION")) == bool(location)
    assert ("GEO" in event) == (visibility == PlaceVisibility.EXACT)


def test_an_entry_that_rests_promises_nothing(client):
    assert _events(client, _salon(life_status="paused")) == []
