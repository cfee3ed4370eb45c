"""Reading numbers and spellings, without places and without a database."""

from __future__ import annotations

import pytest

from areas.address_text import (
    MAX_LENGTH,
    Numbers,
    normalize,
    place_key,
    read_number,
    read_numbers,
    take_postal_code,
    take_prefecture,
)
from areas.municipality_codes import full_code
from areas.postal_codes import read_postal_code
from areas.prefectures import prefecture_of


@pytest.mark.parametrize(
    ("text", "chome", "block", "house", "rest"),
    [
        ("4-35-1", 4, 35, "1", ""),
        ("4丁目35番1号の2 ハイツ201", 4, 35, "1-2", "ハイツ201"),
        ("4-35-1-101", 4, 35, "1-101", ""),
        ("4-35 101", 4, 35, "", "101"),
        ("4丁目2階", 4, None, "", "2階"),
        ("2-26-6B1F、3F", 2, 26, "6", "B1F、3F"),
        ("4丁目八幡神社", 4, None, "", "八幡神社"),
        ("四丁目一番館", 4, None, "", "一番館"),
        ("4丁目百貨店", 4, None, "", "百貨店"),
        ("三十五番地の一", None, 35, "1", ""),
        ("1234567", None, None, "", "1234567"),
        ("", None, None, "", ""),
    ],
)
def test_numbers_behind_a_town_are_read(text: str, chome: int, block: int, house: str, rest: str) -> None:
    assert read_numbers(normalize(text), has_chome=True) == Numbers(chome, block, house, rest)


def test_bare_first_number_is_a_block_where_there_is_no_chome() -> None:
    assert read_numbers("1-2", has_chome=False) == Numbers(None, 1, "2")


@pytest.mark.parametrize(
    ("text", "number"),
    [("四", 4), ("十", 10), ("三十五", 35), ("三五", 35), ("百二", 102), ("二〇", 20), ("35", 35)],
)
def test_kanji_numerals_are_read_in_both_ways_of_writing(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("hyphen", "-－‐‑‒–—―−─━ーｰ")
def test_every_hyphen_between_digits_becomes_one(hyphen: str) -> None:
    assert normalize(f"４{hyphen}35 {hyphen} 1") == "4-35-1"


def test_long_vowel_in_a_name_stays() -> None:
    assert normalize("キャロットタワー 4") == "キャロットタワー 4"


def test_absurdly_long_text_is_cut() -> None:
    assert len(normalize("あ" * 10_000)) == MAX_LENGTH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("祖師ヶ谷", "祖師谷"),
        ("梅ケ丘", "梅が丘"),
        ("代澤", "代沢"),
        ("イケジリ", "いけじり"),
        ("ｲｹｼﾞﾘ", "いけじり"),
    ],
)
def test_spellings_of_one_place_share_a_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_ga_of_a_reading_is_not_taken_for_ke() -> None:
    assert place_key("さくらがおか") == "さくらがおか"


def test_prefecture_and_postal_code_are_taken_off_the_front() -> None:
    assert take_postal_code("〒154-0001 東京都世田谷区") == ("1540001", "東京都世田谷区")
    assert take_postal_code("1540001 世田谷区") == ("1540001", "世田谷区")
    assert take_postal_code("15400011") == ("", "15400011")
    assert take_prefecture("東京都世田谷区") == ("東京都", "世田谷区")
    assert take_prefecture("東京") == ("", "東京")


@pytest.mark.parametrize(
    "text", ["154-0001", "1540001", "１５４－０００１", "〒154-0001", " 154 0001 ", "154ー0001"]
)
def test_postal_code_is_read_however_it_is_typed(text: str) -> None:
    assert read_postal_code(text) == "1540001"


@pytest.mark.parametrize(
    "text", ["", "154000", "15400011", "154-000a", "1540001" * 100, "〒", "一五四〇〇〇一"]
)
def test_what_is_no_postal_code_is_none(text: str) -> None:
    assert read_postal_code(text) is None


@pytest.mark.parametrize(
    ("code", "full"),
    [("13112", "131121"), ("13219", "132195"), ("132196", "132195"), ("01100", "011002"), ("x", "x")],
)
def test_check_digit_of_a_municipality_code_is_computed(code: str, full: str) -> None:
    assert full_code(code) == full


def test_prefecture_comes_from_the_code() -> None:
    assert prefecture_of("131121") == "東京都"
    assert prefecture_of("472018") == "沖縄県"
    assert prefecture_of("99") == ""
