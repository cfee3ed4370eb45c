"""Single cells: what they mean, whatever they look like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importers import cells


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100", 100),
        ("１００円", 100),
        ("1,000円", 1000),
        ("0 ", 0),
        ("無料", 0),
        ("300円/回", 300),
        ("390", 390),
        ("カンパ", None),
        ("100〜300円", None),
        ("", None),
    ],
)
def test_yen_reads_one_amount_and_nothing_else(text, amount):
    assert cells.yen(text) == amount


@pytest.mark.parametrize(
    ("lat", "lng", "point", "problem"),
    [
        ("35.645", "139.568", (35.645, 139.568), ""),
        ("３５．６４５", "１３９．５６８", (35.645, 139.568), ""),
        ("139.568", "35.645", (35.645, 139.568), "swapped"),
        ("35645140", "139568013", (35.64514, 139.568013), "no_decimal_point"),
        ("35. 645", "139.568 ", (35.645, 139.568), ""),
        ("0", "0", None, "impossible"),
        ("35.6", "", None, "impossible"),
        ("北緯", "東経", None, "impossible"),
        ("", "", None, ""),
    ],
)
def test_point_is_repaired_only_where_that_is_safe(lat, lng, point, problem):
    found, said = cells.point(lat, lng)
    assert said == problem
    assert found == (pytest.approx(point) if point else None)


@pytest.mark.parametrize(
    ("remark", "withheld"),
    [
        ("住所は非公開", True),
        ("開催場所は非公開です", True),
        ("会場非公開", True),
        ("メニューは非公開、住所は上のとおり", False),
        ("先着順", False),
        ("", False),
    ],
)
def test_a_remark_can_withhold_the_place(remark, withheld):
    assert cells.withholds_place(remark) is withheld


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026/12/5", date(2026, 12, 5)),
        ("2026.12.5", date(2026, 12, 5)),
        ("令和8年12月5日", date(2026, 12, 5)),
        ("R8.12.5", date(2026, 12, 5)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("2026-02-30", None),
        ("4月頃", None),
    ],
)
def test_day_reads_western_and_japanese_years(text, day):
    assert cells.day(text) == day


def test_phones_and_mails_are_found_among_words():
    assert cells.phones("０３－００００－０００１（代表）/ 03-0000-0002") == ["03-0000-0001", "03-0000-0002"]
    assert cells.emails("代表 info＠example.jp まで") == ["info@example.jp"]


def test_reading_becomes_hiragana():
    assert cells.reading("コマエコドモショクドウ") == "こまえこどもしょくどう"
    assert cells.reading("ｺﾏｴ") == "こまえ"


def test_first_url_ignores_words_around_it():
    assert cells.first_url("公式HP\nhttps://example.jp/a(別) https://example.jp/b") == "https://example.jp/a"
    assert cells.first_url("javascript:alert(1)") == ""


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("東京都大田区萩中2-6-13", "大田区"),
        ("大田区萩中", "大田区"),
        ("東京都西多摩郡日の出町平井", "日の出町"),
        ("千葉県市川市八幡", "市川市"),
        ("萩中2-6-13", ""),
        ("", ""),
    ],
)
def test_address_names_its_municipality(address, name):
    assert cells.municipality_in(address) == name


@given(st.text())
def test_no_cell_raises(text):
    for read in (
        cells.yen,
        cells.said,
        cells.whole_number,
        cells.phones,
        cells.emails,
        cells.first_url,
        cells.day,
    ):
        read(text)
    cells.point(text, text)
