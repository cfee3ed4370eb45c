"""The find page through a client: what is found, said, offered, refused, and what it costs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from directory.choices import FeeKind, LifeStatus
from directory.models import Resource
from directory.querysets import DESK_CODE
from search.upkeep.rebuilding import rebuild
from search.vocabulary import forget_vocabulary
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory
from tests.factories.directory import (
    CategoryFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock", "fresh_words")]

BUDGET = 12


@pytest.fixture
def fresh_words():
    forget_vocabulary()
    yield
    forget_vocabulary()


@pytest.fixture
def district() -> Area:
    city = MunicipalityFactory(name="見本区", short_name="見本", slug="mihon")
    area = AreaFactory(parent=city, name="西地域", short_name="西方", slug="nishi")
    return DistrictFactory(parent=area, name="欅台地区", short_name="欅台", slug="keyaki", kana="けやきだい")


@pytest.fixture
def make(district: Area) -> Callable[..., Resource]:
    def made(name: str, rrule: str = "FREQ=WEEKLY;BYDAY=FR", **fields: object) -> Resource:
        fields.setdefault("venue", VenueFactory(district=district, lat=35.668, lng=139.6))
        return ResourceFactory(name=name, kana="", summary="", schedules=[weekly_spec(rrule)], **fields)

    return made


def names(response) -> list[str]:
    """Names of the hits, without their marks; not of what is offered where nothing was found."""
    return _names(response.content.decode().partition("find__list")[2])


def _names(page: str) -> list[str]:
    found = re.findall(r'class="card__name"><a[^>]*>(.*?)</a>', page)
    return [html.unescape(re.sub(r"<[^>]+>", "", name)) for name in found]


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_words_place_and_condition_find_the_one(client: Client, make) -> None:
    make("健康マージャン", "FREQ=WEEKLY;BYDAY=SU", fee_kind=FeeKind.FREE)
    make("健康マージャン金曜の部", fee_kind=FeeKind.FREE)
    make("体操の会", "FREQ=WEEKLY;BYDAY=SU", fee_kind=FeeKind.FREE)
    rebuild()
    response = client.get("/find/", {"q": "けやきだい まーじゃん 日曜 無料"})
    assert names(response) == ["健康マージャン"]
    assert "1件見つかりました" in text_of(response)
    assert "場所:欅台地区" in text_of(response)
    assert (
        'id="f-weekday-sun" type="checkbox" name="weekday" value="sun" checked' in response.content.decode()
    )


def test_found_word_is_marked_and_nothing_else_is_markup(client: Client, make) -> None:
    make("<script>alert(1)</script>体操&お茶")
    rebuild()
    page = client.get("/find/", {"q": "体操"}).content.decode()
    assert "<mark>体操</mark>" in page
    assert "<script>alert(1)" not in page


def test_understood_condition_is_taken_off_by_a_plain_link(client: Client, make) -> None:
    make("体操の会")
    make("日曜の体操", "FREQ=WEEKLY;BYDAY=SU")
    rebuild()
    response = client.get("/find/", {"q": "体操 日曜"})
    assert names(response) == ["日曜の体操"]
    link = re.search(r'<a class="chip" href="([^"]+)">日曜日', response.content.decode())
    assert link
    assert sorted(names(client.get(html.unescape(link[1])))) == ["体操の会", "日曜の体操"]


def test_understood_word_can_be_looked_for_as_a_word(client: Client, make) -> None:
    make("日曜大工の会")
    rebuild()
    page = client.get("/find/", {"q": "日曜大工"})
    plain = client.get("/find/", {"q": "日曜", "plain": "日曜"})
    assert "日曜大工の会" in names(page)
    assert names(plain) == ["日曜大工の会"]
    assert "こう理解しました" not in text_of(plain)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"weekday": "fri"}, ["金曜"]),
        ({"weekday": ["fri", "sun"]}, ["日曜", "金曜"]),
        ({"weekday": "fri", "free": "yes"}, []),
        ({"open": "today"}, ["金曜"]),
        ({"open": "2026-11-22"}, ["日曜"]),
        ({"open": "2026-11-21"}, []),
        ({"area": "mihon/nishi"}, ["日曜", "金曜"]),
        ({"area": "mihon/nishi/keyaki", "time": "morning"}, ["日曜", "金曜"]),
        ({"near": "35.668,139.600", "radius": "800"}, ["日曜", "金曜"]),
        ({"near": "35.600,139.600", "radius": "800"}, []),
    ],
)
def test_filters_join_by_or_inside_and_by_and_between(
    client: Client, make, asked: dict, found: list[str]
) -> None:
    make("金曜")
    make("日曜", "FREQ=WEEKLY;BYDAY=SU")
    rebuild()
    assert sorted(names(client.get("/find/", asked))) == found


def test_counts_beside_filters_are_what_a_tick_finds(client: Client, make) -> None:
    for number in range(3):
        make(f"金曜{number}")
    make("日曜", "FREQ=WEEKLY;BYDAY=SU", fee_kind=FeeKind.FREE)
    rebuild()
    page = client.get("/find/").content.decode()
    for name, value in (
        ("weekday", "fri"),
        ("weekday", "sun"),
        ("free", "yes"),
        ("area", "mihon/nishi"),
        ("category", "salon"),
    ):
        count = re.search(
            rf'name="{name}" value="{value}"[^>]*><span>[^<]*</span><span class="check__count">(\d+)', page
        )
        assert count, (name, value)
        assert len(names(client.get("/find/", {name: value}))) == int(count[1])


def test_form_without_script_leads_to_one_clean_address(client: Client, make) -> None:
    make("体操の会", "FREQ=WEEKLY;BYDAY=SU")
    rebuild()
    response = client.get(
        "/find/",
        {
            "q": "体操 日曜",
            "open": "",
            "day": "",
            "sort": "",
            "weekday": ["sun", "sat"],
            "was": "weekday:sun:日曜",
        },
    )
    assert response.status_code == 302
    assert response["Location"] == "/find/?q=%E4%BD%93%E6%93%8D&weekday=sun&weekday=sat"


def test_script_gets_the_changing_parts_and_the_same_address(client: Client, make) -> None:
    make("体操の会", "FREQ=WEEKLY;BYDAY=SU")
    rebuild()
    headers = {"HX-Request": "true"}
    response = client.get("/find/", {"q": "体操 日曜", "day": "", "was": "weekday:sun:日曜"}, headers=headers)
    page = response.content.decode()
    assert response.status_code == 200
    assert response["HX-Push-Url"] == "/find/?q=%E4%BD%93%E6%93%8D"
    assert "<html" not in page
    assert 'id="found"' in page
    assert (
        '<p class="visually-hidden" id="find-status" role="status" aria-live="polite" hx-swap-oob="innerHTML">1件'
        in page
    )
    assert 'id="search"' in page, "the word that became no tick leaves the box"
    assert "HX-Request" in response["Vary"]


def test_nearest_first_with_distance_and_minutes(client: Client, make, district: Area) -> None:
    make("遠い会", venue=VenueFactory(district=district, lat=35.678, lng=139.6))
    make("近い会", venue=VenueFactory(district=district, lat=35.669, lng=139.6))
    rebuild()
    response = client.get("/find/", {"near": "35.668,139.6"})
    assert names(response) == ["近い会", "遠い会"]
    assert "110m 歩いて2分" in text_of(response)
    assert "1.1km 歩いて14分" in text_of(response)


def test_card_says_when_where_and_how_sure(client: Client, make) -> None:
    make("体操の会", verified_on=date(2026, 10, 3), fee_kind=FeeKind.FREE)
    make("古い会", verified_on=date(2025, 10, 3))
    make("休みの会", life_status=LifeStatus.PAUSED)
    rebuild()
    text = text_of(client.get("/find/"))
    assert "10月3日 確認ずみ" in text
    assert "確認が古い情報です(2025年10月)" in text
    assert "現在はお休みしています" in text
    assert "毎週金曜 10:00〜12:00" in text
    assert "無料" in text


def test_group_is_found_by_its_name(client: Client, make, district: Area) -> None:
    OrganizationFactory(name="ゆずりはの会", areas=[district])
    make("体操の会")
    rebuild()
    assert names(client.get("/find/", {"q": "ゆずりはの会"})) == ["ゆずりはの会"]
    assert "ゆずりはの会" not in names(client.get("/find/"))


def test_nothing_found_says_what_to_do_and_whom_to_ask(client: Client, make, district: Area) -> None:
    desk = make(
        "欅台の窓口",
        "FREQ=WEEKLY;BYDAY=MO",
        categories=[CategoryFactory(code=DESK_CODE, name="福祉の相談窓口")],
    )
    ResourceContactFactory(resource=desk, phone="03-0000-0009")
    rebuild()
    response = client.get("/find/", {"area": "mihon/nishi/keyaki", "weekday": "sat"})
    text = text_of(response)
    assert response.status_code == 200
    assert "見つかりませんでした" in text
    assert "「土曜日」の条件をはずす" in text
    assert "近くのほかの集まりや居場所" in text
    assert names(response) == []
    assert _names(response.content.decode()) == ["欅台の窓口"]
    assert "03-0000-0009" in text


def test_what_was_let_go_is_said(client: Client, make) -> None:
    make("体操の会")
    rebuild()
    response = client.get("/find/", {"q": "体操 ぬるぽがっ"})
    assert names(response) == ["体操の会"]
    assert "「ぬるぽがっ」をのぞいて" in text_of(response)


def test_condition_that_was_let_go_is_not_ticked(client: Client, make) -> None:
    make("体操の会")
    rebuild()
    response = client.get("/find/", {"q": "体操 日曜"})
    assert names(response) == ["体操の会"]
    assert "すべてのことばに合うものは、ありませんでした" in text_of(response)
    assert not re.search(r'id="f-weekday-sun"[^>]*checked', response.content.decode())


@pytest.mark.parametrize(
    "question",
    [
        {"area": "mihon/nishi/keyaki", "weekday": "sat"},
        {"area": "mihon/nishi/keyaki", "q": "ぬるぽがっ"},
        {"near": "35.668,139.600", "q": "ぬるぽがっ"},
    ],
)
def test_cost_of_finding_nothing_is_bounded(
    client: Client, make, django_assert_max_num_queries, question: dict[str, str]
) -> None:
    make("体操の会")
    make("欅台の窓口", categories=[CategoryFactory(code=DESK_CODE)])
    rebuild()
    client.get("/find/", question)
    with django_assert_max_num_queries(BUDGET):
        client.get("/find/", question)


def test_pages_are_links_that_keep_the_question(client: Client, make) -> None:
    for number in range(25):
        make(f"体操{number:02d}")
    rebuild()
    first = client.get("/find/", {"weekday": "fri"})
    assert len(names(first)) == 20
    assert 'rel="next" href="/find/?weekday=fri&amp;page=2"' in first.content.decode()
    second = client.get("/find/", {"weekday": "fri", "page": "2"})
    assert len(names(second)) == 5
    assert not set(names(first)) & set(names(second))


def test_page_past_the_end_leads_back(client: Client, make) -> None:
    make("体操の会")
    rebuild()
    response = client.get("/find/", {"page": "7"})
    assert response.status_code == 200
    assert "一覧は、ここまでで終わりです" in text_of(response)
    assert '<a class="button" href="/find/">' in response.content.decode()


BAD = {
    "page": ["0", "999999", "x"],
    "near": ["999,999", "x", "35.6", "nan,nan"],
    "weekday": ["x"],
    "open": ["2026-02-30", "someday"],
    "area": ["../../etc/passwd", "nowhere"],
    "sort": ["random"],
    "radius": ["-1", "1e9"],
    "q": ["あ" * 10_000],
}


@pytest.mark.parametrize(
    ("param", "value"), [(param, value) for param, values in BAD.items() for value in values]
)
@pytest.mark.parametrize("part", [False, True])
def test_nonsense_is_refused_in_japanese_and_the_rest_answered(
    client: Client, make, param: str, value: str, part: bool
) -> None:
    make("体操の会")
    rebuild()
    response = client.get("/find/", {param: value}, headers={"HX-Request": "true"} if part else None)
    assert response.status_code == 400
    assert "見つかりました" in text_of(response) or param == "q"
    assert re.search(r"わかりませんでした|ありません|長すぎます", text_of(response))


@pytest.mark.parametrize(
    "text",
    ["\x00", "a\x00b", "😀", '" OR NEAR(x) *', "'; DROP TABLE x; --", "%%%", "ＡＢＣ", "。、", "\ud83d"],
)
def test_whatever_is_typed_gets_an_answer(client: Client, make, text: str) -> None:
    make("体操の会")
    rebuild()
    assert client.get("/find/", {"q": text.encode("utf-8", "surrogatepass")}).status_code == 200


def test_typed_words_stay_in_the_box(client: Client, make) -> None:
    rebuild()
    page = client.get("/find/", {"q": '"><b>体操'}).content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;体操"' in page


def test_title_says_the_question(client: Client, make) -> None:
    rebuild()
    page = client.get("/find/", {"q": "麻雀", "weekday": "sun"}).content.decode()
    assert re.search(r"<title>「麻雀」・日曜日をさがす \|", page)


@pytest.mark.parametrize("asked", [{}, {"q": "体操 欅台 金曜"}, {"near": "35.668,139.6", "weekday": "fri"}])
def test_cost_of_the_page_is_small_and_does_not_grow(client: Client, make, asked: dict) -> None:
    def cost() -> int:
        rebuild()
        client.get(
            "/find/"
        )  # what is kept for seconds or a minute: the frame's words, the vocabulary, the dictionary
        with CaptureQueriesContext(connection) as captured:
            assert names(client.get("/find/", asked))
        return len(captured)

    for number in range(5):
        make(f"体操{number}")
    few = cost()
    for number in range(55):
        make(f"体操の会{number}")
    assert cost() == few <= BUDGET


def test_hidden_a_moment_ago_is_not_shown(client: Client, make) -> None:
    resource = make("体操の会")
    rebuild()
    Resource.objects.filter(pk=resource.pk).update(live=False)
    assert names(client.get("/find/")) == []


# An address instead of the position


def test_address_leads_to_what_is_near(client: Client, real_places: None) -> None:
    response = client.get("/find/near/", {"address": "世田谷区南烏山6-1-1", "weekday": "sun"})
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert re.fullmatch(r"/find/\?near=35\.\d{3},139\.\d{3}&weekday=sun", response["Location"])
    else:
        assert "烏山地区" in text_of(response)


@pytest.mark.parametrize("address", ["月の裏側1-1", "あ" * 300, "😀"])
def test_unknown_address_is_said_and_kept(client: Client, real_places: None, address: str) -> None:
    response = client.get("/find/near/", {"address": address})
    assert response.status_code == 400
    assert re.search("わかりませんでした|長すぎます", text_of(response))
    assert address[:50] in response.content.decode()


def test_time_of_day_is_a_filter(client: Client, district: Area) -> None:
    venue = VenueFactory(district=district)
    ResourceFactory(name="朝の会", venue=venue, schedules=[weekly_spec(start=time(9), end=time(11))])
    ResourceFactory(name="夜の会", venue=venue, schedules=[weekly_spec(start=time(18), end=time(20))])
    rebuild()
    assert names(client.get("/find/", {"time": "evening"})) == ["夜の会"]
