"""Running the daily jobs: each once a day, by one worker, tried again when it failed."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .daily import Job, daily_jobs
from .models import DailyRun
from .working import AtWork

logger = logging.getLogger(__name__)

#: Local time. Mails that daily jobs send shall not arrive at night.
FROM = dt.time(6, 0)
#: Minutes between the tries of a job that fails; the last goes for all later ones.
PAUSES = (5, 15, 60)


def run_due_daily_jobs(me: AtWork) -> int:
    """Run what is due today and not done. Before six in the morning nothing is. Returns how many were begun."""
    now = timezone.localtime()
    if now.time() < FROM:
        return 0
    return run_daily_jobs(me, names=[name for name in daily_jobs() if name not in _settled(now)])


def run_daily_jobs(me: AtWork, *, names: list[str]) -> int:
    """Run these jobs for today, whatever the hour, except where another worker is at them. Returns how many began."""
    jobs = daily_jobs()
    return sum(_take_and_run(me, name, jobs[name]) for name in names if not me.stopping())


def todays_runs() -> QuerySet[DailyRun]:
    return DailyRun.objects.filter(date=timezone.localdate())


def _settled(now: dt.datetime) -> set[str]:
    """Jobs that need no look now: done, under way, or waiting after a failure."""
    settled = Q(done__isnull=False) | ~Q(worker_id="") | Q(not_before__gt=now)
    return set(DailyRun.objects.filter(settled, date=now.date()).values_list("job", flat=True))


def _take_and_run(me: AtWork, name: str, job: Job) -> int:
    run, _created = DailyRun.objects.get_or_create(job=name, date=timezone.localdate())
    mine = DailyRun.objects.filter(pk=run.pk, done=None)
    if not mine.filter(worker_id="").update(worker_id=me.id, tries=F("tries") + 1, not_before=None):
        return 0
    error = _run(name, job)
    mine = mine.filter(worker_id=me.id)
    if error:
        pause = dt.timedelta(minutes=PAUSES[min(run.tries, len(PAUSES) - 1)])
        mine.update(worker_id="", last_error=error, not_before=timezone.now() + pause)
    else:
        mine.update(worker_id="", last_error="", done=timezone.now())
    return 1


def _run(name: str, job: Job) -> str:
    """Do it. Returns the class of what went wrong, "" when nothing did."""
    try:
        job()
    except Exception as error:  # noqa: BLE001 - one job's trouble must not keep the others from running
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        logger.error("worker: daily job %s failed: %s", name, kind)
        return kind[:200]
    return ""
