"""Page, metadata, calendar and feeds of one event say the same, and nothing that only some may know."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import feedparser
import pytest
import vobject
from bs4 import BeautifulSoup
from django.test import Client

from directory.choices import PlaceVisibility
from directory.japanese_dates import short_date, time_span
from events.choices import AttendanceMode
from events.models import Event, EventPhoto
from events.services import date_changes
from tests.factories.directory import PhotoFactory, VenueFactory
from tests.factories.events import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

DAY = dt.date(2026, 11, 27)
HOUSE, STREET = "まるい広場", "南烏山六丁目1-1"
SECRET = "入り方は、うらの門から。パスワードは梅です"


@dataclass(frozen=True)
class Said:
    """One event as four readers understand it; each part is text."""

    page: str
    metadata: dict[str, Any]
    calendar: Any
    rss: Any
    atom: Any

    @property
    def texts(self) -> dict[str, str]:
        return {
            "page": self.page,
            "metadata": json.dumps(self.metadata, ensure_ascii=False),
            "calendar": self.calendar.serialize().replace("\r\n ", ""),
            "rss": f"{self.rss.title} {self.rss.summary}",
            "atom": f"{self.atom.title} {self.atom.summary}",
        }


def said_of(client: Client, event: Event) -> Said:
    soup = BeautifulSoup(client.get(event.get_absolute_url()).content, "html.parser")
    script = soup.select_one('script[type="application/ld+json"]')
    assert script is not None
    (rss,) = feedparser.parse(client.get("/events/feed.rss").content).entries
    (atom,) = feedparser.parse(client.get("/events/feed.atom").content).entries
    return Said(
        page=soup.get_text(" ", strip=True),
        metadata=json.loads(script.string or ""),
        calendar=vobject.readOne(client.get(f"{event.get_absolute_url()}calendar.ics").content.decode()),
        rss=rss,
        atom=atom,
    )


def two_days(**fields: Any) -> Event:
    fields.setdefault("venue", VenueFactory(name=HOUSE))
    return EventFactory(
        title="冬の もちつき <&>", on=[DAY, DAY + dt.timedelta(days=7)], joining_text=SECRET, **fields
    )


def test_metadata_shows_the_photos_of_the_page_and_no_other(client) -> None:
    event = two_days()
    for consent in ("given", "missing"):
        photo = PhotoFactory(people_consent=consent, description=consent)
        EventPhoto.objects.create(event=event, photo=photo)
    soup = BeautifulSoup(client.get(event.get_absolute_url()).content, "html.parser")
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    shown = [f"http://testserver{picture['src']}" for picture in soup.select(".photos img")]
    assert len(shown) == 1
    assert data["image"] == data["subEvent"][0]["image"] == shown


def agree_on_dates(said: Said, event: Event) -> None:
    """Every date, its hours and what became of it."""
    rows = list(event.dates.all())
    events = said.metadata.get("subEvent", [said.metadata])
    items = {item.uid.value: item for item in said.calendar.contents["vevent"]}
    for row, data in zip(rows, events, strict=True):
        start = dt.datetime.combine(row.date, row.start, dt.timezone(dt.timedelta(hours=9)))
        assert data["startDate"] == start.isoformat()
        item = items[str(row.uuid)]
        assert item.dtstart.value == start
        assert (item.status.value == "CONFIRMED") == row.takes_place
        words = f"{short_date(row.date)} {time_span(row.start, row.end)}"
        for name in ("page", "rss", "atom"):
            assert words in said.texts[name], name


def test_title_dates_place_and_state_are_the_same_everywhere(client):
    event = two_days()
    first, second = event.dates.all()
    date_changes.cancel_date(date=first, reason="大雪", by=None)
    date_changes.move_date(date=second, new_date=DAY + dt.timedelta(days=8), reason="会場の都合", by=None)
    said = said_of(client, event)
    assert event.title in said.page
    assert said.metadata["name"] == said.rss.title == said.atom.title == event.title
    agree_on_dates(said, event)
    off, moved = said.metadata["subEvent"]
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2026-12-04T14:00:00+09:00"
    for name in ("page", "calendar", "rss", "atom"):
        for words in ("中止(大雪)", "12月4日(金)から変わりました(会場の都合)"):
            assert words in said.texts[name], (name, words)
    for name, text in said.texts.items():
        assert HOUSE in text, name
        assert STREET in text, name


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        (date_changes.cancel_event, "EventCancelled", "中止"),
        (date_changes.postpone_event, "EventPostponed", "延期"),
    ],
)
def test_an_event_that_is_off_is_off_everywhere(client, change, status, word):
    event = change(event=two_days(), reason="大雪", by=None)
    said = said_of(client, event)
    agree_on_dates(said, event)
    assert said.metadata["eventStatus"] == f"https://schema.org/{status}"
    assert {item["eventStatus"] for item in said.metadata["subEvent"]} == {f"https://schema.org/{status}"}
    assert said.rss.title == said.atom.title == f"【{word}】{event.title}"
    for item in said.calendar.contents["vevent"]:
        assert (item.status.value, item.summary.value) == ("CANCELLED", f"【{word}】{event.title}")
    for name in ("page", "calendar", "rss", "atom"):
        assert word in said.texts[name], name
        assert "大雪" in said.texts[name], name


@pytest.mark.parametrize(
    ("visibility", "shown"),
    [
        (PlaceVisibility.EXACT, [HOUSE, STREET]),
        (PlaceVisibility.BLOCK, []),
        (PlaceVisibility.DISTRICT, []),
        (PlaceVisibility.HIDDEN, []),
    ],
)
def test_a_place_is_as_masked_in_one_as_in_the_other(administrator_client, visibility, shown):
    """Staff may see it on the page; what leaves the screen is for everybody."""
    event = two_days(venue=VenueFactory(name=HOUSE, visibility=visibility), place_note="うら口から")
    said = said_of(administrator_client, event)
    for name, text in said.texts.items():
        if name == "page":
            continue
        for words in (HOUSE, STREET):
            assert (words in text) == (words in shown), (name, words)
        assert ("うら口から" in text) == bool(shown) or name == "metadata", name
    has_geo = any(hasattr(item, "geo") for item in said.calendar.contents["vevent"])
    assert has_geo == ("latitude" in said.texts["metadata"]) == bool(shown)


@pytest.mark.parametrize("mode", AttendanceMode)
def test_how_to_get_in_is_in_none_of_them(client, mode):
    event = two_days(attendance_mode=mode, signup_policy="open")
    said = said_of(client, event)
    for name, text in said.texts.items():
        assert "うらの門" not in text, name
        assert "パスワード" not in text, name
    raw = [
        client.get(path).content.decode()
        for path in ("/events/calendar.ics", "/events/feed.rss", "/events/feed.atom")
    ]
    assert "梅" not in "".join(raw).replace("\r\n ", "")
    is_online = mode != AttendanceMode.ONSITE
    for name in ("page", "calendar", "rss", "atom"):
        assert ("オンライン" in said.texts[name]) == is_online, name
    assert ("VirtualLocation" in said.texts["metadata"]) == is_online


def test_a_date_elsewhere_is_elsewhere_everywhere(client):
    event = two_days()
    date_changes.move_date(
        date=event.dates.first(), venue=VenueFactory(name="あおい会館"), reason="", by=None
    )
    said = said_of(client, event)
    agree_on_dates(said, event)
    for name, text in said.texts.items():
        assert "あおい会館" in text, name
    assert said.metadata["subEvent"][0]["location"]["name"] == "あおい会館"
    assert said.metadata["subEvent"][1]["location"]["name"] == HOUSE
