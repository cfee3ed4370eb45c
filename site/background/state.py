"""How the background work stands, for the people who look after the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import DailyRun, Worker
from .rounds import rounds

#: Work that is due and has waited this long means that no worker runs.
TOO_LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of things, and when a worker was last seen (None: none is known)."""

    waiting: int
    failed_tasks: int
    failed_jobs: int
    last_seen: datetime | None

    @property
    def is_stuck(self) -> bool:
        """Things have been due for minutes and no worker was seen."""
        seen = self.last_seen
        return bool(self.waiting) and (seen is None or seen < timezone.now() - TOO_LONG)


def standing() -> Standing:
    """How it stands now; three queries and one for each registered round. `waiting` counts what is overdue."""
    since = timezone.now() - TOO_LONG
    tasks = DBTaskResult.objects.filter(backend_name="background")
    overdue = tasks.ready().filter(enqueued_at__lt=since).count()
    return Standing(
        waiting=overdue + sum(round_.overdue(since) for round_ in rounds()),
        failed_tasks=tasks.failed().count(),
        failed_jobs=DailyRun.objects.exclude(last_error="").filter(done=None).count(),
        last_seen=Worker.objects.aggregate(last=Max("seen"))["last"],
    )
