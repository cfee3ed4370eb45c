"""What a filter makes of an address, of a search, and of itself in words. No database."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from directory.filters import BY_PARAM, FILTERS, near_value, shortened
from tests.directory.find_words_fixed import FixedWords

TODAY = date(2026, 11, 20)
WORDS = FixedWords()


def read(param: str, *raw: str):
    return BY_PARAM[param].read(raw, WORDS)


@pytest.mark.parametrize(
    ("param", "raw", "values"),
    [
        ("weekday", ["sun"], ("sun",)),
        ("weekday", ["sun", "sat", "sun"], ("sun", "sat")),
        ("weekday", ["workdays"], ("workdays",)),
        ("time", ["evening"], ("evening",)),
        ("wish", ["eat"], ("eat",)),
        ("category", ["salon", "participation"], ("salon", "participation")),
        ("audience", ["older"], ("older",)),
        ("features", ["wheelchair"], ("wheelchair",)),
        ("join", ["open"], ("open",)),
        ("free", ["yes"], ("yes",)),
        ("language", ["en"], ("en",)),
        ("verified", ["half"], ("half",)),
        ("open", ["today"], ("today",)),
        ("open", ["2026-12-05"], ("2026-12-05",)),
        ("open", ["２０２６-１２-０５"], ("2026-12-05",)),
        ("open", ["today", "week"], ("week",)),
        ("near", ["35.66812,139.60049"], ("35.668,139.600",)),
        ("near", [" 35.668 , 139.6 "], ("35.668,139.600",)),
        ("radius", ["800"], ("800",)),
        ("area", ["setagaya/karasuyama/karasuyama"], ("setagaya/karasuyama/karasuyama",)),
        ("area", ["131121"], ("setagaya",)),
        ("area", ["aitopia"], ("komae/aitopia",)),
        ("area", ["karasuyama"], ("setagaya/karasuyama/karasuyama",)),
        ("weekday", ["", " "], ()),
    ],
)
def test_filter_reads_what_can_be_meant(param: str, raw: list[str], values: tuple[str, ...]) -> None:
    reading = read(param, *raw)
    assert reading.values == values
    assert not reading.problems


NONSENSE = [
    "x",
    "-1",
    "１２３",
    "nan",
    "999,999",
    "91,181",
    "0,0",
    "nan,nan",
    "2026-02-30",
    "0000-00-00",
    "😀",
    "a" * 10_000,
]


@pytest.mark.parametrize("param", [item.param for item in FILTERS])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_is_refused_in_words_and_not_used(param: str, value: str) -> None:
    reading = read(param, value)
    assert reading.values == ()
    assert len(reading.problems) == 1
    assert any("ぁ" <= char <= "ん" for char in reading.problems[0])
    assert len(reading.problems[0]) < 120


def test_right_values_beside_a_wrong_one_still_count() -> None:
    reading = read("weekday", "sun", "someday")
    assert reading.values == ("sun",)
    assert "someday" in reading.problems[0]


def test_message_repeats_no_invisible_characters() -> None:
    assert shortened("a\x00\u202eb") == "ab"


def test_number_of_repeated_parameters_is_bounded() -> None:
    assert len(read("weekday", *(f"x{number}" for number in range(1000))).problems) == 40


def test_days_are_a_week_at_most() -> None:
    compiled = {
        value: BY_PARAM["open"].compile((value,), TODAY).open_between
        for value in ("today", "tomorrow", "week")
    }
    assert compiled["today"] == (TODAY, TODAY)
    assert compiled["tomorrow"] == (date(2026, 11, 21), date(2026, 11, 21))
    assert compiled["week"] == (TODAY, date(2026, 11, 26))


def test_half_a_year_never_claims_a_proof_fresher_than_it_is() -> None:
    months = BY_PARAM["verified"].compile(("half",), TODAY).filters["verified"]
    assert months == ("2026-11", "2026-10", "2026-09", "2026-08", "2026-07", "2026-06")


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    months = BY_PARAM["verified"].compile(("half",), date(2026, 2, 1)).filters["verified"]
    assert months[-1] == "2025-09"


def test_verified_counts_add_up_the_months() -> None:
    counts = {"2026-11": 3, "2026-06": 2, "2026-05": 7, "2025-12": 1}
    assert BY_PARAM["verified"].count(counts, "half", TODAY) == 5
    assert BY_PARAM["verified"].count(counts, "year", TODAY) == 13


def test_near_is_kept_to_about_a_hundred_metres() -> None:
    assert near_value(35.6681234, 139.6004567) == "35.668,139.600"
    assert near_value(float("nan"), 139.6) is None
    assert near_value(0, 0) is None


@pytest.mark.parametrize(
    ("param", "value", "words"),
    [
        ("weekday", "sun", "日曜日"),
        ("area", "setagaya/karasuyama/karasuyama", "場所:烏山地区"),
        ("open", "2026-12-05", "12月5日にやっている"),
        ("open", "today", "今日"),
        ("near", "35.668,139.600", "指定した場所の近く"),
        ("free", "yes", "無料"),
    ],
)
def test_filter_names_its_values(param: str, value: str, words: str) -> None:
    assert BY_PARAM[param].describe(value, WORDS, TODAY) == words


def test_parameters_are_told_apart() -> None:
    assert len(BY_PARAM) == len(FILTERS)
    assert not set(BY_PARAM) & {"q", "page", "sort", "plain", "was", "day"}
    assert QueryDict("&".join(f"{param}=" for param in BY_PARAM))
