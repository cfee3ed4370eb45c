"""Being at work: a row that beats while the process lives, so that others see when it was killed."""

from __future__ import annotations

import logging
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from .models import Worker

logger = logging.getLogger(__name__)

#: Beats in the time after which a silent worker is given up: one or two may be late behind a long write.
BEATS_A_LEASE = 6


def lease_seconds() -> float:
    """How long a worker may be silent before its work is given to another (30 s; work is taken up within 60 s)."""
    return float(settings.WORKER_LEASE_SECONDS)


@dataclass(frozen=True, slots=True)
class AtWork:
    """Passed to everything the worker does: who does it, and whether it shall end."""

    id: str
    stop: threading.Event = field(default_factory=threading.Event)

    def stopping(self) -> bool:
        return self.stop.is_set()


@contextmanager
def at_work(*, stop: threading.Event | None = None, beating: bool = True) -> Iterator[AtWork]:
    """Be known as a worker inside the block. Without `beating` the row stands still: for work of a moment, and tests."""
    me = AtWork(uuid.uuid4().hex, stop or threading.Event())
    _sign_in(me.id)
    ended = threading.Event()
    thread = threading.Thread(target=_keep_beating, args=(me.id, ended), name="heartbeat", daemon=True)
    if beating:
        thread.start()
    try:
        yield me
    finally:
        ended.set()
        if beating:
            thread.join()
        Worker.objects.filter(pk=me.id).delete()


def beat(worker_id: str) -> None:
    """Show that the worker lives. One that was given up by mistake (a machine that slept) signs in again."""
    if not Worker.objects.filter(pk=worker_id).update(beat=F("beat") + 1, seen=timezone.now()):
        _sign_in(worker_id)


def _sign_in(worker_id: str) -> None:
    now = timezone.now()
    Worker.objects.create(pk=worker_id, host=socket.gethostname()[:255], started=now, seen=now)


def _keep_beating(worker_id: str, ended: threading.Event, do: Callable[[str], None] = beat) -> None:
    """A thread of its own, with a connection of its own: it beats while a task takes minutes."""
    while not ended.wait(lease_seconds() / BEATS_A_LEASE):
        try:
            close_old_connections()
            do(worker_id)
        except DatabaseProblem as error:
            logger.warning("worker: heartbeat missed (%s)", type(error).__name__)
    connection.close()
