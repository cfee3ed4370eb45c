"""Calendars and feeds to subscribe to: what is in them, what vanishes, what a reader that has it already is told."""

from __future__ import annotations

import datetime as dt
import json
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from directory.area_paths import area_path
from directory.choices import PlaceVisibility
from events.models import Event, Report
from events.services import date_changes
from tests.events.stored import storable
from tests.factories.areas import DistrictFactory
from tests.factories.directory import CategoryFactory, OrganizationFactory, VenueFactory
from tests.factories.events import EventFactory, ReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

EVENT_FEEDS = ("/events/calendar.ics", "/events/feed.rss", "/events/feed.atom")
REPORT_FEEDS = ("/reports/feed.rss", "/reports/feed.atom")
NASTY = [
    "]]>",
    "a & b < c",
    "一行目\n二行目",
    "🍵👨‍👩‍👧",
    "ナル\x00文字\x0b\x1f",
    "\ufffe",
    "\"'",
    "<script>alert(1)</script>",
]


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().replace("\r\n ", "")


def titles(client: Client, path: str) -> list[str]:
    found = feedparser.parse(client.get(path).content)
    assert not found.bozo, found.get("bozo_exception")
    return [entry.title for entry in found.entries]


@pytest.mark.parametrize("path", EVENT_FEEDS)
def test_what_is_not_public_is_in_no_feed(client, path):
    shown = EventFactory(title="見える会")
    hidden = EventFactory(title="とめた会", hidden_on=dt.date(2026, 11, 1))
    draft = EventFactory(title="下書きの会", live=False)
    text = text_of(client, path)
    assert shown.title in text
    assert hidden.title not in text
    assert draft.title not in text
    for event in (hidden, draft):
        assert client.get(f"{event.get_absolute_url()}calendar.ics").status_code == 404


@pytest.mark.parametrize("path", REPORT_FEEDS)
def test_a_report_taken_away_is_gone_from_the_next_answer(client, path):
    report = ReportFactory(title="さつまいも掘り")
    assert titles(client, path) == [report.title]
    Report.objects.filter(pk=report.pk).update(hidden_on=timezone.localdate())
    assert titles(client, path) == []
    assert client.get(path)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", EVENT_FEEDS)
def test_a_feed_of_a_place_or_a_group_holds_theirs_only(client, path):
    here, there = EventFactory(title="こちらの会"), EventFactory(title="あちらの会")
    shelter = EventFactory(
        title="かくれ家の会",
        venue=VenueFactory(visibility=PlaceVisibility.HIDDEN, district=here.district),
        district=here.district,
    )
    of_place = text_of(client, f"{path}?area={area_path(here.district)}")
    of_group = text_of(client, f"{path}?group={here.organization.code.lower()}")
    for text in (of_place, of_group):
        assert here.title in text
        assert there.title not in text
    assert shelter.title not in of_place


@pytest.mark.parametrize("path", REPORT_FEEDS)
def test_a_feed_of_reports_is_narrowed_as_their_list(client, path):
    here, theme = ReportFactory(title="こちらの報告"), CategoryFactory(code="tea")
    here.themes.set([theme])
    here.save()
    ReportFactory(title="あちらの報告")
    for query in (f"area={area_path(here.district)}", f"group={here.organization.code}", "theme=tea"):
        assert titles(client, f"{path}?{query}") == [here.title], query


@pytest.mark.parametrize("path", EVENT_FEEDS)
def test_a_saved_filter_is_a_feed(client, path):
    EventFactory(title="ただの会", fee_kind="free", kind="course")
    EventFactory(title="有料の会", fee_kind="paid", fee=500)
    text = text_of(client, f"{path}?free=yes&kind=course&when=today")
    assert "ただの会" in text
    assert "有料の会" not in text


@pytest.mark.parametrize("path", [*EVENT_FEEDS, *REPORT_FEEDS])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=nowhere", 400),
        ("area=nowhere%00", 400),
        ("group=22222", 404),
        ("group=%00", 404),
        ("group=☃", 404),
    ],
)
def test_a_question_nobody_understands_is_refused_not_widened(client, path, query, status):
    assert client.get(f"{path}?{query}").status_code == status


@pytest.mark.parametrize("path", EVENT_FEEDS)
def test_a_group_that_is_not_public_has_no_feed(client, path):
    group = OrganizationFactory(live=False)
    assert client.get(f"{path}?group={group.code}").status_code == 404


@pytest.mark.parametrize("path", [*EVENT_FEEDS, *REPORT_FEEDS])
def test_who_has_it_already_is_told_so_until_something_changes(client, path, fixed_clock):
    event, report = EventFactory(), ReportFactory()
    first = client.get(path)
    fixed_clock.shift(60)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Event.objects.filter(pk=event.pk).update(title="別の名前")
    Report.objects.filter(pk=report.pk).update(title="別の名前")
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "別の名前" in changed.content.decode()


def test_nothing_new_is_told_without_drawing_it_and_a_place_taken_back_is_new(client, monkeypatch):
    venue = VenueFactory(name="まるい広場")
    EventFactory(venue=venue)
    path = "/events/calendar.ics"
    kept = {"if-none-match": client.get(path)["ETag"]}
    with monkeypatch.context() as blocked:
        blocked.setattr("events.views.feeds.calendar_of", None)
        assert client.get(path, headers=kept).status_code == 304
    venue.visibility = PlaceVisibility.DISTRICT
    venue.save()
    again = client.get(path, headers=kept)
    assert again.status_code == 200
    assert "まるい広場" not in again.content.decode()


@pytest.mark.parametrize("path", [*EVENT_FEEDS, *REPORT_FEEDS])
def test_an_empty_feed_is_a_feed_and_stays_the_same(client, path, fixed_clock):
    first = client.get(path)
    fixed_clock.shift(3600)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_feed(client, text):
    text = storable(text)
    EventFactory(title=f"会{text}会", summary=text)
    ReportFactory(title=f"会{text}会", summary=text)
    for path in (*EVENT_FEEDS[1:], *REPORT_FEEDS):
        data = client.get(path).content
        ElementTree.fromstring(data)
        found = feedparser.parse(data)
        assert not found.bozo, path
        assert found.entries[0].title.startswith("会"), path
        assert "<script" not in found.entries[0].summary
    client.get("/events/calendar.ics").content.decode()


def test_an_item_keeps_its_name_and_an_event_that_changes_is_newer(client, fixed_clock):
    event = EventFactory()
    (before,) = feedparser.parse(client.get("/events/feed.atom").content).entries
    fixed_clock.shift(3600)
    date_changes.cancel_date(date=event.dates.get(), reason="", by=None)
    (after,) = feedparser.parse(client.get("/events/feed.atom").content).entries
    assert before.id == after.id == f"urn:uuid:{event.uuid}"
    assert after.updated > before.updated
    assert after.published == before.published


def test_a_report_is_an_article_for_search_engines(client):
    report = ReportFactory(title="もちつきの報告")
    page = BeautifulSoup(client.get(report.get_absolute_url()).content, "html.parser")
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert (data["@type"], data["headline"]) == ("Article", report.title)
    assert data["author"]["name"] == report.organization.name
    assert data["contentLocation"]["name"] == report.district.name
    assert data["temporalCoverage"] == report.date.isoformat()
    assert data["image"].startswith("http://testserver/reports/")


def test_the_district_of_a_report_about_a_hidden_place_is_told_nowhere(client):
    event = EventFactory(venue=VenueFactory(visibility=PlaceVisibility.HIDDEN))
    report = ReportFactory(event=event, district=DistrictFactory(name="ひみつ地区"))
    assert "ひみつ地区" not in text_of(client, "/reports/feed.rss")
    assert "ひみつ地区" not in text_of(client, report.get_absolute_url())


def test_queries_are_few_whatever_the_number(client, django_assert_max_num_queries):
    for _number in range(8):
        EventFactory(venue=VenueFactory())
        ReportFactory()
    for path, most in (*((path, 10) for path in EVENT_FEEDS), *((path, 4) for path in REPORT_FEEDS)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_pages_name_their_feeds(client):
    event, report = EventFactory(), ReportFactory()
    pages = {
        "/events/": "/events/feed.rss",
        f"/events/?area={area_path(event.district)}": f"/events/calendar.ics?area={area_path(event.district)}",
        "/reports/": "/reports/feed.atom",
        f"/reports/?area={area_path(report.district)}": f"/reports/feed.rss?area={area_path(report.district)}",
        event.get_absolute_url(): f"{event.get_absolute_url()}calendar.ics",
        event.district.get_absolute_url(): f"/events/feed.atom?area={area_path(event.district)}",
        event.organization.get_absolute_url(): f"/reports/feed.rss?group={event.organization.code}",
    }
    for page, feed in pages.items():
        soup = BeautifulSoup(client.get(page).content, "html.parser")
        named = [link["href"] for link in soup.select('head link[rel="alternate"]')]
        assert feed in [link.replace("%2F", "/") for link in named], page
        for link in named:
            assert client.get(link).status_code == 200, link
