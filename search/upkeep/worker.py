"""The process that keeps indexes up to date: `manage.py process_search_outbox --watch`. Any number may run.

An engine outside the database has only this writer. While it does not answer, its rows wait as they are and it is tried
every few seconds; when it is back, everything that changed meanwhile is applied. Back without its index, or new, it gets
a rebuild. Of the embedded engine's rows only those are left that a crash or a large import left behind.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from django.db import Error as DatabaseProblem
from django.db import close_old_connections

from ..engines.base import Engine, EngineUnavailable
from ..models import IndexState
from ..outbox import process_outbox
from .rebuilding import LINGER, RebuildUnderWay, rebuild
from .writing import LeaseHeld, LeaseLost, writing

logger = logging.getLogger(__name__)

TURN = 5_000  # rows before another writer, such as a rebuild that wants to end, gets its turn
LOOK_SECONDS = 30.0  # how often the index itself is looked after
LONGEST_PAUSE = 5.0  # between attempts while an engine does not answer


class IndexMissing(EngineUnavailable):
    """The engine answers, but the live index is not there."""


class Stopped(Exception):
    """The worker is asked to end."""


def look_after(engine: Engine) -> None:
    """See that the live index is there and is the one asked. IndexMissing when it is not there.

    A rebuild killed between its two last steps has said in the database what is live, and not in the engine.
    """
    if engine.transactional:
        return

    def work(bounded: Engine, state: IndexState) -> None:
        if state.live not in bounded.indexes():
            raise IndexMissing(f"index {state.live} is missing")
        bounded.adopt(state.live)

    with writing(engine) as write:
        write(work, lambda _state: None)


class Keeper:
    """Keeps one engine's index, turn by turn. Operators are told once when it cannot and once when it can again."""

    def __init__(
        self,
        engine: Engine,
        *,
        should_stop: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._should_stop = should_stop
        self._clock = clock
        self._look_at = self._not_before = float("-inf")
        self._pause = 0.0

    def turn(self) -> int:
        """Apply what waits. Returns how many objects were looked at; never raises but `Stopped`."""
        if self._clock() < self._not_before:
            return 0
        try:
            done = self._work()
        except (LeaseHeld, LeaseLost, RebuildUnderWay):
            return 0  # somebody else is at it
        except (EngineUnavailable, DatabaseProblem) as error:
            self._failed(error)
            return 0
        except Stopped:
            raise
        except Exception:
            logger.exception("search worker: engine %s", self._engine.name)
            self._failed(None)
            return 0
        self._succeeded()
        return done

    def _work(self) -> int:
        if self._clock() >= self._look_at:
            try:
                look_after(self._engine)
            except IndexMissing as error:
                logger.warning("search worker: engine %s: %s; building it", self._engine.name, error)
                rebuild(engine=self._engine, progress=self._check_stop, linger=LINGER, join=True)
            self._look_at = self._clock() + LOOK_SECONDS
        return process_outbox(TURN, engine=self._engine, progress=self._check_stop)

    def _check_stop(self, _count: int) -> None:
        if self._should_stop():
            raise Stopped

    def _failed(self, error: Exception | None) -> None:
        if isinstance(error, DatabaseProblem):
            close_old_connections()  # the next turn makes a new one
        if not self._pause and error is not None:
            logger.error(
                "search worker: engine %s cannot be kept up to date (%s); changes wait",
                self._engine.name,
                error,
            )
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or 1.0)
        self._not_before = self._clock() + self._pause
        self._look_at = float("-inf")  # it may come back without its index

    def _succeeded(self) -> None:
        if self._pause:
            logger.warning("search worker: engine %s is kept up to date again", self._engine.name)
        self._pause = 0.0


def watch(engines: Sequence[Engine], stop: threading.Event, *, interval: float = 1.0) -> None:
    """Keep the engines' indexes until `stop` is set; a batch that has begun is ended."""
    keepers = [Keeper(engine, should_stop=stop.is_set) for engine in engines]
    while not stop.is_set():
        try:
            done = sum(keeper.turn() for keeper in keepers)
        except Stopped:
            return
        if done < TURN:
            stop.wait(interval)
