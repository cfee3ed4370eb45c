"""What the words of a question narrow, raise and let go."""

from __future__ import annotations

from datetime import date

import pytest

from search.registry import Term
from search.understanding.stations import station_terms
from search.vocabulary import (
    Vocabulary,
    free_terms,
    join_terms,
    place_terms,
    time_terms,
    weekday_group_terms,
    weekday_terms,
)

from .conftest import doc, ids

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DAYS = "月火水木金土日"
PLACES = [
    *place_terms(field="area", value="karasuyama", label="烏山地区", reading="からすやま"),
    *place_terms(field="area", value="kinuta", label="砧地区", reading="きぬた"),
    *place_terms(field="area", value="matsubara", label="松原地区", reading="まつばら"),
]
VOCABULARY = Vocabulary.of(
    [
        *PLACES,
        *station_terms(PLACES),
        *weekday_terms(field="weekday", values=DAYS),
        *weekday_group_terms(field="weekday", workdays=DAYS[:5], weekend=DAYS[5:]),
        *time_terms(field="time", labels={"morning": "午前", "afternoon": "午後", "evening": "夜"}),
        *free_terms(field="free", value="yes"),
        *join_terms(field="join", value="open", label="予約がいらない"),
        Term(surface="乳幼児", field="audience", value="baby", label="乳幼児", kind="audience"),
        Term(surface="子ども", field="audience", value="child", label="子ども", kind="audience"),
        Term(surface="高齢者", field="audience", value="old", label="高齢者", kind="audience"),
    ]
)
TODAY = date(2026, 11, 21)  # a Saturday
TOMORROW = date(2026, 11, 22)


@pytest.fixture
def ask(find):
    return lambda text, **options: find(text, vocabulary=VOCABULARY, today=TODAY, **options)


def fields(result):
    return [(chip.field, chip.surface, chip.narrows) for chip in result.understood]


def test_a_day_narrows_to_what_is_open_then(put, ask):
    put(doc("a", "体操の会", dates=(TODAY,)), doc("b", "体操の会", dates=(TOMORROW,)))
    result = ask("明日 体操")
    assert ids(result) == ["b"]
    assert [(chip.field, chip.values) for chip in result.understood] == [
        ("days", ("2026-11-22", "2026-11-22"))
    ]
    assert set(ids(ask("今週末 体操"))) == {"a", "b"}


def test_days_alone_are_a_question(put, ask):
    put(doc("a", dates=(TODAY,)), doc("b", dates=(TOMORROW,)))
    assert ids(ask("今日")) == ["a"]


def test_a_day_turned_back_is_a_word(put, ask):
    put(doc("a", "体操の会", dates=(TODAY,)), doc("b", "明日の体操"))
    assert ids(ask("明日 体操", plain=("明日",))) == ["b"]


def test_a_chosen_day_wins_over_the_day_in_the_words(put, ask):
    put(doc("a", "体操の会", dates=(TODAY,)), doc("b", "体操の会", dates=(TOMORROW,)))
    result = ask("明日 体操", open_between=(TODAY, TODAY))
    assert ids(result) == ["a"]
    assert fields(result) == []


def test_when_nothing_is_open_then_the_day_is_let_go_and_that_is_said(put, ask):
    put(doc("a", "体操の会", dates=(TODAY,), keywords={"weekday": ("土",)}), doc("b", "体操の会"))
    result = ask("来週の土曜 体操")
    assert ids(result)[0] == "a"  # on Saturdays, if not on that one
    assert any("来週の土曜" in sentence for sentence in result.relaxed)
    assert "days" not in [chip.field for chip in result.understood]


def test_a_name_with_a_day_in_it_is_a_name(put, ask):
    put(doc("name", "明日の会"), doc("other", "友の会", dates=(TOMORROW,)))
    assert ids(ask("明日の会"))[0] == "name"


@pytest.mark.parametrize("typed", ["きょうどう体操", "今日子の会", "今日も元気に"])
def test_a_day_inside_another_word_is_none(typed, put, ask):
    put(doc("a", typed), doc("b", "体操 元気", dates=(TODAY,)))
    assert "a" in ids(ask(typed))
    assert "days" not in [field for field, _, _ in fields(ask(typed))]


def test_two_weekdays_mean_either_and_two_times_too(put, ask):
    put(
        doc("sat", "体操", keywords={"weekday": ("土",), "time": ("morning",)}),
        doc("sun", "体操", keywords={"weekday": ("日",), "time": ("evening",)}),
        doc("mon", "体操", keywords={"weekday": ("月",), "time": ("afternoon",)}),
    )
    assert set(ids(ask("土曜 日曜 体操"))) == {"sat", "sun"}
    assert set(ids(ask("月・土曜 体操"))) == {"sat", "mon"}
    assert set(ids(ask("土日 体操"))) == {"sat", "sun"}
    assert set(ids(ask("平日 体操"))) == {"mon"}
    assert set(ids(ask("午後1時から 体操"))) == {"mon"}
    assert set(ids(ask("10時 体操"))) == {"sat"}
    assert len(ask("土曜 日曜 体操").understood) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "予約なし",
        "予約不要",
        "申し込みなし",
        "予約しなくていい",
        "飛び込みOK",
        "事前予約が不要",
        "予約はいりません",
    ],
)
def test_no_booking_is_understood_in_every_wording(typed, put, ask):
    put(doc("open", "体操", keywords={"join": ("open",)}), doc("closed", "体操"))
    assert ids(ask(f"{typed} 体操")) == ["open"]


@pytest.mark.parametrize(
    "typed", ["無料", "タダ", "ただで", "０円", "お金がかからない", "お金かからない", "会費なし", "muryou"]
)
def test_free_of_charge_is_understood_in_every_wording(typed, put, ask):
    put(doc("free", "体操", keywords={"free": ("yes",)}), doc("paid", "体操"))
    assert ids(ask(f"{typed} 体操")) == ["free"]


def test_an_age_raises_whom_it_is_for_and_hides_nobody(put, ask):
    put(
        doc("baby", "体操", keywords={"audience": ("baby",)}),
        doc("child", "体操", keywords={"audience": ("child",)}),
        doc("old", "体操", keywords={"audience": ("old",)}),
        doc("unknown", "体操"),
    )
    result = ask("3歳 体操")
    assert ids(result)[:2] == ["baby", "child"]
    assert set(ids(result)) == {"baby", "child", "old", "unknown"}
    assert fields(result) == [("audience", "3歳", False)]
    assert ids(ask("80歳 体操"))[0] == "old"
    assert ids(ask("0歳児"))[0] == "baby"


def test_near_narrows_only_from_a_place(put, ask):
    put(doc("here", "体操", location=(35.65, 139.60)), doc("far", "体操", location=(35.75, 139.60)))
    assert set(ids(ask("近くの体操"))) == {"here", "far"}
    assert fields(ask("近くの体操")) == [("near", "近く", False)]
    placed = ask("近くの体操", near=(35.65, 139.60))
    assert ids(placed) == ["here"]
    assert fields(placed) == [("near", "近く", True)]


def test_near_a_place_that_is_named_is_that_place(put, ask):
    put(
        doc("a", "体操", keywords={"area": ("kinuta",)}), doc("b", "体操", keywords={"area": ("karasuyama",)})
    )
    result = ask("砧の近くの体操")
    assert ids(result) == ["a"]
    assert [field for field, _, _ in fields(result)] == ["area"]


@pytest.mark.parametrize(
    "typed",
    [
        "千歳烏山",
        "千歳烏山駅",
        "千歳烏山駅前",
        "karasuyama",
        "karasuyama-chiku",
        "ｋあらすやま",
        "烏山駅周辺",
    ],
)
def test_a_place_is_found_by_its_station_and_in_romaji(typed, put, ask):
    put(
        doc("a", "体操", keywords={"area": ("karasuyama",)}), doc("b", "体操", keywords={"area": ("kinuta",)})
    )
    assert ids(ask(f"{typed} 体操")) == ["a"]


def test_a_station_nobody_knows_loses_nothing(put, ask):
    put(doc("a", "体操", keywords={"area": ("kinuta",)}))
    assert ids(ask("登戸駅 体操")) == ["a"]


def test_a_chosen_place_wins_over_a_typed_one(put, ask):
    put(
        doc("a", "体操", keywords={"area": ("kinuta",)}), doc("b", "体操", keywords={"area": ("karasuyama",)})
    )
    result = ask("烏山 体操", filters={"area": ("kinuta",)})
    assert ids(result) == ["a"]
    assert fields(result) == []
    assert any("烏山" in sentence for sentence in result.relaxed)


def test_a_surname_that_is_a_place_is_still_found(put, ask):
    put(doc("name", "松原ピアノ教室"), doc("place", "ピアノ教室", keywords={"area": ("matsubara",)}))
    assert set(ids(ask("松原 ピアノ"))) == {"name", "place"}


def test_general_words_hide_nothing(put, ask):
    put(doc("a", "手話の会"), doc("b", "体操サークル"))
    assert ids(ask("手話サークル"))[0] == "a"


def test_a_slip_of_the_finger_is_forgiven_and_said(put, ask):
    put(doc("a", "フードパントリー"), doc("b", "体操"))
    result = ask("フードパンントリー")
    assert ids(result) == ["a"]
    assert result.relaxed


@pytest.mark.parametrize(
    "typed", ["kodomo shokudo", "kodomo syokudou", "kodomoshokudō", "こどもしょくど", "コドモショクドー"]
)
def test_careless_kana_and_romaji_find_the_title(typed, put, ask):
    put(doc("a", "子ども食堂ひまわり"), doc("b", "体操"))
    assert ids(ask(typed)) == ["a"]


def test_a_title_unknown_to_every_list_is_found_in_romaji_without_long_vowels(put, ask):
    put(doc("a", "遊星工房", reading="ゆうせいこうぼう"), doc("b", "体操"))
    assert ids(ask("yusekobo")) == ["a"]
