"""The worker: does tasks, makes the registered rounds (mail …) and the daily jobs. Any number may run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error as DatabaseProblem
from django.db import close_old_connections, connection

from .daily_running import run_due_daily_jobs
from .losses import Watcher
from .rounds import Round, rounds
from .tasks_running import run_task, take_task
from .working import BEATS_A_LEASE, AtWork, at_work, lease_seconds

logger = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between two looks when there was nothing to do
TASKS_A_TURN = 10  # before mail gets its turn
DAILY_EVERY = 60.0  # seconds between two looks at the daily jobs


def run_pending(*, me: AtWork | None = None) -> int:
    """Do every task that is ready and make every round until nothing is due. Returns how many things were done.

    For tests and for `run_worker --until-empty`. Daily jobs are not part of it.
    """
    if me is None:
        with at_work(beating=False) as me:
            return run_pending(me=me)
    total = 0
    while not me.stopping() and (done := _turn(me)):
        total += done
    return total


def work(stop: threading.Event, *, interval: float = INTERVAL) -> None:
    """Work until `stop` is set; what was begun is ended. While the database is away, wait for it."""
    while not stop.is_set():
        try:
            with at_work(stop=stop) as me:
                _work_as(me, interval)
        except DatabaseProblem as error:
            logger.error("worker: the database does not answer (%s)", type(error).__name__)
            connection.close()
            stop.wait(5.0)


def _work_as(me: AtWork, interval: float) -> None:
    watcher = Watcher(me.id)
    watch = _Every(lease_seconds() / BEATS_A_LEASE, watcher.look)
    daily = _Every(DAILY_EVERY, lambda: run_due_daily_jobs(me))
    while not me.stopping():
        close_old_connections()
        done = watch() + _turn(me) + daily()
        if not done:
            me.stop.wait(interval)


class _Every:
    """Calls something at most every so many seconds."""

    def __init__(self, seconds: float, do: Callable[[], int]) -> None:
        self._seconds, self._do, self._next = seconds, do, float("-inf")

    def __call__(self) -> int:
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + self._seconds
        return self._do()


def _turn(me: AtWork) -> int:
    return _some_tasks(me) + sum(_look(round_, me) for round_ in rounds())


def _some_tasks(me: AtWork) -> int:
    for done in range(TASKS_A_TURN):
        if me.stopping() or (row := take_task(me)) is None:
            return done
        run_task(row)
    return TASKS_A_TURN


def _look(round_: Round, me: AtWork) -> int:
    """One round's trouble must not stop the others; a database that is away is everybody's."""
    try:
        return round_.look(me)
    except DatabaseProblem:
        raise
    except Exception as error:  # noqa: BLE001 - anything may go wrong in there
        logger.error("worker: round %s failed: %s", round_.name, type(error).__name__)
        return 0
