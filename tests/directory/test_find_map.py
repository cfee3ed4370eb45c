"""The map's answers through a client: the same question as the list, counted where there are many, light at every zoom."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from directory.choices import PlaceVisibility
from directory.models import Resource
from search.engines import get_engine
from search.indexing import index_many, state_of
from search.upkeep.rebuilding import rebuild
from search.vocabulary import forget_vocabulary
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec
from tests.search.conftest import doc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock", "fresh_words")]

MAP = "/find/map.json"
HERE = "35.66,139.59,35.68,139.61"
BUDGET = 6


@pytest.fixture
def fresh_words():
    forget_vocabulary()
    yield
    forget_vocabulary()


@pytest.fixture
def make() -> Callable[..., Resource]:
    city = MunicipalityFactory(name="見本区", short_name="見本", slug="mihon")
    area = AreaFactory(parent=city, name="西地域", short_name="西方", slug="nishi")
    district: Area = DistrictFactory(parent=area, name="欅台地区", short_name="欅台", slug="keyaki")

    def made(
        name: str, lat: float = 35.668, lng: float = 139.6, day: str = "FR", **fields: object
    ) -> Resource:
        venue = VenueFactory(district=district, lat=lat, lng=lng)
        timetable = weekly_spec(f"FREQ=WEEKLY;BYDAY={day}")
        return ResourceFactory(name=name, kana="", summary="", schedules=[timetable], venue=venue, **fields)

    return made


@pytest.fixture
def many() -> Callable[[int], None]:
    """Put so many documents with long names straight into the index, over a city."""

    def put(count: int) -> None:
        chance = random.Random(3)
        card = {
            "kind": "交流の場所",
            "place": "南烏山六丁目 区民ひろば" * 5,
            "schedule": "毎月第1・第3金曜日 10:00〜12:00",
        }
        engine = get_engine()
        documents = (
            doc(
                str(number),
                f"{number}番目の集まり",
                location=(35.58 + chance.random() / 8, 139.58 + chance.random() / 8),
                card={**card, "code": f"r{number}", "name": f"{number}番目の、名前のとても長い" * 6},
            )
            for number in range(count)
        )
        index_many(documents, index=state_of(engine).live, engine=engine)

    return put


@pytest.fixture
def all_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents without an entry behind them count as visible."""
    monkeypatch.setattr("directory.search_documents.ResourceSource.visible_ids", lambda self, ids, user: ids)


def names(answer: dict) -> list[str]:
    return sorted(cell["name"] for cell in answer["cells"] if "name" in cell)


def test_map_has_the_pins_that_may_be_known(client: Client, make) -> None:
    make("見える会")
    make("地区だけの会", place_visibility=PlaceVisibility.DISTRICT)
    make("見せない会", place_visibility=PlaceVisibility.HIDDEN)
    rebuild()
    answer = client.get(MAP, {"weekday": "fri"}).json()
    assert names(answer) == ["見える会"]
    assert (answer["total"], answer["shown"]) == (1, 1)


def test_a_pin_says_what_when_and_where(client: Client, make) -> None:
    resource = make("体操の会")
    rebuild()
    (pin,) = client.get(MAP, {"box": HERE, "zoom": "15"}).json()["cells"]
    assert (pin["name"], pin["url"], pin["count"]) == ("体操の会", resource.get_absolute_url(), 1)
    assert "金曜" in pin["when"]
    assert (pin["lat"], pin["lng"]) == (35.668, 139.6)


def test_map_answers_the_same_question_as_the_list(client: Client, make) -> None:
    make("金曜の会", lat=35.67)
    make("日曜の会", day="SU")
    rebuild()
    assert names(client.get(MAP, {"q": "日曜"}).json()) == ["日曜の会"]


def test_where_the_list_lets_a_word_go_the_map_does_too(client: Client, make) -> None:
    make("体操の会")
    rebuild()
    asked = {"q": "体操 なぞのことば"}
    assert "1件見つかりました" in client.get("/find/", asked).content.decode()
    assert names(client.get(MAP, asked).json()) == ["体操の会"]
    assert client.get(MAP, {**asked, "box": "35.0,139.0,35.1,139.1", "zoom": "12"}).json()["total"] == 0


def test_neighbours_are_a_circle_and_apart_when_one_comes_closer(client: Client, make) -> None:
    make("東の会", lng=139.6010)
    make("西の会", lng=139.6040)
    rebuild()
    (circle,) = client.get(MAP, {"box": HERE, "zoom": "11"}).json()["cells"]
    assert circle == {"lat": 35.668, "lng": 139.6025, "count": 2}
    near = client.get(MAP, {"box": HERE, "zoom": "17"}).json()
    assert names(near) == ["東の会", "西の会"]
    assert near["message"] == "この範囲に2件あります。"


def test_what_stands_in_one_house_is_listed_by_its_box(client: Client, make) -> None:
    make("一階の会")
    make("二階の会")
    make("遠くの会", lat=35.7)
    rebuild()
    answer = client.get(MAP, {"box": "35.6679,139.5999,35.6681,139.6001", "pins": "1"}).json()
    assert answer["total"] == 2
    assert sorted(pin["name"] for pin in answer["pins"]) == ["一階の会", "二階の会"]


def test_hidden_a_moment_ago_is_not_on_the_map(client: Client, make) -> None:
    resource = make("体操の会")
    rebuild()
    Resource.objects.filter(pk=resource.pk).update(live=False)
    answer = client.get(MAP, {"box": HERE, "zoom": "15"}).json()
    assert (answer["cells"], answer["total"]) == ([], 0)


@pytest.mark.usefixtures("all_visible")
def test_every_zoom_is_light(client: Client, many) -> None:
    many(2_000)
    for zoom in range(23):
        for box in ("", "35.5,139.5,35.8,139.8", "-90,-180,90,180"):
            response = client.get(MAP, {"zoom": str(zoom), "box": box})
            answer = response.json()
            assert len(response.content) <= 20_000, (zoom, box)
            assert answer["total"] == 2_000
            assert sum(cell["count"] for cell in answer["cells"]) == answer["shown"]
            assert ("のうち" in answer["message"]) == (answer["shown"] < 2_000)


@pytest.mark.usefixtures("all_visible")
@pytest.mark.parametrize("asked", [{}, {"q": "集まり"}, {"box": "35.5,139.5,35.8,139.8", "zoom": "13"}])
def test_cost_is_small_and_does_not_grow(client: Client, many, asked: dict) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(MAP, asked).json()["total"]
        return len(captured)

    many(10)
    client.get(MAP)  # what is kept for a minute: the frame's words, the vocabulary
    few = cost()
    many(600)
    client.get(MAP)
    assert cost() <= few <= BUDGET - 1  # and one to see whether those alone may be shown


@pytest.mark.parametrize(
    "asked",
    [
        {"near": "x"},
        *({"box": box, "zoom": "12"} for box in ("x", "1,2,3", "1,2,3,4,5", "nan,nan,nan,nan", "inf,0,inf,0", "-91,0,0,0",
          "0,-181,0,0", "36,139,35,140", "35,140,36,139", "1e400,0,1e400,0", "３５,１３９,３６,x", "\x00", "," * 9_000)),
        *({"box": HERE, "zoom": zoom} for zoom in ("-1", "23", "99", "1e3", "x", "1.5", "²", "９", "1" * 5_000)),
    ],
)  # fmt: skip
def test_map_refuses_nonsense_in_words(client: Client, asked: dict) -> None:
    response = client.get(MAP, asked)
    assert response.status_code == 400
    assert "わかりませんでした" in response.json()["problems"][0]
