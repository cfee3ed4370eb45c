"""Comparing an index with the database, and mending where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..analysis.analysed import fingerprint
from ..documents import SearchDocument
from ..engines import get_engine
from ..engines.base import DocumentKey, Engine
from ..indexing import BATCH, Progress, batches, passing_over, refresh, slices, state_of
from ..models import IndexState
from ..registry import DocumentSource, registry
from .writing import LEASE_SECONDS, writing

Read = tuple[DocumentKey, SearchDocument | None]


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
    """Compare the live index with the database, document by document.

    What differs is looked at a second time: an object that somebody changed between the two readings differs once.
    """
    engine = engine or get_engine()
    found = _differences(_indexed(engine), _all_documents(progress), ())
    if not found.keys:
        return found
    keys = frozenset(found.keys)
    return _differences(_indexed(engine, keys), _documents(keys), found.broken)


def _indexed(engine: Engine, keys: Collection[DocumentKey] | None = None) -> dict[DocumentKey, str]:
    """Fingerprints in the live index, of all documents or of these."""
    there = engine.fingerprints(index=state_of(engine).live)
    return {key: found for key, found in there if keys is None or key in keys}


def _differences(
    indexed: dict[DocumentKey, str], read: Iterable[Read], broken: Iterable[DocumentKey]
) -> Difference:
    missing: list[DocumentKey] = []
    stale: list[DocumentKey] = []
    unmade = dict.fromkeys(broken)
    for key, document in read:
        found = indexed.pop(key, None)
        if document is None:
            unmade[key] = None
        elif found is None:
            missing.append(key)
        elif found != fingerprint(document):
            stale.append(key)
    return Difference(tuple(missing), tuple(stale), tuple(indexed), tuple(unmade))


def _all_documents(progress: Progress | None) -> Iterator[Read]:
    for source in registry.sources:
        for objects in slices(source):
            yield from _made(source, objects)
            if progress is not None:
                progress(len(objects))


def _documents(keys: Collection[DocumentKey]) -> Iterator[Read]:
    for source in registry.sources:
        ids = sorted(id_ for type_, id_ in keys if type_ == source.type)
        for some in batches(ids, BATCH):
            yield from _made(source, list(source.filter_ids(source.queryset(), some)))


def _made(source: DocumentSource, objects: Sequence[Any]) -> Iterator[Read]:
    """Keys of the objects that may be found, with their documents; None where none can be made."""
    broken: list[DocumentKey] = []
    log = passing_over(source, lambda key, _error: broken.append(key))
    yield from [(document.key, document) for document in source.build_all(objects, log)]
    yield from [(key, None) for key in broken]


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
