"""The home page: true counts, what is still to come this week, its own municipality, few queries."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from areas.models import Area
from directory.models import Occurrence
from pages.models import HomePage
from tests.factories.directory import CategoryFactory, ResourceFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

QUERIES = 12


@pytest.fixture
def page(home: HomePage, fixed_clock, client: Client):
    def get() -> BeautifulSoup:
        return BeautifulSoup(client.get("/").content, "html.parser")

    return get


def add(
    name: str, *, slug: str = "karasuyama", wish: str = "talk", start: time | None = time(14), days: int = 0
):
    """A place of a district that is open `days` from now."""
    district = Area.objects.districts().get(slug=slug)
    resource = ResourceFactory(
        name=name, district=district, venue=None, categories=[CategoryFactory(wish=wish)]
    )
    schedule = ScheduleFactory(resource=resource)
    Occurrence.objects.filter(resource=resource).delete()
    Occurrence.objects.create(
        resource=resource,
        schedule=schedule,
        date=timezone.localdate() + timedelta(days=days),
        start=start,
        end=time(start.hour + 1) if start else None,
    )
    return resource


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select("[aria-labelledby=home-week] .card__name a")]


def test_what_comes_first_stands_first_and_what_is_over_is_gone(page) -> None:
    add("あさっての会", days=2)
    add("きょうの午後の会")
    add("けさの会", start=time(7))
    add("来月の会", days=30)
    assert names(page()) == ["きょうの午後の会", "あさっての会"]


def test_a_place_with_many_dates_stands_once(page) -> None:
    resource = add("毎日の会")
    for days in range(1, 6):
        occurrence = resource.occurrences.first()
        occurrence.pk, occurrence.date = None, occurrence.date + timedelta(days=days)
        occurrence.save()
    assert names(page()) == ["毎日の会"]


def test_counts_are_true(page) -> None:
    add("お茶の会")
    add("もうひとつのお茶の会")
    add("食堂", wish="eat")
    counts = {
        tile.select_one(".tile__word").get_text(): tile.select_one(".tile__count").get_text()
        for tile in page().select(".tile")
    }
    assert counts["お茶・おしゃべり"] == "2件"
    assert counts["いっしょに食べる"] == "1件"
    assert counts["体を動かす"] == "0件"
    assert len(counts) == 8


def test_another_municipalitys_places_are_not_shown(page) -> None:
    komae = Area.objects.districts().filter(parent__code="132195").first()
    add("狛江の会", slug=komae.slug)
    soup = page()
    assert names(soup) == []
    assert "今週の予定は、まだ届いていません" in soup.get_text()


def test_a_place_that_rests_is_not_said_to_be_open_this_week(page) -> None:
    resource = add("お休みの会")
    resource.life_status = "paused"
    resource.save()
    soup = page()
    assert names(soup) == []
    assert soup.select_one(".tile__count").get_text() == "1件"  # still known, as the list says too


def test_a_place_of_the_municipality_without_a_certain_district_counts(page) -> None:
    resource = add("地区のわからない会")
    resource.district = Area.objects.get(code="131121")
    resource.save()
    assert names(page()) == ["地区のわからない会"]


def test_districts_stand_as_list_and_on_the_map(page) -> None:
    soup = page()
    listed = {link.get_text() for link in soup.select(".place-group a")}
    drawn = {text.get_text() for text in soup.select(".outline text")}
    assert len(listed) == 28
    assert drawn == listed
    assert soup.select_one(".outline")["aria-hidden"] == "true"
    assert all(link["tabindex"] == "-1" for link in soup.select(".outline a"))


def test_the_number_of_queries_does_not_grow(page, client: Client) -> None:
    add("ひとつ")
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(8):
        add(f"会{number}", days=number % 6, wish="move")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few) <= QUERIES


def test_the_home_page_works_before_anything_is_loaded(client: Client) -> None:
    root_home = HomePage(title="つなぐ", slug="h")
    Page.get_first_root_node().add_child(instance=root_home)
    Site.objects.update(root_page=root_home)
    response = client.get("/")
    assert response.status_code == 200
    assert "近くの集まりを" in BeautifulSoup(response.content, "html.parser").h1.get_text()
