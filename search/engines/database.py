"""The embedded engine: tables in the project's own database, no service to run. ADR 15 says how it works."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ..analysis.analysed import AnalysedDocument
from ..models import IndexedBlock, IndexedCompletion, IndexedDocument
from ..plan import Plan
from ..request import SearchRequest
from . import blocks
from .base import Answer, Cells, Completion, DocumentKey, Engine, Found, best_completions
from .bulk_rows import insert_rows, next_ids
from .cells import cells_of
from .columns import EPOCH, LAST_DAY, Columns
from .completion_sql import completion_statement
from .filtering import facets, narrowed
from .matching import Kept, Matcher, Matches, plan_tokens
from .mirror import forget_mirror, mirror_of
from .ordering import page_of
from .reading_up import read_up

BATCH = 500
_STORED = (
    "id", "index", "type", "document_id", "fingerprint", "title", "sort_key", "card", "plain", "readings",
)  # fmt: skip
_ROW = ("id", "type", "document_id", "title", "card")


class DatabaseEngine(Engine):
    """SQLite or PostgreSQL, the same way on both; three queries a search at most."""

    name = "database"
    batch = 2_000  # one block each; small ones have to be merged

    def __init__(self, seen: set[str] | None = None) -> None:
        self._seen = seen  # indexes looked at since `at_one_moment`
        self._kept: tuple[Columns, Kept] | None = None

    def at_one_moment(self) -> DatabaseEngine:
        return DatabaseEngine(set()) if self._seen is None else self

    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        if plan.impossible:
            return Answer((), 0, dict.fromkeys(request.facets, ()))
        today = request.today or timezone.localdate()
        matcher = self._matcher(plan, index)
        columns = matcher.columns
        own = [name for name in request.facets if request.filters.get(name)]
        # A facet ignores the filter on its own field: what is found is looked for once, without those filters.
        wide = matcher.match(plan, narrowed(request, columns, but=own))
        matches = wide.within(narrowed(request, columns)) if own else wide
        page = page_of(matches, request, columns, today)
        counted = facets(matches.mask(len(columns)), [n for n in request.facets if n not in own], columns)
        for name in own:
            mask = wide.within(narrowed(request, columns, but=[name])).mask(len(columns))
            counted |= facets(mask, [name], columns)
        found = _found(matches, page, plan, request, columns, today)
        return Answer(found, len(matches.places), {name: counted[name] for name in request.facets})

    def _matcher(self, plan: Plan, index: str) -> Matcher:
        seen = self._seen is not None and index in self._seen
        view = mirror_of(index).view(list(plan_tokens(plan)), look=not seen)
        if self._seen is not None:
            self._seen.add(index)
        return Matcher(view, lambda doubts: read_up(doubts, view.columns.rows), self._kept_of(view.columns))

    def _kept_of(self, columns: Columns) -> Kept | None:
        """What was found in this moment, as long as the index is the same one in the same state."""
        if self._seen is None:
            return None
        if self._kept is None or self._kept[0] is not columns:
            self._kept = columns, {}
        return self._kept[1]

    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        matcher = self._matcher(plan, index)
        return matcher.count(plan, narrowed(request, matcher.columns))

    def cells(self, plan: Plan, request: SearchRequest, *, index: str, zoom: int, limit: int) -> Cells:
        if plan.impossible:
            return Cells(0, ())
        matcher = self._matcher(plan, index)
        matches = matcher.match(plan, narrowed(request, matcher.columns))
        return cells_of(matches.places, matcher.columns, zoom=zoom, limit=limit, rows=_rows)

    def complete(
        self, typed: str, *, index: str, types: Sequence[str] = (), limit: int = 10
    ) -> tuple[Completion, ...]:
        if not typed:
            return ()
        with connection.cursor() as cursor:
            cursor.execute(*completion_statement(typed, types, index=index))
            return best_completions(cursor.fetchall(), limit)

    @transaction.atomic
    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        newest = {document.document.key: document for document in documents}
        blocks.take_turns(index)
        self.remove(newest, index=index)
        analysed = list(newest.values())
        ids = next_ids(IndexedDocument, len(analysed))
        insert_rows(
            IndexedDocument,
            _STORED,
            [_to_row(id_, item, index) for id_, item in zip(ids, analysed, strict=True)],
        )
        insert_rows(IndexedCompletion, ("document", "form"), _completions(ids, analysed))
        blocks.add(index, ids, analysed)

    @transaction.atomic
    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        blocks.take_turns(index)
        by_type: dict[str, list[str]] = {}
        for type_, id_ in keys:
            by_type.setdefault(type_, []).append(id_)
        ids: list[int] = []
        for type_, names in by_type.items():
            documents = IndexedDocument.objects.filter(index=index, type=type_)
            for start in range(0, len(names), BATCH):
                some = documents.filter(document_id__in=names[start : start + BATCH])
                ids += some.values_list("pk", flat=True)
        if ids:
            blocks.forget(index, ids)
            _delete(ids)

    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        rows = IndexedDocument.objects.filter(index=index).values_list("type", "document_id", "fingerprint")
        for type_, id_, fingerprint in rows.iterator(chunk_size=5_000):
            yield (type_, id_), fingerprint

    def drop(self, index: str) -> None:
        for block in list(IndexedBlock.objects.filter(index=index).values_list("id", flat=True)):
            with transaction.atomic():
                blocks.drop_blocks([block])
        while ids := list(IndexedDocument.objects.filter(index=index).values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                _delete(ids)
        forget_mirror(index)

    def indexes(self) -> set[str]:
        return set(IndexedDocument.objects.values_list("index", flat=True).distinct())


def _delete(ids: Sequence[int]) -> None:
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for model, column in ((IndexedCompletion, "document__in"), (IndexedDocument, "pk__in")):
            manager = model._base_manager
            manager.filter(**{column: some})._raw_delete(manager.db)  # no collector: 2 statements


def _rows(ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    return {row["id"]: row for row in IndexedDocument.objects.filter(pk__in=ids).values(*_ROW)}


def _found(
    matches: Matches, page: Any, plan: Plan, request: SearchRequest, columns: Columns, today: date
) -> tuple[Found, ...]:
    places = matches.places[page]
    rows = _rows(columns.rows[places].tolist())
    next_days = columns.next_days(max(today, request.days[0]) if request.days else today)
    return tuple(
        _to_found(
            rows[pk],
            float(matches.scores[at]),
            columns.point(place),
            _day(int(next_days[place])),
            {
                group.surface: float(part[at])
                for group, part in zip(plan.groups, matches.groups, strict=True)
                if part[at]
            }
            if request.explain and plan.groups
            else {},
        )
        for at, place, pk in zip(page.tolist(), places.tolist(), columns.rows[places].tolist(), strict=True)
        if pk in rows
    )


def _to_found(
    row: Mapping[str, Any],
    score: float,
    location: tuple[float, float] | None,
    day: date | None,
    parts: Mapping[str, float],
) -> Found:
    return Found(row["type"], row["document_id"], score, row["title"], row["card"], location, day, parts)


def _day(number: int) -> date | None:
    return None if number == LAST_DAY else date.fromordinal(number + EPOCH)


def _to_row(id_: int, analysed: AnalysedDocument, index: str) -> tuple[Any, ...]:
    document = analysed.document
    return (
        id_, index, document.type, document.id, analysed.fingerprint, document.title, analysed.sort_key,
        json.dumps(document.card, ensure_ascii=False), analysed.plain, analysed.readings,
    )  # fmt: skip


def _completions(ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> list[tuple[int, str]]:
    return [
        (pk, form)
        for pk, analysed in zip(ids, documents, strict=True)
        for form in dict.fromkeys(analysed.completions)
    ]
