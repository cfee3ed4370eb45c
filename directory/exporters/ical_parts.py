"""What every calendar file of ours has in common (RFC 5545): the frame, times in Tokyo, a place no more exact than shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from ..choices import PlaceVisibility
from ..visibility import Place
from .plain_text import carried

TOKYO = ZoneInfo("Asia/Tokyo")


def new_calendar(name: str, *, product: str) -> Calendar:
    """An empty calendar called `name`, with the time zone of every time in it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Tsunagu//{product}//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Not a text of RFC 5545: the library escapes nothing in it.
    calendar.add("x-wr-calname", " ".join(carried(name).split()))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add_component(Timezone.from_tzinfo(TOKYO, first_date=date(2020, 1, 1)))
    return calendar


def new_event(uid: str, summary: str, *, changed: datetime) -> Event:
    """A VEVENT. `changed` (aware) stands for the time of writing too, so that the same facts are the same bytes."""
    event = Event()
    event.add("uid", uid)
    stamp = changed.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("summary", carried(summary))
    return event


def moment(day: date, at: time | None) -> date | datetime:
    """A time in Tokyo; the day itself where no time is known."""
    return day if at is None else datetime.combine(day, at, TOKYO)


def add_times(event: Event, day: date, start: time | None, end: time | None) -> None:
    """When: the whole day without a start, no end where none is known."""
    event.add("dtstart", moment(day, start))
    if start is None:
        event.add("dtend", day + timedelta(days=1))
    elif end is not None and end > start:
        event.add("dtend", moment(day, end))


def add_place(event: Event, place: Place, words: str) -> None:
    """Where, in `words`; the point only of a place that is shown exactly."""
    if words:
        event.add("location", carried(words))
    if place.has_point and place.visibility == PlaceVisibility.EXACT:
        event.add("geo", (place.lat, place.lng))


def location_words(place: Place) -> str:
    """Name, floor and address in one line, as far as `place` may be known; nothing for a hidden one."""
    if place.visibility == PlaceVisibility.HIDDEN:
        return ""
    exact = " ".join(part for part in (place.name, place.floor if place.name else "", place.address) if part)
    return exact or place.words


def add_text(event: Event, lines: list[str], url: str) -> None:
    """What else is said, a line each, and the address of the page."""
    event.add("description", carried("\n".join(line for line in [*lines, url] if line)))
    event.add("url", url)
