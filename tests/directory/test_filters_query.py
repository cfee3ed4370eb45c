"""One question has one address: read, changed, written back. No database."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directory.find_query import MAX_TEXT, FindQuery
from search.request import SearchRequest
from tests.directory.find_words_fixed import FixedWords

TODAY = date(2026, 11, 20)


def query(address: str) -> FindQuery:
    return FindQuery.from_params(QueryDict(address), TODAY, FixedWords())


@pytest.mark.parametrize(
    "address",
    [
        "q=からすやま+まーじゃん",
        "q=a%26b%3Dc%23d&weekday=sun&weekday=sat",
        "near=35.668,139.600&radius=800&area=setagaya/karasuyama/karasuyama",
        "open=week&category=salon&sort=title&page=3",
        "q=日曜&plain=日曜",
    ],
)
def test_question_survives_its_own_address(address: str) -> None:
    first = query(address)
    again = query(first.query_string)
    assert not first.problems
    assert again == first
    assert again.query_string == first.query_string


def test_order_of_parameters_does_not_make_another_address() -> None:
    assert query("weekday=sun&q=麻雀").url == query("q=麻雀&weekday=sun").url


def test_paths_and_points_stay_readable_in_the_address() -> None:
    assert "area=setagaya/karasuyama&" not in query("near=35.668,139.6&area=karasuyama").url
    assert query("near=35.668,139.6&area=komae").url == "/find/?near=35.668,139.600&area=komae"


def test_taking_a_condition_away_leaves_the_others() -> None:
    asked = query("q=麻雀&weekday=sun&weekday=sat&free=yes&page=4")
    assert asked.without("weekday", "sun").url == "/find/?q=%E9%BA%BB%E9%9B%80&weekday=sat&free=yes"
    assert asked.without("weekday").without("free").url == "/find/?q=%E9%BA%BB%E9%9B%80"
    assert asked.without_filters().values == {}


def test_adding_a_condition_goes_back_to_page_one() -> None:
    assert query("page=4").with_value("weekday", "sun").page == 1


def test_order_follows_the_question_unless_chosen() -> None:
    assert query("").effective_sort == "next_date"
    assert query("q=麻雀").effective_sort == "relevance"
    assert query("q=麻雀&near=35.668,139.6").effective_sort == "distance"
    assert query("q=麻雀&sort=next_date").effective_sort == "next_date"


def test_nearest_first_needs_a_point() -> None:
    assert query("q=麻雀&sort=distance").effective_sort == "relevance"


def test_distance_without_a_point_is_no_condition() -> None:
    assert query("radius=800").conditions.radius_m is None
    assert query("radius=800&near=35.668,139.6").conditions.radius_m == 800


def test_compiled_question_carries_every_condition() -> None:
    asked = query(
        "q=麻雀&weekday=sun&free=yes&open=today&near=35.668,139.6&radius=1600&plain=麻雀"
    ).to_request()
    assert isinstance(asked, SearchRequest)
    assert asked.filters == {"weekday": ("sun",), "free": ("yes",)}
    assert asked.days == (TODAY, TODAY)
    assert (asked.near, asked.radius_m) == ((35.668, 139.6), 1600)
    assert asked.plain == ("麻雀",)


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "1e309", "99999999999999999999", "½"])
def test_impossible_page_is_refused_in_words(page: str) -> None:
    asked = query(f"page={page}")
    assert asked.page == 1
    assert "1ページ目" in asked.problems[0]


def test_full_width_page_number_is_a_number() -> None:
    assert query("page=１２").page == 12


def test_overlong_question_is_cut_and_says_so() -> None:
    asked = query("q=" + "あ" * 10_000)
    assert len(asked.text) == MAX_TEXT
    assert "長すぎます" in asked.problems[0]


def test_control_characters_are_spaces() -> None:
    assert query("q=a%00b%0A%E2%80%AEc").text == "a b c"


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "q",
                "page",
                "sort",
                "near",
                "radius",
                "open",
                "area",
                "weekday",
                "verified",
                "plain",
                "language",
            ]
        ),
        st.lists(st.text(), max_size=3),
    )
)
def test_whatever_stands_in_an_address_a_search_can_be_asked(parameters: dict[str, list[str]]) -> None:
    params = QueryDict(mutable=True)
    for name, values in parameters.items():
        params.setlist(name, values)
    asked = FindQuery.from_params(params, TODAY, FixedWords())
    assert isinstance(asked.to_request(), SearchRequest)
    assert asked.url.startswith("/find/")
