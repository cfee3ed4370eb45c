"""Which two entries are shown as candidates, and why."""

from __future__ import annotations

import pytest

from directory.likeness import CANDIDATE, Traits, likeness, phone_key, place_key_of, traits


def salon(**changes: object) -> Traits:
    said = {
        "name": "NPO法人なかよしサロン",
        "kana": "なかよしさろん",
        "phones": ["03-5432-1111"],
        "address": "世田谷区南烏山6-2-3",
        "district": 1,
    }
    return traits(**(said | changes))


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "ＮＰＯ法人　なかよしサロン"},
        {"name": "なかよしサロン"},
        {"name": "仲良しサロン", "kana": "ナカヨシサロン"},
        {"phones": ["０３(5432)1111"]},
        {"address": "〒157-0062 東京都世田谷区南烏山六丁目二番三号 区民センター"},
        {"name": "なかよしサロン烏山", "kana": ""},
    ],
)
def test_another_spelling_of_the_same_thing_is_a_candidate(typed: dict[str, object]) -> None:
    assert likeness(salon(), salon(**typed)).score >= CANDIDATE


@pytest.mark.parametrize(
    "other",
    [
        {"name": "さくら体操", "kana": "さくらたいそう"},  # the same house and telephone hold many groups
        {
            "name": "なかよし食堂",
            "kana": "なかよししょくどう",
            "phones": [],
        },  # another activity of the same people
        {"district": 2, "phones": [], "address": ""},  # every district has its なかよしサロン
        {"district": 2, "phones": ["03-9999-1111"], "address": "世田谷区用賀1-1-1"},
    ],
)
def test_what_only_shares_a_name_or_a_house_is_none(other: dict[str, object]) -> None:
    assert likeness(salon(), salon(**other)).score < CANDIDATE


def test_reasons_say_what_is_the_same() -> None:
    assert likeness(salon(), salon(address="")).reasons == (
        "名前が同じです",
        "電話番号が同じです",
        "地区が同じです",
    )


def test_likeness_does_not_depend_on_the_order() -> None:
    one, other = salon(name="なかよしサロン烏山", kana=""), salon(phones=[])
    assert likeness(one, other) == likeness(other, one)


def test_numbers_that_prove_nothing_are_left_out() -> None:
    assert phone_key("03-0000-0000") == ""
    assert phone_key("110") == ""
    assert phone_key("０３－５４３２－１１１１") == "0354321111"


def test_a_town_without_a_house_number_is_no_place() -> None:
    assert place_key_of("世田谷区南烏山") == ""
    assert place_key_of("世田谷区南烏山六丁目") == ""
    assert place_key_of("府中市府中町1-2-3") == place_key_of("東京都府中市府中町一丁目2番3号")
