"""Who may write to an index, and what outdoes what: one writer at a time, the newest state last.

**In the database** the row in `IndexState` is locked for the length of a batch. Objects are read, the index is written
and outbox rows go in one transaction: all of it happened, or nothing, and batches follow one another.

**Outside** there is no such transaction, and nothing may be sent while one is open: a hanging cluster would hold the
lock that every save needs. A writer takes a *lease* instead (`writer`, `writer_until`), renewed before each batch by a
short transaction of its own. Whoever finds it run out takes over: a killed worker is followed within `LEASE_SECONDS`.
A batch is: renew, read the rows, read the objects, send, and in a second short transaction look whether the lease is
still ours and only then let the rows go. What can go wrong, and why the index is right all the same:

- *Killed anywhere before the end*: the rows are still there; the next writer repeats them. Repeating is harmless.
- *Stopped for a minute while another took over, then going on*: its rows stay (the lease is no longer ours), and what it
  sends late loses. Each renewal gives a **token** higher than all before, and the engine keeps, of two writes to one
  document, the one with the higher token (`Engine.as_of`). The token is taken before the objects are read. So a write
  that loses either said something older, or the change it knew has a row that only the holder of the lease can let go,
  after reading the object again.
- *A request that timed out here and is carried out there later* loses in the same way, also against its own writer.
- *Rows of PostgreSQL become visible in another order than their numbers*: nobody remembers a number up to which all is
  done. A row that can be read says that its change is committed, so the object read after it has the change.
- *A rebuild begins between reading the state and letting the rows go*: whether rows are kept for it is decided in the
  last transaction, under the lock with which a rebuild begins. If it began before that, the rows are kept; if it
  begins after, it reads objects that have these changes.
- *A rebuild ends meanwhile*: it needs the lease for that.

Clocks: a lease is measured by the database's clock alone. Tokens are its end in microseconds, always made higher.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models.functions import Now

from ..engines.base import Engine
from ..engines.bounded import BoundedEngine
from ..indexing import state_of
from ..models import IndexState

LEASE_SECONDS = 30
SENDING_SECONDS = 20.0  # of a batch, all calls together
POLL_SECONDS = 0.1

Work = Callable[[Engine, IndexState], object]
Finish = Callable[[IndexState], object]
Write = Callable[[Work, Finish], None]


class LeaseHeld(Exception):
    """Another writer is at work."""


class LeaseLost(Exception):
    """Another writer took over meanwhile. Nothing is lost: the rows of the batch are still there."""


@contextmanager
def writing(engine: Engine, *, patience: float = 0.0) -> Iterator[Write]:
    """`write(work, finish)`, which orders batches among all writers of this engine's index, in all processes.

    `work(engine, state)` changes the index, `finish(state)` says in the database that it is done; between the two nobody
    else writes. `work` gets an engine whose calls end in time. LeaseHeld when another writer does not end within
    `patience` seconds, LeaseLost when the batch took so long that another began; it can be repeated.
    """
    if engine.transactional:
        yield partial(_write_locked, engine)
        return
    lease = Lease(engine, patience=patience)
    try:
        yield lease.write
    finally:
        lease.release()


@transaction.atomic
def _write_locked(engine: Engine, work: Work, finish: Finish) -> None:
    state = state_of(engine, lock=True)
    work(engine, state)
    finish(state)


class Lease:
    """The right to write to an engine outside the database, for `LEASE_SECONDS` after each renewal."""

    def __init__(self, engine: Engine, *, patience: float = 0.0) -> None:
        self._engine = engine
        self._patience = patience
        self._me = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"

    def write(self, work: Work, finish: Finish) -> None:
        """One batch; see `writing`. RuntimeError inside a transaction: nothing may be sent while one is open."""
        state = self._renew_patiently()
        assert state.writer_until is not None  # noqa: S101 - just renewed
        work(BoundedEngine(self._engine.as_of(token_of(state.writer_until)), SENDING_SECONDS), state)
        with transaction.atomic(durable=True):
            state = state_of(self._engine, lock=True)
            if state.writer != self._me:
                raise LeaseLost
            finish(state)

    def release(self) -> None:
        """Let others in at once. The end stays: later tokens are higher."""
        IndexState.objects.filter(engine=self._engine.name, writer=self._me).update(writer="")

    def _renew_patiently(self) -> IndexState:
        give_up = time.monotonic() + self._patience
        while True:
            try:
                return self._renew()
            except LeaseHeld:
                if time.monotonic() >= give_up:
                    raise
            time.sleep(POLL_SECONDS)

    @transaction.atomic(durable=True)
    def _renew(self) -> IndexState:
        state = state_of(self._engine, lock=True)
        now: datetime = IndexState.objects.filter(pk=state.pk).values_list(Now(), flat=True).get()
        until = state.writer_until or now
        if state.writer not in ("", self._me) and until > now:
            raise LeaseHeld
        state.writer = self._me
        state.writer_until = max(now + timedelta(seconds=LEASE_SECONDS), until + timedelta(milliseconds=1))
        state.save(update_fields=["writer", "writer_until"])
        return state


def token_of(until: datetime | None) -> int:
    """The end of a lease as a number that fits a version: microseconds since 1970, at least 1."""
    return 1 if until is None else max(1, round(until.timestamp() * 1_000_000))
