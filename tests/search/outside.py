"""An engine outside the database, in memory: its writes survive a rollback, are ordered by tokens, and it can be away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from search import engines
from search.analysis.analysed import AnalysedDocument
from search.engines.base import (
    ADOPTED,
    Answer,
    Cells,
    Completion,
    DocumentKey,
    DocumentRefused,
    Engine,
    EngineUnavailable,
    Found,
)
from search.failover import breaker_of
from search.plan import Plan
from search.request import SearchRequest

Stored = dict[DocumentKey, tuple[int, AnalysedDocument | None]]


class Cluster:
    """What all handles to the engine share. `trouble(method)` runs before every call and may raise or hang."""

    def __init__(self) -> None:
        self.stored: dict[str, Stored] = {}
        self.adopted = ""
        self.calls: list[str] = []
        self.trouble: Callable[[str], object] = lambda method: None

    def away(self) -> None:
        """From now on nothing is answered."""

        def refuse(method: str) -> None:
            raise EngineUnavailable("refused")

        self.trouble = refuse

    def back(self) -> None:
        """From now on everything is answered again."""
        self.trouble = lambda method: None


class OutsideEngine(Engine):
    """`cluster` holds the state; `token` is what writes are ordered by."""

    name = "outside"
    transactional = False

    def __init__(self, cluster: Cluster, token: int = 0) -> None:
        self.cluster = cluster
        self.token = token

    def as_of(self, token: int) -> OutsideEngine:
        return OutsideEngine(self.cluster, token)

    def _called(self, method: str) -> None:
        self.cluster.calls.append(method)
        self.cluster.trouble(method)

    def _index(self, index: str) -> Stored:
        name = self.cluster.adopted if index == ADOPTED else index
        if name not in self.cluster.stored:
            raise EngineUnavailable("no such index")
        return self.cluster.stored[name]

    def titles(self, index: str = ADOPTED) -> set[str]:
        """Titles of all documents, without asking."""
        return {found.document.title for _, found in self._index(index).values() if found}

    def create(self, index: str) -> None:
        self._called("create")
        self.cluster.stored.setdefault(index, {})

    def settle(self, index: str) -> None:
        self._called("settle")

    def adopt(self, index: str) -> None:
        self._called("adopt")
        self._index(index)
        self.cluster.adopted = index

    def put(self, documents: Sequence[AnalysedDocument], *, index: str) -> None:
        self._called("put")
        if any("大きすぎる" in document.document.title for document in documents):
            raise DocumentRefused("413")
        for document in documents:
            self._write(index, document.document.key, document)

    def remove(self, keys: Iterable[DocumentKey], *, index: str) -> None:
        self._called("remove")
        for key in keys:
            self._write(index, key, None)

    def _write(self, index: str, key: DocumentKey, document: AnalysedDocument | None) -> None:
        there = self._index(index)
        if self.token >= there.get(key, (0, None))[0]:
            there[key] = self.token, document

    def fingerprints(self, *, index: str) -> Iterator[tuple[DocumentKey, str]]:
        self._called("fingerprints")
        yield from [(key, found.fingerprint) for key, (_, found) in self._index(index).items() if found]

    def drop(self, index: str) -> None:
        self._called("drop")
        self.cluster.stored.pop(index, None)

    def indexes(self) -> set[str]:
        self._called("indexes")
        return set(self.cluster.stored)

    def search(self, plan: Plan, request: SearchRequest, *, index: str) -> Answer:
        self._called("search")
        found = [
            Found(key[0], key[1], 1.0, document.document.title, document.document.card)
            for key, (_, document) in sorted(self._index(index).items())
            if document and all(group.surface in document.document.title for group in plan.groups)
        ]
        return Answer(tuple(found[: request.page_size]), len(found), dict.fromkeys(request.facets, ()))

    def count_groups(self, plan: Plan, request: SearchRequest, *, index: str) -> tuple[int, ...]:
        self._called("count_groups")
        return tuple(0 for _ in plan.groups)

    def complete(self, typed: str, *, index: str, **options: Any) -> tuple[Completion, ...]:
        self._called("complete")
        return ()

    def cells(self, plan: Any, request: Any, *, index: str, **options: Any) -> Cells:
        self._called("cells")
        return Cells(0, ())


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[OutsideEngine]:
    """The configured engine is one outside the database; nothing is in it yet. `.cluster` is what lies behind it."""
    engine = OutsideEngine(Cluster())
    ours = engines._engine
    monkeypatch.setattr(engines, "_engine", lambda name: engine if name == engine.name else ours(name))
    settings.SEARCH_ENGINE = engine.name
    breaker_of.cache_clear()
    yield engine
    engine.cluster.back()
    breaker_of.cache_clear()
