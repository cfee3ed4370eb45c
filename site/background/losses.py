"""Workers that were killed: who they are, and giving back what they had begun."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import DailyRun, Worker
from .rounds import rounds
from .working import lease_seconds

#: A task whose worker died this often is not begun again: it may be what kills them.
MOST_ATTEMPTS = 5
#: What a task that was given up carries in place of an exception.
LOST = "background.losses.WorkerLost"


class WorkerLost(Exception):
    """The worker that did this was killed."""


class Watcher:
    """Watches the beats of the other workers, by a clock of its own.

    A worker is lost when its beat stood still for the whole lease while this watcher looked on. So a machine that
    slept, a clock that jumped or a long write that held everybody up make nobody's work be done twice.
    """

    def __init__(self, my_id: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._my_id = my_id
        self._clock = clock
        self._since: dict[str, tuple[int, float]] = {}

    def look(self) -> int:
        """Strike out lost workers and give back what was theirs. Returns how many things were given back."""
        now = self._clock()
        beats = dict(Worker.objects.exclude(pk=self._my_id).values_list("pk", "beat"))
        last = self._since
        self._since = {
            id_: seen if (seen := last.get(id_)) and seen[0] == beat else (beat, now)
            for id_, beat in beats.items()
        }
        for id_, (beat, since) in self._since.items():
            if now - since >= lease_seconds():
                Worker.objects.filter(pk=id_, beat=beat).delete()
        return give_back()


def give_back() -> int:
    """Make everything that belongs to no living worker free to be taken up again. Returns how much it was."""
    running = list(DBTaskResult.objects.running().filter(backend_name="background"))
    living = set(
        Worker.objects.values_list("pk", flat=True)
    )  # read after: whoever began a task had signed in
    lost = [row for row in running if not row.worker_ids or row.worker_ids[-1] not in living]
    given = sum(_give_back_task(row) for row in lost)
    given += DailyRun.objects.exclude(worker_id="").exclude(worker_id__in=living).update(worker_id="")
    return given + sum(round_.release(living) for round_ in rounds() if round_.release)


def _give_back_task(row: DBTaskResult) -> int:
    mine = DBTaskResult.objects.running().filter(pk=row.pk, worker_ids=row.worker_ids)
    if len(row.worker_ids) < MOST_ATTEMPTS:
        return mine.update(status=TaskResultStatus.READY)
    return mine.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=LOST,
        traceback="",
        return_value=None,
    )
