"""The way into the index: a row written in the transaction of the change, applied after commit, retried.

Callers only use `enqueue`. A row names an object, not its content: applying reads the object as it is then, so
applying twice or late is harmless, and the newest state wins whatever the order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import OutboxEntry

logger = logging.getLogger(__name__)

BATCH = 200
MAX_WAIT = timedelta(hours=1)


def enqueue(type_: str, object_id: Any) -> None:
    """Have this object looked at again. Call inside the transaction that changes, hides or deletes it."""
    enqueue_many(type_, [object_id])


def enqueue_many(type_: str, object_ids: Iterable[Any]) -> None:
    """`enqueue` for many objects of one type in one statement."""
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(type=type_, object_id=str(object_id)) for object_id in object_ids], batch_size=500
    )
    if not any(func is _apply_after_commit for _, func, _ in connection.run_on_commit):
        transaction.on_commit(_apply_after_commit, robust=True)


def due(limit: int) -> QuerySet[OutboxEntry]:
    """The oldest rows whose turn it is."""
    ready = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxEntry.objects.filter(ready, applied=False).order_by("pk")[:limit]


def _apply_after_commit() -> None:
    """Placeholder until the index exists: rows wait in the table."""
