"""Keeping the index equal to the database: batches, rebuild beside the live index, comparison."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from .analysis import ANALYSIS_VERSION
from .analysis.analysed import analyse, fingerprint
from .documents import SearchDocument
from .engines import get_engine
from .engines.base import DocumentKey, Engine
from .models import IndexState, OutboxEntry
from .registry import DocumentSource, registry

BATCH = 500
ABANDONED_AFTER = timedelta(hours=6)
T = TypeVar("T")
Progress = Callable[[int], object]
OnError = Callable[[DocumentKey, Exception], object]
logger = logging.getLogger(__name__)


def state_of(engine: Engine, *, lock: bool = False) -> IndexState:
    """Which index is live. With `lock` (inside a transaction) all other writers of the index wait."""
    states = IndexState.objects.select_for_update() if lock else IndexState.objects
    state = states.filter(engine=engine.name).first()
    if state is None:
        IndexState.objects.get_or_create(
            engine=engine.name, defaults={"live": _new_name("live"), "analysis": ANALYSIS_VERSION}
        )
        state = states.get(engine=engine.name)
    return state


def index_many(
    documents: Iterable[SearchDocument],
    *,
    index: str,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> int:
    """Analyse documents and put them into `index`, `BATCH` at a time. Returns how many."""
    engine = engine or get_engine()
    count = 0
    for batch in _batches(documents, BATCH):
        engine.put([analyse(document) for document in batch], index=index)
        count += len(batch)
        if progress is not None:
            progress(len(batch))
    return count


def refresh(keys: Iterable[DocumentKey], *, index: str, engine: Engine) -> None:
    """Make `index` say about these objects what the database says now."""
    by_type: dict[str, list[str]] = {}
    for type_, id_ in dict.fromkeys(keys):
        by_type.setdefault(type_, []).append(id_)
    for type_, ids in by_type.items():
        documents = list(registry.source(type_).documents(ids))
        kept = {document.id for document in documents}
        engine.remove([(type_, id_) for id_ in ids if id_ not in kept], index=index)
        index_many(documents, index=index, engine=engine)


def count_objects() -> int:
    """How many objects a rebuild will read."""
    return sum(source.queryset().count() for source in registry.sources)


def rebuild(
    *, engine: Engine | None = None, progress: Progress | None = None, on_error: OnError | None = None
) -> int:
    """Build a new index beside the live one and swap. Search answers from the old one until the last moment.

    An object that cannot be built is passed over, logged and given to `on_error`: it must not keep all the others
    from being found.

    Changes made meanwhile are kept in the outbox (`applied`) and repeated on the new index before the swap, under
    the lock that orders index writes: nothing is lost, nothing stale survives. Returns the number of documents.
    """
    engine = engine or get_engine()
    name = _start_building(engine)
    covered = list(OutboxEntry.objects.filter(applied=False).values_list("pk", flat=True))
    try:
        count = sum(_build_source(source, name, engine, progress, on_error) for source in registry.sources)
        old = _swap(engine, name)
        _forget(covered)
    except BaseException:
        _stop_building(engine, name)
        raise
    engine.drop(old)
    return count


def _start_building(engine: Engine) -> str:
    name = _new_name("build")
    with transaction.atomic():
        state = state_of(engine, lock=True)
        OutboxEntry.objects.filter(applied=True).delete()
        leftovers = engine.indexes() - {state.live}
        state.building, state.building_since = name, timezone.now()
        state.save(update_fields=["building", "building_since"])
    for leftover in leftovers:
        if leftover.startswith(("build", "live")):
            engine.drop(leftover)
    return name


def _build_source(
    source: DocumentSource, name: str, engine: Engine, progress: Progress | None, on_error: OnError | None
) -> int:
    """Read in slices by primary key: memory stays flat and no cursor is held while others write."""
    count = 0
    for objects in _slices(source):
        documents = source.build_all(objects, _passing_over(source, on_error))
        count += index_many(documents, index=name, engine=engine)
        if progress is not None:
            progress(len(objects))
    return count


def _slices(source: DocumentSource) -> Iterator[list[Any]]:
    queryset, last = source.queryset().order_by("pk"), None
    while objects := list((queryset if last is None else queryset.filter(pk__gt=last))[:BATCH]):
        yield objects
        last = objects[-1].pk


def _passing_over(source: DocumentSource, on_error: OnError | None) -> Callable[[Any, Exception], object]:
    def log(obj: Any, error: Exception) -> None:
        key = source.type, source.get_id(obj)
        logger.error("search: no document of %s %s: %s", *key, type(error).__name__)
        if on_error is not None:
            on_error(key, error)

    return log


def _forget(covered: list[int]) -> None:
    """Rows that waited when the rebuild began: it has read their objects since."""
    for batch in _batches(covered, BATCH):
        OutboxEntry.objects.filter(pk__in=batch).delete()


@transaction.atomic
def _swap(engine: Engine, name: str) -> str:
    state = state_of(engine, lock=True)
    if state.building != name:
        raise RuntimeError(f"Another rebuild took over from {name}; run rebuild_search_index again")
    changed = OutboxEntry.objects.filter(applied=True)
    refresh(list(changed.values_list("type", "object_id")), index=name, engine=engine)
    changed.delete()
    old, state.live = state.live, name
    state.analysis, state.built = ANALYSIS_VERSION, timezone.now()
    state.building, state.building_since = "", None
    state.save()
    return old


def _stop_building(engine: Engine, name: str) -> None:
    IndexState.objects.filter(engine=engine.name, building=name).update(building="", building_since=None)
    engine.drop(name)


def is_building(state: IndexState) -> bool:
    """Whether a rebuild is under way. One that was killed hours ago is not."""
    since = state.building_since
    return bool(state.building) and since is not None and timezone.now() - since < ABANDONED_AFTER


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
    with transaction.atomic():
        live = state_of(engine, lock=True).live
        known = {source.type for source in registry.sources}
        refresh([key for key in difference.keys if key[0] in known], index=live, engine=engine)
        engine.remove([key for key in difference.keys if key[0] not in known], index=live)


def _all_documents(progress: Progress | None, on_error: OnError) -> Iterator[SearchDocument]:
    for source in registry.sources:
        for objects in _slices(source):
            yield from source.build_all(objects, _passing_over(source, on_error))
            if progress is not None:
                progress(len(objects))


def _new_name(kind: str) -> str:
    return f"{kind}-{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
