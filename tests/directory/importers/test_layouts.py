"""Rows of the two layouts."""

import pytest

from directory.choices import FeeKind, JoinPolicy
from directory.importers.fees import fee_from_text
from directory.importers.generic import Generic
from directory.importers.joining import join_policy
from directory.importers.tables import Row
from directory.importers.tokyo_kodomo_shokudo import TokyoKodomoShokudo

OFFICIAL = {
    "全国地方公共団体コード": "132195",
    "ID": "1",
    "市区町村名": "狛江市",
    "名称": "みんなの食堂",
    "名称_カナ": "ミンナノショクドウ",
    "住所": "東京都狛江市和泉本町4-7-51",
    "方書": "地域センター",
    "緯度": "35.64514",
    "経度": "139.568013",
    "開催頻度": "5",
    "開催曜日": "土",
    "開催日": "第４土曜日",
    "開催開始時間": "11:30",
    "開催終了時間": "14:00",
    "参加費_幼児": "0",
    "参加費_大人": "300",
    "予約方法": "不要",
    "電話番号1": "03-0000-0000",
    "電話番号1_連絡先備考": "（代表）",
    "フードパントリー実施": "1 ",
    "知らない列": "残す",
}


def official(**changes):
    return TokyoKodomoShokudo().parse(Row(2, OFFICIAL | changes))


def generic(**cells):
    return Generic().parse(Row(2, cells))


def test_official_row_is_understood():
    row = official()
    assert row.errors == []
    assert row.fields["name"] == "みんなの食堂"
    assert row.fields["kana"] == "みんなのしょくどう"
    assert (row.fields["fee_infant"], row.fields["fee_adult"], row.fields["fee_kind"]) == (
        0,
        300,
        FeeKind.PAID,
    )
    assert row.fields["join_policy"] == JoinPolicy.OPEN
    assert row.categories == ["childrens_cafeteria", "food_pantry"]
    assert row.venue == {
        "name": "地域センター",
        "address": "東京都狛江市和泉本町4-7-51",
        "lat": 35.64514,
        "lng": 139.568013,
    }
    assert row.contacts == [{"role": "代表", "phone": "03-0000-0000"}]
    assert row.schedule["status"] == "parsed"
    assert row.schedule["spec"]["rules"][0]["rrule"] == "FREQ=MONTHLY;BYDAY=4SA"
    assert row.raw["知らない列"] == "残す"


@pytest.mark.parametrize("changes", [{"住所": "非公開"}, {"備考": "住所は非公開"}, {"方書": "会場は非公開"}])
def test_withheld_place_stays_withheld(changes):
    row = official(**changes)
    assert row.is_place_withheld
    assert "非公開" not in str(row.venue)
    assert "非公開" not in row.fields["description"]


def test_row_with_an_id_but_no_name_is_a_further_place():
    assert official(名称="").is_addition
    nameless = official(名称="", ID="")
    assert not nameless.is_addition
    assert nameless.errors == ["名称がありません。"]


def test_wrong_municipality_code_is_reported():
    row = official(全国地方公共団体コード="132196")
    assert row.municipality_code == ""
    assert any("132196" in warning for warning in row.warnings)


@pytest.mark.parametrize(
    ("header", "meaning"),
    [("サロン名", "name"), ("活動名", "name"), ("事業名", "name")],
)
def test_generic_headers_are_synonyms(header, meaning):
    assert generic(**{header: "ひだまり"}).fields[meaning] == "ひだまり"


def test_generic_row_is_understood():
    row = generic(
        団体名="ひだまりの会",
        サロン名="ひだまりサロン",
        会場="南烏山区民ひろば",
        所在地="南烏山6-2-19",
        開催日="第2・第4木曜",
        時間="13:30~15:30",
        参加費="100円",
        対象="高齢者",
        連絡先="佐藤 03-0000-0000",
    )
    assert row.fields["name"] == "ひだまりサロン"
    assert row.organization["name"] == "ひだまりの会"
    assert row.venue == {"name": "南烏山区民ひろば", "address": "南烏山6-2-19"}
    assert row.fields["fee_adult"] == 100
    assert row.contacts == [{"name": "", "phone": "03-0000-0000"}]
    assert row.schedule["spec"]["rules"][0]["rrule"] == "FREQ=MONTHLY;BYDAY=2TH,4TH"
    assert row.schedule["spec"]["slots"] == [["13:30", "15:30"]]


@pytest.mark.parametrize(
    ("cells", "venue"),
    [
        ({"開催場所": "世田谷区南烏山6-2-19"}, {"name": "", "address": "世田谷区南烏山6-2-19"}),
        ({"開催場所": "東京都世田谷区池尻4丁目"}, {"name": "", "address": "東京都世田谷区池尻4丁目"}),
        (
            {"開催場所": "世田谷区立烏山区民センター3階"},
            {"name": "世田谷区立烏山区民センター3階", "address": ""},
        ),
        (
            {"開催場所": "世田谷区南烏山6-2-19", "住所": "中町1-1"},
            {"name": "世田谷区南烏山6-2-19", "address": "中町1-1"},
        ),
    ],
)
def test_an_address_in_the_column_of_the_place_is_read_as_one(cells, venue):
    assert generic(名称="あ", **cells).venue == venue


def test_generic_list_of_groups_uses_the_group_as_name():
    assert generic(団体名="ひだまりの会").fields["name"] == "ひだまりの会"


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("不要", JoinPolicy.OPEN),
        ("予約不要", JoinPolicy.OPEN),
        ("電話", JoinPolicy.RESERVATION),
        ("要予約", JoinPolicy.RESERVATION),
        ("LINE", JoinPolicy.RESERVATION),
        ("", JoinPolicy.UNKNOWN),
    ],
)
def test_join_policy_from_words(text, policy):
    assert join_policy(text)[0] == policy


@pytest.mark.parametrize(
    ("text", "kind", "adult"),
    [
        ("無料", FeeKind.FREE, 0),
        ("100円", FeeKind.PAID, 100),
        ("大人300円・子ども無料", FeeKind.PAID, 300),
        ("実費", FeeKind.PAID, None),
        ("", FeeKind.UNKNOWN, None),
    ],
)
def test_fee_from_free_text(text, kind, adult):
    fields = fee_from_text(text)
    assert fields["fee_kind"] == kind
    assert fields.get("fee_adult") == adult


def test_free_for_children_alone_is_not_free():
    assert official(参加費_大人="").fields["fee_kind"] == FeeKind.UNKNOWN
    assert official(参加費_大人="0").fields["fee_kind"] == FeeKind.FREE
