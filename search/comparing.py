"""Comparing an index with the database, and mending where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from .analysis.analysed import fingerprint
from .documents import SearchDocument
from .engines import get_engine
from .engines.base import DocumentKey, Engine
from .indexing import BATCH, OnError, Progress, batches, passing_over, refresh, slices, state_of
from .models import IndexState
from .registry import registry
from .writing import LEASE_SECONDS, writing


@dataclass(frozen=True, slots=True)
class Difference:
    """Where index and database disagree, by document key. Of `broken` objects no document can be made."""

    missing: tuple[DocumentKey, ...]
    stale: tuple[DocumentKey, ...]
    surplus: tuple[DocumentKey, ...]
    broken: tuple[DocumentKey, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.keys or self.broken)

    @property
    def keys(self) -> tuple[DocumentKey, ...]:
        """All that can be repaired."""
        return self.missing + self.stale + self.surplus


def compare(*, engine: Engine | None = None, progress: Progress | None = None) -> Difference:
    """Compare the live index with the database, document by document."""
    engine = engine or get_engine()
    indexed = dict(engine.fingerprints(index=state_of(engine).live))
    missing: list[DocumentKey] = []
    stale: list[DocumentKey] = []
    broken: list[DocumentKey] = []
    for document in _all_documents(progress, lambda key, _error: broken.append(key)):
        found = indexed.pop(document.key, None)
        if found is None:
            missing.append(document.key)
        elif found != fingerprint(document):
            stale.append(document.key)
    for key in broken:
        indexed.pop(key, None)
    return Difference(tuple(missing), tuple(stale), tuple(indexed), tuple(broken))


def repair(difference: Difference, *, engine: Engine | None = None) -> None:
    """Make the live index right where `difference` says it is not."""
    engine = engine or get_engine()
    with writing(engine, patience=2 * LEASE_SECONDS) as write:
        for keys in batches(difference.keys, BATCH):
            write(partial(_refresh, keys), lambda _state: None)


def _refresh(keys: list[DocumentKey], engine: Engine, state: IndexState) -> None:
    known = {source.type for source in registry.sources}
    refresh([key for key in keys if key[0] in known], index=state.live, engine=engine)
    engine.remove([key for key in keys if key[0] not in known], index=state.live)


def _all_documents(progress: Progress | None, on_error: OnError) -> Iterator[SearchDocument]:
    for source in registry.sources:
        for objects in slices(source):
            yield from source.build_all(objects, passing_over(source, on_error))
            if progress is not None:
                progress(len(objects))
