"""Where nothing is found: which word failed, what was meant, where else, and that it is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from areas.models import Area
from directory.models import Resource
from search.models import UnansweredQuestion
from search.upkeep.rebuilding import rebuild
from search.vocabulary import forget_vocabulary
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.usefixtures("fixed_clock", "fresh_words"),
]

KEYAKI = "mihon/nishi/keyaki"
BUDGET = 12


@pytest.fixture
def fresh_words():
    forget_vocabulary()
    yield
    forget_vocabulary()


@pytest.fixture
def districts() -> list[Area]:
    """Three districts in a row from west to east; 欅台 is the first."""
    city = MunicipalityFactory(name="見本区", short_name="見本", slug="mihon")
    area = AreaFactory(parent=city, name="西地域", short_name="西方", slug="nishi")
    names = [("欅台", "keyaki", "けやきだい"), ("遠山", "toyama", "とおやま"), ("近野", "chikano", "ちかの")]
    places = [139.60, 139.70, 139.61]
    return [
        DistrictFactory(
            parent=area, name=f"{name}地区", short_name=name, slug=slug, kana=kana, lat=35.66, lng=lng
        )
        for (name, slug, kana), lng in zip(names, places, strict=True)
    ]


@pytest.fixture
def make() -> Callable[..., Resource]:
    def made(name: str, district: Area, **fields: object) -> Resource:
        venue = VenueFactory(district=district, lat=35.66, lng=139.6)
        spec = weekly_spec("FREQ=WEEKLY;BYDAY=FR")
        return ResourceFactory(name=name, kana="", summary="", venue=venue, schedules=[spec], **fields)

    return made


def test_which_word_failed_and_what_the_others_find(client: Client, districts, make) -> None:
    make("気球の会", districts[1])
    rebuild()
    page = client.get("/find/", {"q": "気球 ロケット", "area": KEYAKI}).content.decode()
    assert "見つかりませんでした" in page
    make("気球の集い", districts[0])
    make("竹細工の会", districts[0])
    rebuild()
    page = client.get("/find/", {"q": "気球 ロケット", "weekday": "sun"}).content.decode()
    assert "見つかりませんでした" in page


def test_the_nearest_districts_that_have_it_come_first(client: Client, districts, make) -> None:
    make("竹細工の会", districts[1])
    make("竹細工クラブ", districts[1])
    make("竹細工ひろば", districts[2])
    rebuild()
    page = client.get("/find/", {"q": "竹細工", "area": KEYAKI}).content.decode()
    assert "近野地区でさがす(1件)" in page
    assert "遠山地区でさがす(2件)" in page
    assert page.index("近野地区でさがす") < page.index("遠山地区でさがす")


def test_a_slip_is_answered_with_what_was_meant_and_how_much_there_is(
    client: Client, districts, make
) -> None:
    make("ひだまりの家", districts[0])
    rebuild()
    instead = client.get("/find/", {"q": "ひたまり"}).context["help"].instead
    assert instead.failed == ["たまり"]  # the analyser cuts it; the whole stretch is what was meant
    assert instead.meant is not None
    assert (instead.meant.text, instead.meant.count) == ("ひだまり", 2)  # the gathering and its group
    assert client.get("/find/", {"q": "ひだまり"}).context["help"].instead.meant is None


def test_a_question_without_result_is_counted_with_its_place(client: Client, districts, make) -> None:
    make("竹細工の会", districts[0])
    rebuild()
    client.get("/find/", {"q": "ロケット", "area": KEYAKI})
    client.get("/find/", {"q": "欅台 ロケット"})
    client.get("/find/", {"q": "竹細工"})
    rows = UnansweredQuestion.objects.values_list("words", "area", "count")
    assert list(rows) == [("ろけっと", KEYAKI, 2)]


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "Somebot/1.0"}, {"Sec-Purpose": "prefetch;prerender"}, {"HX-Request": "true"}]
)
def test_machines_and_ticks_are_not_counted(client: Client, districts, headers: dict[str, str]) -> None:
    rebuild()
    client.get("/find/", {"q": "ロケット"}, headers=headers)
    client.get("/find/", {"q": "ロケット", "page": "2"})
    client.head("/find/", {"q": "ロケット"})
    assert not UnansweredQuestion.objects.exists()


@pytest.mark.parametrize(
    "text", ["竹細工", "竹細工 ロケット", "たけざいこ", "欅台 竹細工 ロケット", "ロケット"]
)
def test_a_page_without_result_costs_few_queries(
    client: Client, districts, make, text: str, django_assert_max_num_queries
) -> None:
    make("竹細工の会", districts[1])
    rebuild()
    question = {"q": text, "area": KEYAKI, "weekday": "sun"}
    client.get("/find/", question)
    with django_assert_max_num_queries(BUDGET):
        client.get("/find/", question)
