"""Take a list in: read it, place it, write it. One transaction, and the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area

from ..choices import ImportState, RowDecision
from ..importers.layouts import AUTO, read_file
from ..importers.records import Layout, ParsedRow
from ..importers.register_list import tell_repeated_codes
from ..importers.tables import Row
from ..models import ImportRow, ImportRun, ImportSource, Resource
from .import_keys import is_numbered_by_its_list, source_keys
from .import_listed import ListedUpdater
from .import_lists import NAME_LENGTH, list_called, name_of_file
from .import_placing import Placer, RowPlace, home_municipality
from .import_report import ImportReport, RowReport
from .import_updating import Updater
from .import_writing import NewRow, Writer
from .reindexing import reindex_resources

_BATCH = 500
#: What the search has to hear of; rows that say nothing new cost it nothing.
_WRITTEN = (RowDecision.NEW, RowDecision.CHANGED)

Progress = Callable[[int], object]
#: A row, where it is, what is decided about it, the entry it is about.
Outcome = tuple[ParsedRow, RowPlace | None, str, Resource | None]


def import_resources(
    data: bytes,
    *,
    file_name: str,
    municipality_code: str,
    layout_name: str = AUTO,
    list_name: str = "",
    publish: bool = False,
    dry_run: bool = False,
    user: Any = None,
    progress: Progress = lambda done: None,
) -> ImportReport:
    """Import the rows of a file as entries of the register.

    New rows become drafts awaiting review (published with `publish`); rows known from an earlier import are updated
    where the file changed, and what staff changed meanwhile stays. Rows with errors are reported and not written.
    `list_name`: what the list is called, where its numbers are its own; the name of the file unless given.
    `progress` is called with the number of rows done. Everything is written in one transaction: a crash leaves
    nothing behind. `dry_run` does all of it and takes it back. Raises `importers.tables.UnreadableFile` and
    `import_placing.UnknownMunicipality`.
    """
    table, layout = read_file(data, layout_name)
    parsed = parse_rows(layout, table.rows)
    report = ImportReport(
        file=file_name,
        layout=layout.name,
        encoding=table.encoding,
        municipality=municipality_code,
        dry_run=dry_run,
        published=publish,
        notes=table.notes,
        unknown_columns=[header for header in table.headers if header not in layout.headers],
    )
    with transaction.atomic():
        municipality = home_municipality(municipality_code, parsed)
        # One import of a municipality at a time: a second one waits, and then finds the rows of the first.
        Area.objects.select_for_update().get(pk=municipality.pk)
        run = ImportRun.objects.create(
            municipality=municipality,
            file_name=file_name[:200],
            file_hash=hashlib.sha256(data).hexdigest(),
            layout=layout.name,
            source=_source(list_name or name_of_file(file_name), municipality, layout, table.headers),
            started_by=user,
        )
        FileImport(run, layout, municipality, publish=publish, user=user).apply(parsed, report, progress)
        run.state, run.counts, run.finished_at = ImportState.APPLIED, report.counts, timezone.now()
        run.save()
        if dry_run:
            transaction.set_rollback(True)
    return report


def _source(name: str, municipality: Area, layout: Layout, headers: list[str]) -> ImportSource | None:
    if not is_numbered_by_its_list(layout.name):
        return None
    return list_called(name[:NAME_LENGTH], municipality=municipality, layout=layout.name, headers=headers)


def parse_rows(layout: Layout, rows: Iterable[Row]) -> list[ParsedRow]:
    """Rows understood, with errors where they cannot be an entry."""
    parsed = [_parse_row(layout, row) for row in rows]
    tell_repeated_codes(parsed)
    return parsed


def _parse_row(layout: Layout, row: Row) -> ParsedRow:
    parsed = layout.parse(row)
    if len(parsed.name) > 120:
        parsed.errors.append(_("名称が長すぎます(120字まで)。"))
    return parsed


class FileImport:
    """One run: rows go through in file order, entries before the further places that belong to them."""

    def __init__(
        self,
        run: ImportRun,
        layout: Layout,
        municipality: Area,
        *,
        publish: bool,
        user: Any,
        own_only: bool = False,
    ) -> None:
        """`own_only`: leave out rows of other municipalities, for which whoever imports may not work."""
        self._run = run
        self._own = _areas_of(municipality) if own_only else None
        self._layout = layout
        self._placer = Placer(municipality)
        self._writer = Writer(publish=publish, user=user)
        self._updater = Updater(layout, self._writer, publish=publish, user=user)
        self._listed = ListedUpdater(municipality, self._placer, self._writer, publish=publish, user=user)

    def apply(self, parsed: list[ParsedRow], report: ImportReport, progress: Progress) -> None:
        keys = source_keys(parsed, self._layout.name, self._run.source_id)
        for rows in self.take_in(list(zip(parsed, keys, strict=True))):
            report.rows.extend(rows)
            progress(len(rows))
        report.rows.sort(key=lambda row: row.line)

    def take_in(self, work: list[tuple[ParsedRow, str]]) -> Iterator[list[RowReport]]:
        """Rows with their keys, batch by batch: a further place finds its entry only when that was written."""
        entries = [pair for pair in work if not pair[0].is_addition]
        additions = [pair for pair in work if pair[0].is_addition]
        for batch in chain(_in_batches(entries), _in_batches(additions)):
            yield self._apply_batch(batch)

    def _apply_batch(self, batch: list[tuple[ParsedRow, str]]) -> list[RowReport]:
        known = self._known(key for parsed, key in batch if not parsed.code)
        listed = self._known_by_code([parsed.code for parsed, _key in batch if parsed.code])
        outcomes: list[Outcome] = []
        new: list[NewRow] = []
        for parsed, key in batch:
            if parsed.errors:
                outcomes.append((parsed, None, RowDecision.ERROR, None))
                continue
            if parsed.code:
                outcomes.append((parsed, None, *self._listed.update(listed.get(parsed.code), parsed)))
                continue
            place = self._placer.place(parsed)
            if self._own is not None and place.area.pk not in self._own:
                parsed.warnings.append(_("この自治体の行ではないので、取り込みません。"))
                outcomes.append((parsed, place, RowDecision.SKIPPED, None))
                continue
            source = known.get(key)
            resource = end_of(source)
            if parsed.is_addition:
                outcomes.append((parsed, place, *self._updater.add_place(parsed, place, resource)))
            elif resource is not None:
                decision = self._updater.update(resource, parsed, place, known_as=source)
                outcomes.append((parsed, place, decision, resource))
            else:
                new.append(NewRow(parsed, place, key))
        created = self._writer.create(new) if new else []
        outcomes += [
            (row.parsed, row.place, RowDecision.NEW, resource)
            for row, resource in zip(new, created, strict=True)
        ]
        self.remember(outcomes)
        written = [
            resource.pk for *_rest, decision, resource in outcomes if resource and decision in _WRITTEN
        ]
        reindex_resources(Resource.objects.filter(pk__in=written))
        return [_row_report(*outcome) for outcome in outcomes]

    def _known(self, keys: Iterable[str]) -> dict[str, Resource]:
        found = Resource.objects.filter(source_key__in=list(keys)).select_related("venue", "district")
        found = found.defer("district__boundary")
        return {resource.source_key: resource for resource in found}

    def _known_by_code(self, codes: list[str]) -> dict[str, Resource]:
        return self._listed.find(codes)

    def remember(self, outcomes: list[Outcome]) -> None:
        """Write down what became of each row."""
        ImportRow.objects.bulk_create(
            self.row(parsed, decision, resource) for parsed, _place, decision, resource in outcomes
        )

    def row(self, parsed: ParsedRow, decision: str, resource: Resource | None) -> ImportRow:
        return ImportRow(
            run=self._run,
            line=parsed.line,
            raw=parsed.raw,
            parsed=parsed.content(),
            errors=parsed.errors,
            warnings=parsed.warnings,
            decision=decision,
            differences=parsed.differences,
            resource=resource,
        )


def _areas_of(municipality: Area) -> set[int]:
    inside = Q(pk=municipality.pk) | Q(parent=municipality) | Q(parent__parent=municipality)
    return set(Area.objects.filter(inside).values_list("pk", flat=True))


def end_of(source: Resource | None) -> Resource | None:
    """The entry a row is about: where it was merged into another, that one."""
    steps = 0
    while source is not None and source.merged_into is not None and steps < 10:
        source, steps = source.merged_into, steps + 1
    return source


def _in_batches(items: list[tuple[ParsedRow, str]]) -> Iterator[list[tuple[ParsedRow, str]]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _row_report(
    parsed: ParsedRow, place: RowPlace | None, decision: str, resource: Resource | None
) -> RowReport:
    location = place.location if place else None
    return RowReport(
        line=parsed.line,
        status=str(decision),
        name=parsed.name,
        source_id=parsed.source_id,
        code=resource.code if resource else "",
        municipality=place.municipality.code or place.municipality.name if place else "",
        district=location.district.short_name if location and location.district else "",
        precision=str(location.precision) if location else "none",
        schedule=parsed.schedule.get("status", "none"),
        schedule_text=parsed.schedule.get("original_text", ""),
        errors=parsed.errors,
        warnings=parsed.warnings,
    )
