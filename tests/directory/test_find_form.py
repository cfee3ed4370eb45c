"""What the form sends becomes an address: ticks and words of the question agree. No database."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.find_form import Was, as_address, is_form, without_words


def sent(text: str) -> str:
    return as_address(QueryDict(text)).urlencode(safe="/:")


def kept(text: str) -> dict[str, list[str]]:
    return dict(as_address(QueryDict(text)).lists())


def test_untouched_ticks_leave_the_word_to_say_it() -> None:
    assert kept("q=麻雀+日曜&weekday=sun&was=weekday:sun:日曜") == {"q": ["麻雀 日曜"]}


def test_untick_takes_the_word_out_of_the_question() -> None:
    assert kept("q=麻雀+日曜&was=weekday:sun:日曜") == {"q": ["麻雀"]}


def test_further_tick_turns_the_word_into_ticks() -> None:
    asked = kept("q=麻雀+日曜&weekday=sun&weekday=sat&was=weekday:sun:日曜")
    assert asked == {"q": ["麻雀"], "weekday": ["sun", "sat"]}


def test_word_deleted_from_the_box_takes_its_tick_along() -> None:
    assert kept("q=麻雀&weekday=sun&was=weekday:sun:日曜") == {"q": ["麻雀"]}


def test_one_of_two_words_deleted_leaves_the_other() -> None:
    asked = kept("q=月曜&weekday=mon&weekday=tue&was=weekday:mon:月曜&was=weekday:tue:火曜")
    assert asked == {"q": ["月曜"]}


def test_word_with_two_values_gives_way_when_one_is_unticked() -> None:
    assert kept("q=体操+土日&weekday=sat&was=weekday:sat,sun:土日") == {"q": ["体操"], "weekday": ["sat"]}


def test_other_fields_are_untouched() -> None:
    asked = kept("q=烏山+日曜&area=setagaya&free=yes&was=weekday:sun:日曜")
    assert asked == {"q": ["烏山"], "area": ["setagaya"], "free": ["yes"]}


def test_full_width_word_is_taken_out_too() -> None:
    assert without_words("ｻﾛﾝ ０円", ["0円"]) == "サロン"


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ("q=&open=&day=&weekday=", ""),
        ("open=day&day=2026-12-05", "open=2026-12-05"),
        ("open=&day=2026-12-05", "open=2026-12-05"),
        ("day=2026-12-05", "open=2026-12-05"),
        ("open=today&day=2026-12-05", "open=today"),
        ("open=day&day=", ""),
        ("sort=&q=x", "q=x"),
    ],
)
def test_empty_fields_and_the_date_box_do_not_stay_in_the_address(form: str, address: str) -> None:
    assert sent(form) == address


@pytest.mark.parametrize("nonsense", ["", "x", "::", "a:b:", "a::c", ":", "weekday:sun"])
def test_broken_memory_of_the_form_is_ignored(nonsense: str) -> None:
    assert Was.parse(nonsense) is None
    assert kept(f"q=x&weekday=sun&was={nonsense}") == {"q": ["x"], "weekday": ["sun"]}


def test_memory_of_the_form_survives_the_round_trip() -> None:
    was = Was("area", ("setagaya/karasuyama", "komae"), "から:すやま")
    assert Was.parse(str(was)) == was


def test_links_are_no_form() -> None:
    assert not is_form(QueryDict("q=x&weekday=sun"))
    assert is_form(QueryDict("q=x&day="))
