"""From a file, whatever its encoding and clutter, to a table of named cells. Pure: nothing is saved here."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from spreadsheets.cells import plain_cell

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_CELL = 10_000
#: No list has more; a sheet may claim 16,384 columns for every one of a million empty rows.
MAX_COLUMNS = 300
#: Spreadsheets are compressed: a small file may hide a huge one.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_HEADER_SEARCH_ROWS = 12
_ENCODINGS = ("utf-8-sig", "cp932")
#: What the readers of the archive, of its XML and of the sheet in it raise for a file that is none.
_BROKEN_XLSX = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class UnreadableFile(Exception):
    """The file as a whole cannot be read. The message is for people, in Japanese."""


@dataclass(frozen=True)
class Row:
    """One row: its line in the file (from 1), and its cells by normalised header."""

    line: int
    cells: dict[str, str]


@dataclass
class Table:
    """A file as a table. `notes` are title lines above the header and remarks about repairs."""

    headers: list[str]
    rows: list[Row]
    encoding: str
    notes: list[str] = field(default_factory=list)


def normalize_header(text: str) -> str:
    """A header as layouts know it: NFKC, without byte order marks, a stray leading "?", or spaces."""
    folded = unicodedata.normalize("NFKC", text).replace("\ufeff", "").replace("\u200b", "")
    return re.sub(r"\s+", "", folded).lstrip("?")


def read_table(data: bytes, known_headers: Iterable[str]) -> Table:
    """Read CSV (UTF-8 with or without BOM, cp932, UTF-16) or XLSX.

    The header is the first of the top rows that has the most names in `known_headers`; what stands above it are
    title lines. Raises `UnreadableFile` for an empty, huge, binary or headerless file.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(_("ファイルが大きすぎます(20MBまで)。分けて取り込んでください。"))
    if not data.strip():
        raise UnreadableFile(_("ファイルが空です。"))
    if data[:4] == b"PK\x03\x04":
        encoding, lines = "xlsx", _filled(_xlsx_lines(data))
    else:
        encoding, text = _decode(data)
        lines = _filled(_csv_lines(text))
    return _table(lines, encoding, {normalize_header(name) for name in known_headers})


def _filled(lines: Iterable[tuple[int, Sequence[str]]]) -> list[tuple[int, list[str]]]:
    """The lines that say something. Empty ones are dropped as they come: a small file may hold millions of them."""
    found: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            found.append((number, list(cells)))
        if len(found) > MAX_ROWS + _HEADER_SEARCH_ROWS:
            raise _too_many_rows()
    return found


def _too_many_rows() -> UnreadableFile:
    return UnreadableFile(_("行が多すぎます(5万行まで)。分けて取り込んでください。"))


def _decode(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = _ENCODINGS
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return encoding, text
    raise UnreadableFile(
        _("文字の種類がわかりません。UTF-8かShift_JISのCSV、またはExcel(.xlsx)で保存してください。")
    )


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    sample = text[:4096]
    delimiter = "\t" if sample.count("\t") > sample.count(",") else ","
    csv.field_size_limit(MAX_CELL * 10)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    started, last = 1, 1
    try:
        for cells in reader:
            yield started, cells[:MAX_COLUMNS]
            # A cell may hold line breaks: the next row begins after the last line read.
            started, last = reader.line_num + 1, started
    except csv.Error as error:
        raise _unreadable_near(started) from error
    if _is_open_quote(text, last, delimiter):
        raise _unreadable_near(last)


def _is_open_quote(text: str, line: int, delimiter: str) -> bool:
    """Does the last row, from `line` on, open a quotation mark and never close it? It swallowed all rows after it."""
    rest = "".join(io.StringIO(text, newline="").readlines()[line - 1 :])
    try:
        list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _unreadable_near(line: int) -> UnreadableFile:
    return UnreadableFile(
        _('%(line)s行目のあたりで読めなくなりました。引用符(")の閉じ忘れなどがないか見てください。')
        % {"line": line}
    )


def _xlsx_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(_("ファイルの中身が大きすぎます。"))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
            yield number, _without_tail([_cell_text(value) for value in cells])
    except _BROKEN_XLSX as error:
        raise UnreadableFile(
            _("Excelのファイルとして読めません。壊れていないか確かめてください。")
        ) from error


def _without_tail(cells: list[str]) -> list[str]:
    """`cells` up to the last that says something: a sheet is as wide as the widest thing ever written in it."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_text(value: object) -> str:
    """A spreadsheet's value as its user sees it: 100 rather than 100.0, 13:00 rather than 13:00:00."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", text)


def _table(lines: list[tuple[int, list[str]]], encoding: str, known: set[str]) -> Table:
    if not lines:
        raise UnreadableFile(_("ファイルが空です。"))
    scores = [
        sum(normalize_header(cell) in known for cell in cells)
        for _number, cells in lines[:_HEADER_SEARCH_ROWS]
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] == 0:
        raise UnreadableFile(
            _("見出しの行が見つかりません。「名称」「住所」「開催日」などの見出しを1行目に入れてください。")
        )
    headers = _unique([normalize_header(cell) for cell in lines[best][1]])
    notes = [" ".join(cell.strip() for cell in cells if cell.strip()) for _number, cells in lines[:best]]
    if len(lines) - best - 1 > MAX_ROWS:
        raise _too_many_rows()
    rows = [Row(number, _named(headers, cells)) for number, cells in lines[best + 1 :]]
    return Table(headers=headers, rows=rows, encoding=encoding, notes=notes)


def _unique(headers: list[str]) -> list[str]:
    """Two columns of one name, or without a name, stay apart: nothing in the file is lost."""
    result: list[str] = []
    for position, header in enumerate(headers, start=1):
        name = found = header or f"列{position}"
        number = 1
        while found in result:  # also where a column is really called 備考_2
            number += 1
            found = f"{name}_{number}"
        result.append(found)
    return result


def _named(headers: list[str], cells: list[str]) -> dict[str, str]:
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    named = {header: _content(value) for header, value in zip(headers, padded, strict=False)}
    for position, extra in enumerate(padded[len(headers) :], start=len(headers) + 1):
        if extra.strip():
            named[f"列{position}"] = _content(extra)
    return named


def _content(cell: str) -> str:
    """What a cell says: without the apostrophe that keeps spreadsheets from calculating with it."""
    return plain_cell(cell.strip()).strip()[:MAX_CELL]
