"""Files as people save them."""

import io

import pytest
from openpyxl import Workbook

from directory.importers import municipality_codes
from directory.importers.layouts import read_file
from directory.importers.tables import MAX_BYTES, UnreadableFile, read_table

KNOWN = {"名称", "住所", "開催日"}
TEXT = "名称,住所,開催日\nひだまり,南烏山6,第2木曜\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_usual_encoding_is_read(encoding):
    table = read_table(TEXT.encode(encoding), KNOWN)
    assert table.headers == ["名称", "住所", "開催日"]
    assert table.rows[0].cells == {"名称": "ひだまり", "住所": "南烏山6", "開催日": "第2木曜"}


def test_spreadsheet_is_read_whatever_its_name_ends_in():
    book = Workbook()
    for row in (["名称", "住所", "定員"], ["ひだまり", "南烏山6", 30]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    table = read_table(stream.getvalue(), KNOWN)
    assert table.encoding == "xlsx"
    assert table.rows[0].cells["定員"] == "30"


@pytest.mark.parametrize("first", ["\ufeff\ufeff名称", "?名称", "\ufeff?名称", " 名 称 ", "名称"])
def test_broken_first_header_is_repaired(first):
    table = read_table(TEXT.replace("名称", first, 1).encode(), KNOWN)
    assert table.headers[0] == "名称"


def test_title_lines_above_the_header_are_kept_as_notes():
    table = read_table(f"令和8年度 サロン一覧,,\n\n{TEXT}".encode(), KNOWN)
    assert table.notes == ["令和8年度 サロン一覧"]
    assert table.rows[0].line == 4


def test_line_numbers_count_line_breaks_inside_cells():
    data = '名称,住所\n"ひだ\nまり",南烏山\nあおぞら,粕谷\n'
    assert [row.line for row in read_table(data.encode(), KNOWN).rows] == [2, 4]


def test_unknown_double_and_surplus_columns_are_kept():
    table = read_table("名称,メモ,メモ,\nひだまり,あ,い,う,え\n".encode(), KNOWN)
    assert table.rows[0].cells == {"名称": "ひだまり", "メモ": "あ", "メモ_2": "い", "列4": "う", "列5": "え"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n ",
        b"a,b\n1,2\n",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04broken",
        b"\xff\xfe\x00",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_list_is_refused_in_words(data):
    with pytest.raises(UnreadableFile, match=r"[ぁ-ん]"):
        read_table(data, KNOWN)


def test_layout_is_told_by_its_own_columns():
    official = "名称,開催開始時間,参加費_幼児,学区\nひだまり,10:00,0,\n"
    assert read_file(official.encode())[1].name == "tokyo-kodomo-shokudo"
    assert read_file(TEXT.encode())[1].name == "generic"
    with pytest.raises(UnreadableFile):
        read_file(TEXT.encode(), "no-such-layout")


@pytest.mark.parametrize(
    ("text", "code", "repaired"),
    [
        ("131121", "131121", False),
        ("13112", "131121", True),
        ("１３１１２１", "131121", False),
        ("011002", "011002", False),
        ("11002", "011002", True),
        ("132196", "", False),
        ("", "", False),
        ("東京", "", False),
    ],
)
def test_municipality_codes_are_repaired_by_their_check_digit(text, code, repaired):
    assert municipality_codes.repair(text) == (code, repaired)
