"""Lists as files: the rows of the own places, with the filters, and nothing a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from directory.choices import ContactAudience
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceContactFactory, ResourceFactory, VenueFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
LIST = "directory_resources:list"


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def client(client_of, district):
    return client_of(assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user)


def rows_of(client, **filters: str) -> list[dict[str, str]]:
    answer = client.get(reverse(LIST), {"export": "csv", **filters})
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_a_file_holds_the_own_places_only(client, district) -> None:
    ResourceFactory(name="じぶんのサロン", venue=VenueFactory(district=district))
    ResourceFactory(name="よそのサロン", venue=VenueFactory(district=DistrictFactory()))
    assert [row["名称"] for row in rows_of(client)] == ["じぶんのサロン"]


def test_a_file_obeys_the_filters(client, district) -> None:
    for name, live in (("公開のサロン", True), ("下書きのサロン", False)):
        ResourceFactory(name=name, live=live, venue=VenueFactory(district=district))
    assert [row["名称"] for row in rows_of(client, publication="draft")] == ["下書きのサロン"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t=", " ="])
def test_no_cell_is_a_formula(client, district, start: str) -> None:
    ResourceFactory(name=f"{start}1+1", venue=VenueFactory(district=district))
    assert rows_of(client)[0]["名称"].startswith("'")
    answer = client.get(reverse(LIST), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["B2"].data_type == "s"
    assert str(sheet["B2"].value).startswith("'")


def test_what_is_for_staff_alone_does_not_travel(client, district) -> None:
    entry = ResourceFactory(venue=VenueFactory(district=district))
    ResourceContactFactory(resource=entry, phone="03-5432-1111", audience=ContactAudience.STAFF)
    assert rows_of(client)[0]["電話番号"] == ""


def test_queries_do_not_grow_with_the_rows(client, district) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            rows_of(client)
        return len(captured)

    place = VenueFactory(district=district)
    ResourceFactory.create_batch(3, venue=place)
    cost()
    few = cost()
    ResourceFactory.create_batch(20, venue=place)
    assert cost() <= few


def venues_of(client) -> dict[str, dict[str, str]]:
    answer = client.get(reverse("directory_venues:list"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    return {row["場所コード"]: row for row in csv.DictReader(io.StringIO(text[1:]))}


@pytest.mark.parametrize(
    ("visibility", "own_words", "shown"),
    [
        ("exact", ("exact", "hidden"), {"名称", "住所", "地区", "緯度", "経度"}),  # a hall open to others
        ("exact", (), {"名称", "住所", "地区", "緯度", "経度"}),
        ("exact", ("district", "hidden"), {"地区"}),
        ("district", ("exact",), {"地区"}),
        ("block", (), {"住所", "地区"}),
        ("hidden", ("exact",), set()),
        ("exact", ("hidden",), set()),
    ],
)
def test_a_list_of_places_tells_no_more_than_the_public_knows(
    client, district, visibility: str, own_words: tuple[str, ...], shown: set[str]
) -> None:
    place = VenueFactory(
        name="ひみつの家",
        address="中町1-2-3",
        town_name="中町1丁目",
        district=district,
        lat=35.6,
        lng=139.6,
        visibility=visibility,
    )
    for words in own_words:
        ResourceFactory(venue=place, place_visibility=words)
    row = venues_of(client)[place.code]
    assert {name for name in ("名称", "住所", "地区", "緯度", "経度") if row[name]} == shown
    assert ("1-2-3" in str(row)) == ("名称" in shown)


def test_a_draft_opens_no_place_that_is_withheld(client, district) -> None:
    place = VenueFactory(district=district, address="中町1-2-3")
    ResourceFactory(venue=place, place_visibility="hidden")
    ResourceFactory(venue=place, place_visibility="exact", live=False)
    assert "1-2-3" not in str(venues_of(client)[place.code])


def test_not_even_the_district_of_a_shelter_travels(client, district) -> None:
    ResourceFactory(venue=VenueFactory(district=district), place_visibility="hidden")
    assert rows_of(client)[0]["地区"] == ""


def test_queries_of_the_places_do_not_grow_with_the_rows(client, district) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            venues_of(client)
        return len(captured)

    for _ in range(2):
        ResourceFactory(venue=VenueFactory(district=district))
    cost()
    few = cost()
    for _ in range(6):
        ResourceFactory(venue=VenueFactory(district=district))
    assert cost() <= few
