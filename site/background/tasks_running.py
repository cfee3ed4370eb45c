"""One task: taken by one worker only, run, and its end written down if it is still this worker's."""

from __future__ import annotations

import logging
from datetime import timedelta
from traceback import format_tb
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from .losses import MOST_ATTEMPTS
from .working import AtWork

logger = logging.getLogger(__name__)

BACKEND = "background"
#: Troubles that pass: the database was away or busy for too long.
PASSING = (OperationalError, InterfaceError)


def take_task(me: AtWork) -> DBTaskResult | None:
    """The next task that is ready, now this worker's; None when there is none.

    Looking takes no lock. What decides between two workers is a conditional update, which works alike on SQLite and
    PostgreSQL; the stock worker's select-for-update holds SQLite's only write lock at every look.
    """
    for row in DBTaskResult.objects.ready().filter(backend_name=BACKEND)[:5]:
        workers = [*row.worker_ids, me.id]
        changes: dict[str, Any] = {
            "status": TaskResultStatus.RUNNING,
            "started_at": timezone.now(),
            "worker_ids": workers,
        }
        if DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(**changes):
            for name, value in changes.items():
                setattr(row, name, value)
            return row
    return None


def run_task(row: DBTaskResult) -> None:
    """Run a task that was taken. Whatever it raises ends in its row, not in the worker."""
    try:
        value = normalize_json(_call(row))
    except PASSING as error:
        if len(row.worker_ids) < MOST_ATTEMPTS:
            _again_later(row)
        else:
            _failed(row, error)
    except Exception as error:  # noqa: BLE001 - a task may raise anything, and the next one must run
        _failed(row, error)
    else:
        _write_end(
            row,
            status=TaskResultStatus.SUCCESSFUL,
            return_value=value,
            finished_at=timezone.now(),
            exception_class_path="",
            traceback="",
        )


def _call(row: DBTaskResult) -> Any:
    task, result = row.task, row.task_result
    context: list[Any] = [TaskContext(task_result=result)] if task.takes_context else []  # type: ignore[arg-type]
    return task.call(*context, *result.args, **result.kwargs)


def _failed(row: DBTaskResult, error: Exception) -> None:
    """Keep the class of the error and where it was raised. Its words may hold personal data and are kept nowhere."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    logger.error("worker: task %s failed: %s", row.task_path, name)
    _write_end(
        row,
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=name,
        traceback="".join(format_tb(error.__traceback__)),
        return_value=None,
    )


def _again_later(row: DBTaskResult) -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    pause = timedelta(seconds=10 * len(row.worker_ids))
    _write_end(row, status=TaskResultStatus.READY, run_after=timezone.now() + pause)


def _write_end(row: DBTaskResult, **end: Any) -> None:
    """Only while the task is this worker's: one that was given up by mistake must not write over its successor."""
    DBTaskResult.objects.running().filter(pk=row.pk, worker_ids=row.worker_ids).update(**end)
