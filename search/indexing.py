"""From objects of the database to documents of an index, in batches. Who may do it when: `search.upkeep.writing`."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from django.utils import timezone

from .analysis import ANALYSIS_VERSION
from .analysis.analysed import analyse
from .documents import SearchDocument
from .engines import get_engine
from .engines.base import DocumentKey, Engine
from .models import IndexState
from .registry import DocumentSource, registry

BATCH = 500
ABANDONED_AFTER = timedelta(minutes=20)
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
            engine=engine.name, defaults={"live": new_name("live"), "analysis": ANALYSIS_VERSION}
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
    """Analyse documents and put them into `index`, a batch at a time. Returns how many."""
    engine = engine or get_engine()
    count = 0
    for batch in batches(documents, engine.batch):
        engine.put([analyse(document) for document in batch], index=index)
        count += len(batch)
        if progress is not None:
            progress(len(batch))
    return count


def refresh(keys: Iterable[DocumentKey], *, index: str, engine: Engine, pass_over: bool = False) -> None:
    """Make `index` say about these objects what the database says now.

    An object of which no document can be made raises; with `pass_over` it is logged and taken out.
    """
    by_type: dict[str, list[str]] = {}
    for type_, id_ in dict.fromkeys(keys):
        by_type.setdefault(type_, []).append(id_)
    for type_, ids in by_type.items():
        source = registry.source(type_)
        objects = list(source.filter_ids(source.queryset(), ids))
        documents = list(source.build_all(objects, passing_over(source, None) if pass_over else None))
        kept = {document.id for document in documents}
        engine.remove([(type_, id_) for id_ in ids if id_ not in kept], index=index)
        index_many(documents, index=index, engine=engine)


def count_objects() -> int:
    """How many objects a rebuild will read."""
    return sum(source.queryset().count() for source in registry.sources)


def slices(source: DocumentSource, size: int | None = None) -> Iterator[list[Any]]:
    """All objects, in slices by primary key: memory stays flat and no cursor is held while others write."""
    queryset, last = source.queryset().order_by("pk"), None
    while objects := list((queryset if last is None else queryset.filter(pk__gt=last))[: size or BATCH]):
        yield objects
        last = objects[-1].pk


def passing_over(source: DocumentSource, on_error: OnError | None) -> Callable[[Any, Exception], object]:
    """For `build_all`: log the object of which no document can be made, tell `on_error`, go on."""

    def log(obj: Any, error: Exception) -> None:
        key = source.type, source.get_id(obj)
        logger.error("search: no document of %s %s: %s", *key, type(error).__name__)
        if on_error is not None:
            on_error(key, error)

    return log


def is_building(state: IndexState) -> bool:
    """Whether a rebuild is under way. One that gave no sign of life for `ABANDONED_AFTER` is not."""
    since = state.building_since
    return bool(state.building) and since is not None and timezone.now() - since < ABANDONED_AFTER


def new_name(kind: str) -> str:
    """A name no other index has."""
    return f"{kind}-{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`; the last may be shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
