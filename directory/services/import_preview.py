"""What an import would do, before anything is written: done portion by portion, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from ..choices import ImportState, RowDecision
from ..importers.records import Layout
from ..models import ImportRow, ImportRun, ImportSource, Resource
from .import_lists import headers_hash
from .import_staging import Work, work_of
from .imports import FileImport, Outcome

#: Rows of one portion: what holds the database, and what a kill can cost.
PORTION = 200
_WAITING = (ImportState.UPLOADED, ImportState.READ)


@transaction.atomic
def begin_preview(
    run: ImportRun, mapping: dict[str, str], *, source: ImportSource | None, headers: list[str], total: int
) -> bool:
    """Remember which list `run`, with its `total` rows, is of, and what its columns mean. False where somebody else is
    at it. `source` is None for layouts that need none."""
    if source is not None:
        source.headers_hash, source.mapping = headers_hash(headers), mapping
        source.save()
    moved = ImportRun.objects.filter(pk=run.pk, state__in=_WAITING).update(
        state=ImportState.READING, mapping=mapping, source=source, done=0, total=total, problem="", counts={}
    )
    if moved:
        run.rows.all().delete()
    return bool(moved)


def preview_rows(pk: int) -> None:
    """Try every row that was not tried yet. Running it again goes on where it stopped. Raises `UnreadableFile`."""
    run = ImportRun.objects.select_related("municipality").filter(pk=pk, state=ImportState.READING).first()
    if run is None:
        return
    work, layout = work_of(run)
    for portion in _portions(work):
        with transaction.atomic():
            _try(run, layout, portion)
    found = run.rows.order_by().values_list("decision").annotate(n=Count("pk"))
    counts = dict.fromkeys(RowDecision.values, 0) | dict(found)
    ImportRun.objects.filter(pk=pk, state=ImportState.READING).update(
        state=ImportState.READ, counts=counts, done=0
    )


def _portions(work: Work) -> Iterator[Work]:
    """Further places go with their entries: what one portion tried is not there any more in the next."""
    order: dict[str, int] = {}
    for _parsed, key in work:
        order.setdefault(key, len(order))
    together = sorted(work, key=lambda pair: (order[pair[1]], pair[0].is_addition))
    portion: Work = []
    for _key, rows in groupby(together, key=lambda pair: pair[1]):
        portion += rows
        if len(portion) >= PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _try(run: ImportRun, layout: Layout, portion: Work) -> None:
    # One at a time: two workers with the same run see each other's rows here.
    ImportRun.objects.select_for_update().get(pk=run.pk)
    lines = [parsed.line for parsed, _key in portion]
    tried = set(run.rows.filter(line__in=lines).values_list("line", flat=True))
    todo = [pair for pair in portion if pair[0].line not in tried]
    if todo:
        trial = _Trial(run, layout, run.municipality, publish=False, user=run.started_by)
        with transaction.atomic():
            list(trial.take_in(todo))
            transaction.set_rollback(True)
        ImportRow.objects.bulk_create(trial.rows_to_keep(), batch_size=500)
    ImportRun.objects.filter(pk=run.pk).update(done=run.rows.count())


class _Trial(FileImport):
    """Keeps the rows in memory: what it writes is taken back."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options, own_only=True)
        self._rows: list[ImportRow] = []

    def remember(self, outcomes: list[Outcome]) -> None:
        for parsed, _place, decision, resource in outcomes:
            if decision == RowDecision.CHANGED and not parsed.is_addition and not parsed.differences:
                parsed.warnings.append(_("変わったのは、連絡先や種類などです。登録の画面で直してください。"))
            row = self.row(parsed, decision, resource)
            row.is_chosen = decision in (RowDecision.NEW, RowDecision.CHANGED)
            self._rows.append(row)

    def rows_to_keep(self) -> list[ImportRow]:
        """After all was taken back: without what was there for a moment only."""
        keys = {row.resource_id for row in self._rows if row.resource_id}
        there = set(Resource.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for row in self._rows:
            if row.resource_id not in there:
                row.resource = None
        return self._rows
