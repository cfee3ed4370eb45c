"""What is over and done with goes: results of tasks, records of daily jobs."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import DailyRun

KEEP = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)


def erase_old_results() -> int:
    """Erase finished tasks after two weeks, failed ones and daily runs after three months. Returns how many rows."""
    now = timezone.now()
    finished = DBTaskResult.objects.filter(backend_name="background")
    old = finished.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP)
    failed = finished.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    runs = DailyRun.objects.filter(date__lt=(now - KEEP_FAILED).date())
    return sum(rows.delete()[0] for rows in (old, failed, runs))
