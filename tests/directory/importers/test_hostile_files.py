"""Files that are broken, or made to break: a sentence for people, and no memory eaten."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from directory.importers.fees import fee_from_text
from directory.importers.tables import MAX_ROWS, UnreadableFile, read_table

HEADERS = ["名称", "住所"]


def workbook(change: Callable[[str, bytes], bytes]) -> bytes:
    """A sheet with one row, every part of its archive passed through `change`."""
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(["あおぞら", "烏山1-1"])
    whole, changed = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return changed.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("left", [0, 40])
def test_a_workbook_cut_off_inside_is_unreadable_not_a_crash(part: str, left: int) -> None:
    data = workbook(lambda name, content: content[:left] if name == part else content)
    with pytest.raises(UnreadableFile, match="Excel"):
        read_table(data, HEADERS)


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_says_something() -> None:
    def far(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD20000"', content)
        cell = b'<row r="20000"><c r="A20000" t="inlineStr"><is><t>last</t></is></c></row></sheetData>'
        return content.replace(b"</sheetData>", cell)

    rows = read_table(workbook(far), HEADERS).rows
    assert [(row.line, row.cells) for row in rows] == [
        (2, {"名称": "あおぞら", "住所": "烏山1-1"}),
        (20000, {"名称": "last", "住所": ""}),
    ]


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest_in_silence() -> None:
    text = '名称,住所\nあおぞら,烏山\n"ひまわり,烏山\nすみれ,烏山\n'
    with pytest.raises(UnreadableFile, match="3行目"):
        read_table(text.encode(), HEADERS)


def test_loose_but_closed_quotation_marks_are_read() -> None:
    text = '名称,住所\n"あお"ぞら,烏山\n"ひま\nわり",烏山\n'
    assert [row.cells["名称"] for row in read_table(text.encode(), HEADERS).rows] == [
        "あおぞら",
        "ひま\nわり",
    ]


def test_one_row_more_than_may_be_is_refused() -> None:
    head = "名称,住所\n"
    assert len(read_table((head + "あ,い\n" * MAX_ROWS).encode(), HEADERS).rows) == MAX_ROWS
    with pytest.raises(UnreadableFile, match="5万行"):
        read_table((head + "あ,い\n" * (MAX_ROWS + 1)).encode(), HEADERS)


@pytest.mark.parametrize("text", ["大人,円", "大人、,円・子ども,円", "大人99999999999999999999円"])
def test_an_amount_that_is_none_stays_words(text: str) -> None:
    fields = fee_from_text(text)
    assert "fee_adult" not in fields
    assert fields["fee_note"] == text
