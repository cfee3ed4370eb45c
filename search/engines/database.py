"""The embedded engine: tables in the project's own database, no service to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from ..analysis.analysed import AnalysedDocument
from ..models import IndexedCompletion, IndexedDate, IndexedDocument, IndexedKeyword
from ..plan import Plan
from ..request import SearchRequest
from ..tiles import tile_number
from .base import Answer, Cell, Cells, Completion, DocumentKey, Engine, Found, best_completions
from .bulk_rows import insert_rows
from .cells_sql import cells_statement
from .completion_sql import completion_statement
from .dialects import Dialect, current_dialect
from .sql import explain_statement, group_counts_statement, search_statement

BATCH = 500
_ROW = ("id", "type", "document_id", "title", "card", "lat", "lng")


class DatabaseEngine(Engine):
    """SQLite (FTS5) or PostgreSQL (tsvector and GIN); three queries a search."""

    name = "database"

    @property
    def dialect(self) -> Dialect:
        """Asked each time: tests and scripts switch databases."""
        return current_dialect()

    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        if plan.impossible:
            return Answer((), 0, dict.fromkeys(request.facets, ()))
        today = request.today or timezone.localdate()
        rows = _run(search_statement(plan, request, self.dialect, index=index, today=today))
        total = next(row[3] for row in rows if row[0] == "total")
        hits = sorted((row[5], row[3], row[4]) for row in rows if row[0] == "hit")
        scores = {pk: float(score) for _, pk, score in hits}
        return Answer(self._found(scores, plan, request, today), total, _facets(rows, request.facets))

    def _found(
        self, scores: Mapping[int, float], plan: Plan, request: SearchRequest, today: date
    ) -> tuple[Found, ...]:
        rows = {row["id"]: row for row in IndexedDocument.objects.filter(pk__in=list(scores)).values(*_ROW)}
        first_day = max(today, request.days[0]) if request.days else today
        days = dict(
            IndexedDate.objects.filter(document__in=list(scores), day__gte=first_day)
            .values_list("document")
            .annotate(first=Min("day"))
        )
        parts = self._parts(list(scores), plan) if request.explain and plan.groups and scores else {}
        return tuple(
            _to_found(rows[pk], score, days.get(pk), parts.get(pk, {}))
            for pk, score in scores.items()
            if pk in rows
        )

    def _parts(self, ids: list[int], plan: Plan) -> dict[int, dict[str, float]]:
        parts: dict[int, dict[str, float]] = {}
        for number, pk, score in _run(explain_statement(plan, ids, self.dialect)):
            parts.setdefault(pk, {})[plan.groups[number].surface] = float(score)
        return parts

    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        rows = dict(_run(group_counts_statement(plan, request, self.dialect, index=index)))
        return tuple(rows[number] for number in range(len(plan.groups)))

    def cells(self, plan: Plan, request: SearchRequest, *, index: str, zoom: int, limit: int) -> Cells:
        if plan.impossible:
            return Cells(0, ())
        rows = _run(cells_statement(plan, request, self.dialect, index=index, zoom=zoom, limit=limit))
        alone = [one for count, _lat, _lng, one, _total in rows if count == 1]
        cards = {row["id"]: row for row in IndexedDocument.objects.filter(pk__in=alone).values(*_ROW)}
        return Cells(
            int(rows[0][4]) if rows else 0,
            tuple(_to_cell(count, lat, lng, cards.get(one)) for count, lat, lng, one, _total in rows),
        )

    def complete(
        self, typed: str, *, index: str, types: Sequence[str] = (), limit: int = 10
    ) -> tuple[Completion, ...]:
        if not typed:
            return ()
        return best_completions(_run(completion_statement(typed, types, index=index)), limit)

    @transaction.atomic
    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        newest = {document.document.key: document for document in documents}
        self.remove(newest, index=index)
        analysed = list(newest.values())
        rows = IndexedDocument.objects.bulk_create(
            [_to_row(document, index, self.dialect) for document in analysed], batch_size=BATCH
        )
        ids = [row.pk for row in rows]
        self.dialect.add(ids, analysed)
        insert_rows(IndexedKeyword, ("document", "field", "value"), _keywords(ids, analysed))
        insert_rows(IndexedDate, ("document", "day"), _dates(ids, analysed))
        insert_rows(IndexedCompletion, ("document", "form"), _completions(ids, analysed))

    @transaction.atomic
    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        by_type: dict[str, list[str]] = {}
        for type_, id_ in keys:
            by_type.setdefault(type_, []).append(id_)
        for type_, ids in by_type.items():
            for start in range(0, len(ids), BATCH):
                self._delete(
                    list(
                        IndexedDocument.objects.filter(
                            index=index, type=type_, document_id__in=ids[start : start + BATCH]
                        ).values_list("pk", flat=True)
                    )
                )

    def _delete(self, ids: list[int]) -> None:
        if not ids:
            return
        self.dialect.forget(f"id IN ({', '.join(['%s'] * len(ids))})", ids)
        for model, column in (
            (IndexedKeyword, "document__in"),
            (IndexedDate, "document__in"),
            (IndexedCompletion, "document__in"),
            (IndexedDocument, "pk__in"),
        ):
            model._base_manager.filter(**{column: ids})._raw_delete(
                model._base_manager.db
            )  # no collector: 4 statements

    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        rows = IndexedDocument.objects.filter(index=index).values_list("type", "document_id", "fingerprint")
        for type_, id_, fingerprint in rows.iterator(chunk_size=5_000):
            yield (type_, id_), fingerprint

    def drop(self, index: str) -> None:
        while ids := list(IndexedDocument.objects.filter(index=index).values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                self._delete(ids)

    def indexes(self) -> set[str]:
        return set(IndexedDocument.objects.values_list("index", flat=True).distinct())


def _run(statement: tuple[str, list[Any]]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return list(cursor.fetchall())


def _facets(rows: list[tuple[Any, ...]], names: tuple[str, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    counts: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for kind, name, value, count, *_ in rows:
        if kind == "facet":
            counts[name].append((value, count))
    return {
        name: tuple(sorted(values, key=lambda pair: (-pair[1], pair[0]))) for name, values in counts.items()
    }


def _to_found(row: Mapping[str, Any], score: float, day: date | None, parts: Mapping[str, float]) -> Found:
    location = None if row["lat"] is None else (row["lat"], row["lng"])
    return Found(row["type"], row["document_id"], score, row["title"], row["card"], location, day, parts)


def _to_cell(count: int, lat: float, lng: float, alone: Mapping[str, Any] | None) -> Cell:
    if alone is None:
        return Cell(count, lat, lng)
    return Cell(count, lat, lng, alone["type"], alone["document_id"], alone["title"], alone["card"])


def _to_row(analysed: AnalysedDocument, index: str, dialect: Dialect) -> IndexedDocument:
    document = analysed.document
    lat, lng = document.location or (None, None)
    return IndexedDocument(
        index=index, type=document.type, document_id=document.id, fingerprint=analysed.fingerprint,
        title=document.title, title_key=analysed.title_key, sort_key=analysed.sort_key, lat=lat, lng=lng,
        tile=None if lat is None or lng is None else tile_number(lat, lng),
        verified_on=document.verified_on, card=dict(document.card), plain=analysed.plain,
        readings=analysed.readings, plain_title_end=analysed.plain.index("\n") + 1,
        readings_title_end=analysed.readings.index("\n") + 1, tokens=dialect.stored_tokens(analysed),
    )  # fmt: skip


def _keywords(ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> list[tuple[int, str, str]]:
    return [
        (pk, name, value)
        for pk, analysed in zip(ids, documents, strict=True)
        for name, values in analysed.document.keywords.items()
        for value in dict.fromkeys(value[:200] for value in values)
    ]


def _dates(ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> list[tuple[int, Any]]:
    adapt = cache(connection.ops.adapt_datefield_value)  # a year's days, over and over
    return [
        (pk, adapt(day))
        for pk, analysed in zip(ids, documents, strict=True)
        for day in sorted(set(analysed.document.dates))
    ]


def _completions(ids: Sequence[int], documents: Sequence[AnalysedDocument]) -> list[tuple[int, str]]:
    return [
        (pk, form)
        for pk, analysed in zip(ids, documents, strict=True)
        for form in dict.fromkeys(analysed.completions)
    ]
