"""Building a new index beside the live one. Search answers from the old one until the last moment.

What changes meanwhile is applied to the live index as always, and its outbox rows are kept (`applied`). They are
repeated on the new index before the swap, in the order that `search.upkeep.writing` gives all writes: nothing is lost, nothing
stale survives. The swap is one short transaction; from its commit on, the database says which index is the live one.
An engine outside the database follows by `adopt`, which the worker repeats (`search.upkeep.worker`): a process killed between
the two leaves the old index asked for some seconds more, never none.

Killed before the swap, it leaves the live index as it was; the half-built one is dropped by the next rebuild. Rows are
kept for it until its `building_since`, renewed with every slice, is `ABANDONED_AFTER` old; one that was stopped for
longer than half of that gives up by itself, because its rows may be gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone

from ..analysis import ANALYSIS_VERSION
from ..engines import get_engine
from ..engines.base import Engine
from ..indexing import (
    ABANDONED_AFTER,
    BATCH,
    OnError,
    Progress,
    batches,
    index_many,
    is_building,
    new_name,
    passing_over,
    refresh,
    slices,
    state_of,
)
from ..models import IndexState, OutboxEntry
from ..registry import DocumentSource, registry
from .writing import LEASE_SECONDS, LeaseLost, Write, token_of, writing

LINGER = 5.0  # seconds after the swap in which a search that began before it may still read the old index
ATTEMPTS = 5


class RebuildTakenOver(RuntimeError):
    """Another rebuild began, or this one stood still too long; the live index is as it was."""


class RebuildUnderWay(RuntimeError):
    """Another rebuild is building just now."""


def rebuild(
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    on_error: OnError | None = None,
    linger: float = 0.0,
    join: bool = False,
) -> int:
    """Build, swap, drop the old index after `linger` seconds. Returns the number of documents.

    An object that cannot be built is passed over, logged and given to `on_error`: it must not keep all the others
    from being found. A rebuild that is under way is taken over; with `join` it is left alone (RebuildUnderWay).
    """
    engine = engine or get_engine()
    name, token = _start_building(engine, join)
    covered = list(OutboxEntry.objects.filter(engine=engine.name, applied=False).values_list("pk", flat=True))
    builder = engine.as_of(token)
    try:
        builder.create(name)
        build = partial(_build_source, name=name, engine=builder, progress=progress, on_error=on_error)
        count = sum(build(source) for source in registry.sources)
        builder.settle(name)
        with writing(engine, patience=2 * LEASE_SECONDS) as write:
            old = _swap_patiently(write, engine, name)
            engine.adopt(name)
    except BaseException:
        _stop_building(engine, name)
        raise
    _forget(covered)
    _drop_later(engine, old, linger)
    return count


def _start_building(engine: Engine, join: bool) -> tuple[str, int]:
    """The name of the new index and the token of its first writes, lower than those of all that follow."""
    # Listed before the live one is looked up: an index that becomes live later is not among the leftovers.
    there = engine.indexes()
    name = new_name("build")
    with transaction.atomic():
        state = state_of(engine, lock=True)
        if join and is_building(state):
            raise RebuildUnderWay
        OutboxEntry.objects.filter(engine=engine.name, applied=True).delete()
        state.building, state.building_since = name, timezone.now()
        state.save(update_fields=["building", "building_since"])
    for leftover in there - {state.live}:
        if leftover.startswith(("build", "live")):
            engine.drop(leftover)
    return name, token_of(state.writer_until)


def _build_source(
    source: DocumentSource,
    *,
    name: str,
    engine: Engine,
    progress: Progress | None,
    on_error: OnError | None,
) -> int:
    count = 0
    for objects in slices(source, engine.batch):
        _still_building(engine, name)
        documents = source.build_all(objects, passing_over(source, on_error))
        count += index_many(documents, index=name, engine=engine)
        if progress is not None:
            progress(len(objects))
    return count


def _still_building(engine: Engine, name: str) -> None:
    now = timezone.now()
    mine = IndexState.objects.filter(
        engine=engine.name, building=name, building_since__gt=now - ABANDONED_AFTER / 2
    )
    if not mine.update(building_since=now):
        raise RebuildTakenOver(f"Another rebuild took over from {name}; run rebuild_search_index again")


def _swap_patiently(write: Write, engine: Engine, name: str) -> str:
    for _attempt in range(ATTEMPTS):
        try:
            return _repeat_and_swap(write, engine, name)
        except LeaseLost:
            continue
    raise RebuildTakenOver(f"Other writers kept {name} from becoming the live index; run it again")


def _repeat_and_swap(write: Write, engine: Engine, name: str) -> str:
    """Repeat what changed meanwhile, batch by batch; the last batch and the swap are one. Returns the old index."""
    old = ""
    while not old:
        _still_building(engine, name)
        old = _repeat_batch(write, engine, name)
    return old


def _repeat_batch(write: Write, engine: Engine, name: str) -> str:
    """The name of the index that was live until now; "" while there is more to repeat."""
    changed: list[OutboxEntry] = []
    old: list[str] = []

    def work(bounded: Engine, _state: IndexState) -> None:
        changed.extend(OutboxEntry.objects.filter(engine=engine.name, applied=True).order_by("pk")[:BATCH])
        keys = [(entry.type, entry.object_id) for entry in changed]
        refresh(keys, index=name, engine=bounded, pass_over=True)
        bounded.settle(name)

    def finish(state: IndexState) -> None:
        if state.building != name or not is_building(state):
            raise RebuildTakenOver(f"Another rebuild took over from {name}; run rebuild_search_index again")
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in changed]).delete()
        if not OutboxEntry.objects.filter(engine=engine.name, applied=True).exists():
            old.append(_swap(state, name))

    write(work, finish)
    return old[0] if old else ""


def _swap(state: IndexState, name: str) -> str:
    old, state.live = state.live, name
    state.analysis, state.built = ANALYSIS_VERSION, timezone.now()
    state.building, state.building_since = "", None
    state.save(update_fields=["live", "analysis", "built", "building", "building_since"])
    return old


def _forget(covered: list[int]) -> None:
    """Rows that waited when the rebuild began: it has read their objects since."""
    for batch in batches(covered, BATCH):
        OutboxEntry.objects.filter(pk__in=batch).delete()


def _stop_building(engine: Engine, name: str) -> None:
    """After a failure. An index that became the live one before is left alone."""
    if IndexState.objects.filter(engine=engine.name, building=name).update(building="", building_since=None):
        engine.drop(name)


def _drop_later(
    engine: Engine, old: str, linger: float, sleep: Callable[[float], object] = time.sleep
) -> None:
    if linger and old in engine.indexes():
        sleep(linger)
    engine.drop(old)
