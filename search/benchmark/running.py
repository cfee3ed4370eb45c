"""One measurement of one engine: fill an index of its own, ask everything, drop the index."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..analysis.normalise import compact
from ..engines.base import Engine
from ..indexing import index_many
from ..maps import cells_of_index
from ..planning import make_plan
from ..services import search_index
from ..understanding import understand
from ..vocabulary import Vocabulary
from .documents import Town
from .measuring import peak_memory_mb, summary, timed
from .questions import Question

MAP_CELLS = 200
Progress = Callable[[int], object]


class Run:
    """Asks an engine as the site would, understanding included."""

    def __init__(self, engine: Engine, town: Town, documents: int, progress: Progress | None = None) -> None:
        self.engine = engine
        self.town = town
        self.documents = documents
        self.progress = progress
        self.index = f"scratch-{secrets.token_hex(6)}"

    def measure(self, questions: Sequence[Question], size: Callable[[], float]) -> dict[str, Any]:
        """Figures of the engine. `first` asks words it has never met, `again` the same questions once more."""
        before = size()
        try:
            self.engine.create(self.index)
            started, cpu = time.perf_counter(), time.process_time()
            index_many(
                self.town.documents(self.documents),
                index=self.index,
                engine=self.engine,
                progress=self.progress,
            )
            self.engine.settle(self.index)
            seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
            memory, megabytes = peak_memory_mb(), round(size() - before, 1)
            started = time.perf_counter()
            self._search(Question("browse"))
            opened = (time.perf_counter() - started) * 1000
            return {
                "documents_per_second": round(self.documents / seconds, 1),
                "documents_per_cpu_second": round(self.documents / cpu, 1),
                "index_mb": megabytes,
                "memory_mb": {"after_indexing": memory, "after_questions": None},
                "opening_ms": round(opened, 1),
                "first": self._times(questions),
                "again": self._times(questions),
            } | {"memory_mb": {"after_indexing": memory, "after_questions": peak_memory_mb()}}
        finally:
            self.engine.drop(self.index)

    def _times(self, questions: Sequence[Question]) -> dict[str, Any]:
        asks = {"complete": self._complete, "map": self._map}
        kinds = dict.fromkeys(question.kind for question in questions)
        times = {
            kind: summary(
                timed(asks.get(kind, self._search), [q for q in questions if q.kind == kind])
            ).as_dict()
            for kind in kinds
        }
        return times | {"words, engine alone": summary(self._alone(questions)).as_dict()}

    def _alone(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        """Only what the engine does for the words: what raw FTS5 is compared with."""
        asked = [question for question in questions if question.kind == "words"]
        plans = [(make_plan(understand(q.request.text, Vocabulary())), q.request) for q in asked]
        return timed(lambda pair: self.engine.search(*pair, index=self.index), plans)

    def _search(self, question: Question) -> None:
        search_index(question.request, engine=self.engine, index=self.index, vocabulary=self.town.vocabulary)

    def _complete(self, question: Question) -> None:
        self.engine.complete(compact(question.typed), index=self.index)

    def _map(self, question: Question) -> None:
        cells_of_index(
            question.request, zoom=question.zoom, limit=MAP_CELLS, engine=self.engine, index=self.index,
            vocabulary=self.town.vocabulary,
        )  # fmt: skip
