"""The way into the index: a row written in the transaction of the change, applied after commit, retried.

Callers only use `enqueue`. A row names an object, not its content: applying reads the object as it is then, so
applying twice or late is harmless, and the newest state wins whatever the order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .engines import get_engine
from .engines.base import Engine
from .indexing import is_building, refresh, state_of
from .models import IndexState, OutboxEntry

logger = logging.getLogger(__name__)

BATCH = 500
INLINE = 1_000  # objects brought up to date in the request that changed them; SEARCH_OUTBOX_INLINE overrides
MAX_WAIT = timedelta(hours=1)


def enqueue(type_: str, object_id: Any) -> None:
    """Have this object looked at again. Call inside the transaction that changes, hides or deletes it."""
    enqueue_many(type_, [object_id])


def enqueue_many(type_: str, object_ids: Iterable[Any]) -> None:
    """`enqueue` for many objects of one type in one statement."""
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(type=type_, object_id=str(object_id)) for object_id in object_ids], batch_size=500
    )
    if not any(entry[1] is _apply_after_commit for entry in connection.run_on_commit):
        transaction.on_commit(_apply_after_commit, robust=True)


def process_outbox(limit: int | None = None, *, progress: Callable[[int], object] | None = None) -> int:
    """Apply waiting rows to the index, oldest first, and return how many objects were brought up to date.

    A row goes only together with its effect, in one transaction: a crash in between repeats it. An object that
    fails waits (1 s, 2 s, 4 s … up to an hour) and holds up nobody else.
    """
    done = 0
    while limit is None or done < limit:
        count = _process_batch(BATCH if limit is None else min(BATCH, limit - done))
        if not count:
            break
        done += count
        if progress is not None:
            progress(count)
    return done


def _process_batch(size: int) -> int:
    engine = get_engine()
    with transaction.atomic():
        state = state_of(engine, lock=True)
        entries = list(_due(size))
        if not entries:
            return 0
        _apply_or_divide(entries, state, engine)
        return len(entries)


def _apply_or_divide(entries: list[OutboxEntry], state: IndexState, engine: Engine) -> None:
    """One bad object must not stop the others, nor make five hundred go one by one: halve until it is alone."""
    try:
        with transaction.atomic():
            _apply(entries, state, engine)
    except Exception as error:  # noqa: BLE001 - whatever it is, the row waits and says so
        if len(entries) == 1:
            _put_off(entries[0], error)
            return
        middle = len(entries) // 2
        _apply_or_divide(entries[:middle], state, engine)
        _apply_or_divide(entries[middle:], state, engine)


def _apply(entries: list[OutboxEntry], state: IndexState, engine: Engine) -> None:
    """Bring the entries' objects up to date in the live index; keep the rows while a rebuild has to hear of them."""
    refresh([(entry.type, entry.object_id) for entry in entries], index=state.live, engine=engine)
    rows = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    if is_building(state):
        rows.update(applied=True)
    else:
        rows.delete()


def _put_off(entry: OutboxEntry, error: Exception) -> None:
    logger.warning("search outbox: %s failed: %s", entry.type, type(error).__name__)
    entry.attempts = min(entry.attempts + 1, 30_000)
    entry.not_before = timezone.now() + min(MAX_WAIT, timedelta(seconds=2 ** min(entry.attempts - 1, 12)))
    entry.last_error = f"{type(error).__name__}: {error}"[:300]
    entry.save(update_fields=["attempts", "not_before", "last_error"])


def _due(limit: int) -> QuerySet[OutboxEntry]:
    ready = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxEntry.objects.filter(ready, applied=False).order_by("pk")[:limit]


def _apply_after_commit() -> None:
    """Usually the change is found a moment after it is saved; a long import leaves the rest to the command."""
    try:
        process_outbox(getattr(settings, "SEARCH_OUTBOX_INLINE", INLINE))
    except Exception:  # a save never fails because of the index; the rows are still there
        logger.exception("search outbox: left for later")
