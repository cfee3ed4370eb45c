"""The same words asked of Wagtail's own database search. Import this only to measure: it defines a model.

The model has no migration and stands in no other process; its table is made in the scratch database.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import OperationalError, connection, models
from modelsearch import index
from modelsearch.backends.database import SearchBackend

from ..documents import SearchDocument
from .measuring import Times, summary, timed

LIMIT_SECONDS = 10.0
BATCH = 500


class StockEntry(index.Indexed, models.Model):
    """A document as a model that Wagtail indexes: title above body."""

    title = models.TextField()
    body = models.TextField()
    search_fields = (index.SearchField("title", boost=2), index.SearchField("body"))

    class Meta:
        managed = False
        app_label = "search"

    def __str__(self) -> str:
        return self.title


class Stock:
    """Wagtail's backend for the database in use, over the scratch database."""

    def __init__(self) -> None:
        with connection.schema_editor() as editor:
            editor.create_model(StockEntry)
        self.backend = SearchBackend({})

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Write and index; then have the database count, so that it plans well."""
        rows: list[StockEntry] = []
        for document in documents:
            body = "\n".join((document.category, document.place, document.body))
            rows.append(StockEntry(title=document.title, body=body))
            if len(rows) == BATCH:
                self._write(rows)
                rows = []
        self._write(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _write(self, rows: list[StockEntry]) -> None:
        saved = StockEntry.objects.bulk_create(rows)
        if saved:
            self.backend.get_index_for_model(StockEntry).add_items(StockEntry, saved)

    def ask(self, words: str) -> None:
        """Top 20 and how many there are."""
        found = self.backend.search(words, StockEntry.objects.all())
        list(found[:20])
        found.count()

    def measure(self, questions: Iterable[str]) -> Times:
        """Times of these questions; each is cut off at `LIMIT_SECONDS`."""
        times: list[tuple[float, float]] = []
        for words in questions:
            _interrupt_at(time.perf_counter() + LIMIT_SECONDS)
            times += timed(self._ask_or_stop, [words])
        _interrupt_at(None)
        return summary(times, sum(wall >= LIMIT_SECONDS * 1000 for wall, _cpu in times))

    def _ask_or_stop(self, words: str) -> None:
        with suppress(OperationalError):
            self.ask(words)


def _interrupt_at(moment: float | None) -> None:
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.set_progress_handler(None if moment is None else lambda: int(time.perf_counter() > moment), 10_000)
