"""Pages of municipalities, areas and districts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from areas.models import Area
from tests.factories.areas import AreaFactory, DistrictFactory, TownFactory
from tests.factories.directory import (
    CategoryFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

BUDGET = 12


@pytest.fixture
def district() -> Area:
    cache.clear()
    return DistrictFactory(parent=AreaFactory(), name="烏山地区", short_name="烏山", kana="からすやま")


def _page(client: Client, area: Area) -> BeautifulSoup:
    response = client.get(area.get_absolute_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _desk(district: Area) -> None:
    desk = ResourceFactory(
        name="烏山の窓口",
        categories=[CategoryFactory(code="welfare_desk", name="福祉の相談窓口", parent=CategoryFactory())],
        venue=VenueFactory(),
        schedules=[weekly_spec("FREQ=WEEKLY;BYDAY=MO,TU")],
    )
    desk.areas_served.set([district])
    desk.save()
    ResourceContactFactory(resource=desk, phone="03-0000-0005")


def test_a_district_shows_its_desk_with_its_phone(client, district):
    _desk(district)
    desk = _page(client, district).select_one(".desk")
    assert "烏山の窓口" in desk.get_text()
    assert desk.select_one('a[href="tel:0300000005"]')


def test_a_district_without_a_desk_says_so(client, district):
    assert "まだ登録されていません" in _page(client, district).get_text()


def test_the_next_two_weeks_name_each_entry_once(client, district):
    ResourceFactory(
        name="週の会",
        venue=VenueFactory(district=district),
        schedules=[weekly_spec("FREQ=WEEKLY;BYDAY=MO,WE")],
    )
    ResourceFactory(
        name="お休みの会",
        venue=VenueFactory(district=district),
        schedules=[weekly_spec()],
        life_status="paused",
    )
    names = [card.get_text(strip=True) for card in _page(client, district).select(".card__name")]
    assert names == ["週の会"]


def test_kinds_are_counted_and_lead_to_the_list(client, district):
    kind = CategoryFactory(code="cafe", name="地域カフェ", parent=CategoryFactory())
    for _number in range(3):
        ResourceFactory(venue=VenueFactory(district=district), categories=[kind])
    ResourceFactory(venue=VenueFactory(district=district), categories=[kind], live=False)
    tile = _page(client, district).select_one(".tile")
    assert "3件" in tile.get_text()
    path = district.get_absolute_url().removeprefix("/areas/").rstrip("/")
    assert tile["href"] == f"/find/?area={path}&category=cafe"


def test_higher_places_add_up_what_lies_below(client, district):
    other = DistrictFactory(parent=district.parent)
    for place in (district, district, other):
        ResourceFactory(venue=VenueFactory(district=place))
    counts = {
        item.select_one("a").get("href"): item.select_one(".parts__count").get_text()
        for item in _page(client, district.municipality).select(".parts__item")
    }
    assert counts[district.parent.get_absolute_url()] == "3件"
    assert counts[district.get_absolute_url()] == "2件"


def test_towns_of_the_district_are_listed(client, district):
    TownFactory(
        municipality=district.municipality,
        district=district,
        name="南烏山六丁目",
        base_name="南烏山",
        chome=6,
    )
    assert "南烏山六丁目" in _page(client, district).select_one(".towns").get_text()


@pytest.mark.parametrize("path", ["nowhere", "a/b/c/d/e", "%00", "烏山", "x" * 2000, "..", "//"])
def test_a_place_nobody_knows_is_not_found(client, district, path):
    assert client.get(f"/areas/{path}/").status_code == 404


def test_part_of_a_path_is_no_path(client, district):
    assert client.get(f"/areas/{district.slug}/").status_code == 404
    assert client.get(f"/areas/{district.municipality.slug}/{district.slug}/").status_code == 404


def test_queries_are_few_whatever_is_there(client, district, django_assert_max_num_queries):
    for count in (1, 8):
        for _number in range(count):
            kind = CategoryFactory(parent=CategoryFactory())
            ResourceFactory(
                venue=VenueFactory(district=district), categories=[kind], schedules=[weekly_spec()]
            )
            _desk(district)
        for place in (district, district.parent, district.municipality):
            client.get(place.get_absolute_url())
            with django_assert_max_num_queries(BUDGET):
                client.get(place.get_absolute_url())
