"""The way into the index: a row written in the transaction of the change, applied after commit, retried.

Callers only use `enqueue`. A row names an object, not its content: applying reads the object as it is then, so
applying twice or late is harmless, and the newest state wins whatever the order. There is one row for every engine in
use. The embedded engine's are applied right after the commit, in the same process; no save ever waits for an engine
outside the database: its rows are for the worker (`search.upkeep.worker`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .engines import DEFAULT, engines_in_use, get_engine
from .engines.base import Engine, EngineUnavailable
from .indexing import is_building, refresh
from .models import IndexState, OutboxEntry
from .upkeep.writing import LeaseHeld, LeaseLost, Write, writing

logger = logging.getLogger(__name__)

BATCH = 500
INLINE = 1_000  # objects brought up to date in the request that changed them; SEARCH_OUTBOX_INLINE overrides
MAX_WAIT = timedelta(hours=1)
#: No object is to blame for these: its row stays as it is and is tried again with the next batch.
NOBODY_TO_BLAME = (EngineUnavailable, LeaseHeld, LeaseLost, OperationalError, InterfaceError)


def enqueue(type_: str, object_id: Any) -> None:
    """Have this object looked at again. Call inside the transaction that changes, hides or deletes it."""
    enqueue_many(type_, [object_id])


def enqueue_many(type_: str, object_ids: Iterable[Any]) -> None:
    """`enqueue` for many objects of one type in one statement."""
    engines = [engine.name for engine in engines_in_use()]
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(engine=engine, type=type_, object_id=str(object_id))
            for object_id in object_ids
            for engine in engines
        ],
        batch_size=500,
    )
    if not any(entry[1] is _apply_after_commit for entry in connection.run_on_commit):
        transaction.on_commit(_apply_after_commit, robust=True)


def process_outbox(
    limit: int | None = None,
    *,
    engine: Engine | None = None,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Apply waiting rows of one engine (the embedded one), oldest first; how many objects were brought up to date.

    A row goes only after its effect: a crash in between repeats it. An object that fails waits (1 s, 2 s, 4 s … up to an
    hour) and holds up nobody else. While an engine outside the database does not answer (EngineUnavailable) or has
    another writer (LeaseHeld, LeaseLost), its rows stay as they are.
    """
    engine = engine or get_engine(DEFAULT)
    if not engine.transactional and not due(engine).exists():
        return 0  # a lease costs two writes
    done = 0
    with writing(engine) as write:
        while limit is None or done < limit:
            size = BATCH if limit is None else min(BATCH, limit - done)
            count = _process_batch(write, engine, size)
            done += count
            if count and progress is not None:
                progress(count)
            if count < size:
                break
    return done


def due(engine: Engine) -> QuerySet[OutboxEntry]:
    """Rows that can be applied now, oldest first."""
    ready = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxEntry.objects.filter(ready, engine=engine.name, applied=False).order_by("pk")


def _process_batch(write: Write, engine: Engine, size: int) -> int:
    batch: list[OutboxEntry] = []
    try:
        _apply(write, batch, lambda: list(due(engine)[:size]))
    except NOBODY_TO_BLAME:
        raise
    except Exception as error:
        if not batch:
            raise
        _divide(write, batch, error)
    return len(batch)


def _divide(write: Write, entries: list[OutboxEntry], error: Exception) -> None:
    """One bad object must not stop the others, nor make five hundred go one by one: halve until it is alone."""
    if len(entries) == 1:
        _put_off(entries[0], error)
        return
    middle = len(entries) // 2
    for half in (entries[:middle], entries[middle:]):
        try:
            _apply(write, half, lambda half=half: half)  # type: ignore[misc]
        except NOBODY_TO_BLAME:
            raise
        except Exception as again:  # noqa: BLE001 - whatever it is, the row waits and says so
            _divide(write, half, again)


def _apply(write: Write, batch: list[OutboxEntry], choose: Callable[[], list[OutboxEntry]]) -> None:
    """Bring the objects of the rows that `choose` returns up to date in the live index. They are put into `batch`."""

    def work(engine: Engine, state: IndexState) -> None:
        batch[:] = choose()
        refresh([(entry.type, entry.object_id) for entry in batch], index=state.live, engine=engine)

    write(work, lambda state: _let_go(batch, state))


def _let_go(entries: list[OutboxEntry], state: IndexState) -> None:
    """The rows have done their work; they are kept while a rebuild has to hear of them."""
    rows = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    if is_building(state):
        rows.update(applied=True)
    else:
        rows.delete()


def _put_off(entry: OutboxEntry, error: Exception) -> None:
    logger.warning("search outbox: %s failed: %s", entry.type, type(error).__name__)
    attempts = min(entry.attempts + 1, 30_000)
    wait = min(MAX_WAIT, timedelta(seconds=2 ** min(attempts - 1, 12)))
    OutboxEntry.objects.filter(pk=entry.pk).update(
        attempts=attempts,
        not_before=timezone.now() + wait,
        last_error=f"{type(error).__name__}: {error}"[:300],
    )


def _apply_after_commit() -> None:
    """Usually the change is found a moment after it is saved; a long import leaves the rest to the worker."""
    for engine in engines_in_use():
        if not engine.transactional:
            continue
        try:
            process_outbox(getattr(settings, "SEARCH_OUTBOX_INLINE", INLINE), engine=engine)
        except Exception:  # a save never fails because of the index; the rows are still there
            logger.exception("search outbox: left for later")
