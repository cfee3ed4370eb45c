"""A table as the answer to a request: an Excel file or a CSV file to save."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.http import HttpResponse
from openpyxl.utils import get_column_letter

from .cells import safe_cell, without_controls

#: What a table is offered as: the ending is also what the address asks for.
KINDS = ("xlsx", "csv")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: Without it spreadsheets in Japan read UTF-8 as Shift_JIS.
_BOM = "\ufeff"
_WIDE = 24


def table_file(
    rows: Iterable[Sequence[Any]], *, name: str, kind: str, widths: Sequence[int] = (_WIDE,)
) -> HttpResponse:
    """`rows` as a file called `name` with the ending `kind`, one of `KINDS`. Numbers and days stay what they are.

    `widths` are those of the first columns of an Excel sheet, in letters. Raises `KeyError` for another `kind`.
    """
    plain = ([_cell(value) for value in row] for row in rows)
    content = _xlsx(plain, widths) if kind == "xlsx" else _csv(plain)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | dt.date | dt.time):
        return value
    return safe_cell(without_controls(str(value)))


def _xlsx(rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> bytes:
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO(newline="")
    out.write(_BOM)
    csv.writer(out).writerows(rows)
    return out.getvalue()
