"""A file on its way in: kept, and its columns understood."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from areas.models import Area

from ..choices import ImportState
from ..importers.generic import SYNONYMS, Generic
from ..importers.layouts import read_file
from ..importers.records import Layout, ParsedRow
from ..importers.tables import Row, Table, UnreadableFile, normalize_header
from ..models import ImportRun, ImportSource
from .import_keys import is_numbered_by_its_list, source_keys
from .import_lists import SAMPLE, likely_list, remembered_mapping
from .imports import parse_rows

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
#: A column nobody needs: kept as it stands, not read.
UNREAD = "-"
_UNREAD_PREFIX = "読まない列:"

Work = list[tuple[ParsedRow, str]]


def take_file(data: bytes, *, file_name: str, municipality: Area, user: Any) -> ImportRun:
    """Keep a file and what is known of its columns. Raises `UnreadableFile` with words for people."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(_("ファイルが大きすぎます(10MBまで)。分けて取り込んでください。"))
    table, layout = read_file(data)
    if len(table.rows) > MAX_ROWS:
        raise UnreadableFile(_("行が多すぎます(2万行まで)。分けて取り込んでください。"))
    mapping = remembered_mapping(municipality, table.headers) or guessed(table.headers)
    run = ImportRun(
        municipality=municipality,
        file_name=file_name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        layout=layout.name,
        encoding=table.encoding,
        source=_likely_source(table, layout, mapping, municipality=municipality, file_name=file_name),
        mapping=mapping,
        state=ImportState.UPLOADED,
        total=len(table.rows),
        started_by=user,
    )
    run.stored_file.save("list", ContentFile(data), save=False)
    run.save()
    return run


def _likely_source(
    table: Table, layout: Layout, mapping: dict[str, str], *, municipality: Area, file_name: str
) -> ImportSource | None:
    if not is_numbered_by_its_list(layout.name):
        return None
    rows = _renamed(table.headers, table.rows[:SAMPLE], mapping)
    parsed = parse_rows(layout, rows)
    return likely_list(parsed, municipality=municipality, layout=layout.name, file_name=file_name)


def guessed(headers: list[str]) -> dict[str, str]:
    """Header of the file → meaning, by its name; `UNREAD` where nobody knows it."""
    known = {normalize_header(word): meaning for meaning, words in SYNONYMS.items() for word in words}
    return {
        header: known.get(header) or known.get(re.sub(r"[(_].*$", "", header), UNREAD) for header in headers
    }


def same_file(run: ImportRun) -> ImportRun | None:
    """An earlier run of the very same file that was taken in."""
    earlier = ImportRun.objects.filter(
        file_hash=run.file_hash, municipality=run.municipality, state=ImportState.APPLIED
    )
    return earlier.exclude(pk=run.pk).order_by("-created_at").first()


class FileGone(UnreadableFile):
    """The kept file is there no more."""


def _read_again(run: ImportRun) -> tuple[Table, Layout]:
    """The kept file. Raises `FileGone`, and `UnreadableFile` where it was damaged since."""
    try:
        with run.stored_file.open("rb") as stored:
            data = stored.read()
    except (OSError, ValueError) as error:
        raise FileGone(
            _("アップロードしたファイルが、もうありません。もう一度取り込んでください。")
        ) from error
    return read_file(data, run.layout)


def read_columns(run: ImportRun) -> tuple[list[str], list[Row]]:
    """The columns and rows of the kept file, under its own names. Raises `UnreadableFile`."""
    table, _layout = _read_again(run)
    return table.headers, table.rows


def read_run(run: ImportRun) -> tuple[Table, Layout]:
    """The kept file as a table, its columns named as the layout knows them. Raises `UnreadableFile`."""
    table, layout = _read_again(run)
    if isinstance(layout, Generic):
        table.rows = _renamed(table.headers, table.rows, run.mapping)
    return table, layout


def _renamed(headers: list[str], rows: list[Row], mapping: dict[str, str]) -> list[Row]:
    names = _names(headers, mapping)
    return [
        Row(row.line, {names.get(header, header): text for header, text in row.cells.items()}) for row in rows
    ]


def _names(headers: list[str], mapping: dict[str, str]) -> dict[str, str]:
    """Header of the file → header the generic layout reads. A column that means what its name says keeps it."""
    own = guessed(headers)
    names: dict[str, str] = {}
    for position, header in enumerate(headers):
        meaning = mapping.get(header, UNREAD)
        if meaning == own[header]:
            names[header] = header
        elif meaning in SYNONYMS:
            names[header] = (
                f"{normalize_header(SYNONYMS[meaning][0])}_列{position}"  # no column of the file is called so
            )
        else:
            names[header] = f"{_UNREAD_PREFIX}{header}"
    return names


def work_of(run: ImportRun) -> tuple[Work, Layout]:
    """All rows of the file with their keys."""
    table, layout = read_run(run)
    parsed = parse_rows(layout, table.rows)
    return list(zip(parsed, source_keys(parsed, layout.name, run.source_id), strict=True)), layout
