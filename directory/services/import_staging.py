"""A file on its way in: kept, its columns understood, and shown before anything is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from copy import copy
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from areas.models import Area

from ..choices import ImportState, RowDecision
from ..importers.generic import SYNONYMS, Generic
from ..importers.layouts import read_file
from ..importers.records import Layout, ParsedRow
from ..importers.tables import Row, Table, UnreadableFile, normalize_header
from ..models import ImportRow, ImportRun, ImportSource, Resource
from .import_keys import source_keys
from .import_report import ImportReport
from .import_writing import field_values
from .imports import FileImport, Outcome, parse_row

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
    source = ImportSource.objects.filter(
        municipality=municipality, headers_hash=headers_hash(table.headers)
    ).first()
    run = ImportRun(
        municipality=municipality,
        file_name=file_name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        layout=layout.name,
        encoding=table.encoding,
        source=source,
        mapping=(source.mapping if source else {}) or guessed(table.headers),
        state=ImportState.UPLOADED,
        total=len(table.rows),
        started_by=user,
    )
    run.stored_file.save("list", ContentFile(data), save=False)
    run.save()
    return run


def headers_hash(headers: list[str]) -> str:
    """The same columns in the same order: the same list, next year."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


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


def read_columns(run: ImportRun) -> tuple[list[str], list[Row]]:
    """The columns and rows of the kept file, under its own names."""
    with run.stored_file.open("rb") as stored:
        table, _layout = read_file(stored.read(), run.layout)
    return table.headers, table.rows


def read_run(run: ImportRun) -> tuple[Table, Layout]:
    """The kept file as a table, its columns named as the layout knows them."""
    with run.stored_file.open("rb") as stored:
        table, layout = read_file(stored.read(), run.layout)
    if isinstance(layout, Generic):
        names = _names(table.headers, run.mapping)
        table.rows = [
            Row(row.line, {names.get(header, header): text for header, text in row.cells.items()})
            for row in table.rows
        ]
    return table, layout


def _names(headers: list[str], mapping: dict[str, str]) -> dict[str, str]:
    """Header of the file → header the generic layout reads. A column that means what its name says keeps it."""
    own = guessed(headers)
    names: dict[str, str] = {}
    for position, header in enumerate(headers):
        meaning = mapping.get(header, UNREAD)
        if meaning == own[header]:
            names[header] = header
        elif meaning in SYNONYMS:
            names[header] = f"{normalize_header(SYNONYMS[meaning][0])}_{position}"
        else:
            names[header] = f"{_UNREAD_PREFIX}{header}"
    return names


def work_of(run: ImportRun) -> tuple[Work, Layout]:
    """All rows of the file with their keys."""
    table, layout = read_run(run)
    parsed = [parse_row(layout, row) for row in table.rows]
    return list(zip(parsed, source_keys(parsed, layout.name), strict=True)), layout


@transaction.atomic
def preview(run: ImportRun, mapping: dict[str, str], *, name: str) -> None:
    """Remember what the columns mean, do the import, take it back, and keep what it would have done."""
    headers, _rows = read_columns(run)
    run.mapping = mapping
    run.source, _made = ImportSource.objects.update_or_create(
        municipality=run.municipality,
        headers_hash=headers_hash(headers),
        defaults={"name": name[:80], "layout": run.layout, "mapping": mapping},
    )
    work, layout = work_of(run)
    report = ImportReport(
        file=run.file_name, layout=layout.name, encoding=run.encoding, municipality=run.municipality.code,
        dry_run=True, published=False, notes=[], unknown_columns=[],
    )  # fmt: skip
    trial = _Trial(run, layout, run.municipality, publish=False, user=run.started_by)
    with transaction.atomic():
        trial.apply([parsed for parsed, _key in work], report, lambda done: None)
        transaction.set_rollback(True)
    run.rows.all().delete()
    ImportRow.objects.bulk_create(trial.rows, batch_size=500)
    run.counts, run.state = report.counts, ImportState.READ
    run.save()


class _Trial(FileImport):
    """Keeps the rows in memory: what it writes is taken back."""

    def __init__(
        self, run: ImportRun, layout: Layout, municipality: Area, *, publish: bool, user: Any
    ) -> None:
        super().__init__(run, layout, municipality, publish=publish, user=user)
        self._trial_run, self._trial_layout = run, layout
        self.rows: list[ImportRow] = []
        self._before: dict[int, Resource] = {}

    def _known(self, keys: Iterable[str]) -> dict[str, Resource]:
        """Kept as they are now: an entry without a revision is itself what the import writes to."""
        found = super()._known(keys)
        self._before.update({row.pk: copy(row) for row in found.values()})
        return found

    def remember(self, outcomes: list[Outcome]) -> None:
        for parsed, _place, decision, resource in outcomes:
            known = resource if decision != RowDecision.NEW else None
            differences: list[list[str]] = []
            if decision == RowDecision.CHANGED and known is not None and not parsed.is_addition:
                before = self._before.get(known.pk, known)
                differences = differences_of(before, parsed, self._trial_layout)
                if not differences:
                    parsed.warnings.append(
                        _("変わったのは、連絡先や種類などです。登録の画面で直してください。")
                    )
            self.rows.append(
                ImportRow(
                    run=self._trial_run,
                    line=parsed.line,
                    raw=parsed.raw,
                    parsed=parsed.content(),
                    errors=parsed.errors,
                    warnings=parsed.warnings,
                    decision=decision,
                    differences=differences,
                    is_chosen=decision in (RowDecision.NEW, RowDecision.CHANGED),
                    resource=known,
                )
            )


def differences_of(resource: Resource, parsed: ParsedRow, layout: Layout) -> list[list[str]]:
    """[field in words, as it is, as it will be] for what the list says anew."""
    before = layout.parse(Row(parsed.line, resource.source_values))
    old, found = field_values(before), []
    for name, value in field_values(parsed).items():
        if old.get(name) != value:
            words = str(Resource._meta.get_field(name).verbose_name)
            found.append([words, _said(getattr(resource, name)), _said(value)])
    if before.venue != parsed.venue:
        new = " ".join(str(parsed.venue.get(key, "")) for key in ("name", "address")).strip()
        found.append([_("場所"), _said(resource.venue), new])
    if before.schedule != parsed.schedule:
        texts = [str(row.schedule.get("original_text", "")) for row in (before, parsed)]
        found.append([_("日時"), *texts])
    return found


def _said(value: Any) -> str:
    return "" if value is None else str(value)
