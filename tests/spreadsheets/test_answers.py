"""A table as a file: read again as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from spreadsheets.answers import KINDS, table_file

ROWS = [
    ["名前", "人数", "日にち", "空"],
    ["=1+1", -5, date(2026, 11, 21), None],
    ["\uff20SUM(A1)", 2.5, "あ\x00い\x1f\nう", ""],
]


def test_excel_gets_numbers_and_days_as_such_and_no_formula() -> None:
    answer = table_file(ROWS, name="list", kind="xlsx", widths=(40,))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "n"]
    assert sheet["A2"].value == "'=1+1"
    assert sheet["B2"].value == -5
    assert sheet["C2"].value.date() == date(2026, 11, 21)
    assert sheet["A3"].value == "'\uff20SUM(A1)"
    assert sheet["C3"].value == "あい\nう"  # a control character would make a file nobody can open
    assert sheet.column_dimensions["A"].width == 40


def test_csv_says_the_same_and_is_read_as_utf8() -> None:
    text = table_file(ROWS, name="list", kind="csv").content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows[1] == ["'=1+1", "-5", "2026-11-21", ""]
    assert rows[2][2] == "あい\nう"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_saved_under_its_name_and_kept_by_no_cache(kind: str) -> None:
    answer = table_file(ROWS, name="list", kind=kind)
    assert answer["Content-Disposition"] == f'attachment; filename="list.{kind}"'
    assert answer["Cache-Control"] == "no-store"


def test_another_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        table_file(ROWS, name="list", kind="ods")
