"""Imports that nobody works on any more: those whose task ended without them, and files that lie about."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..choices import ImportState
from ..models import ImportRun

MOVING = (ImportState.READING, ImportState.WAITING, ImportState.APPLYING)
_TASKS = ("directory.import_tasks.apply_import", "directory.import_tasks.preview_import")
_UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def stop_run(run: ImportRun, problem: str = "") -> bool:
    """Give a moving run back to the people, with why. False where it moves no more."""
    is_reading = run.state == ImportState.READING
    words = problem or (
        _("読み取りの途中で止まりました。「列を確かめる」から、もう一度お試しください。")
        if is_reading
        else _("途中で止まりました。取り込んだ行はそのままです。「続きから取り込む」を押してください。")
    )
    state = ImportState.UPLOADED if is_reading else ImportState.FAILED
    moving = ImportRun.objects.filter(pk=run.pk, state__in=MOVING)
    return bool(moving.update(state=state, problem=words))


def stop_if_stranded(run: ImportRun) -> bool:
    """Was the task of a moving run given up: its workers died too often, the database stayed away? Then stop it."""
    if run.state not in MOVING:
        return False
    tasks = DBTaskResult.objects.filter(task_path__in=_TASKS, status__in=_UNFINISHED)
    is_worked_on = tasks.filter(args_kwargs__args=[run.pk]).exists()
    return not is_worked_on and stop_run(run)


def clear_imports() -> int:
    """Once a day: stop what is stranded, and forget the files of what ended or was left lying. Returns how many files.

    The rows stay: they are the report, and what an import can be undone from.
    """
    for run in ImportRun.objects.filter(state__in=MOVING):
        stop_if_stranded(run)
    before = timezone.now() - timedelta(days=settings.IMPORT_FILE_KEEP_DAYS)
    ended = Q(finished_at__lt=before) | Q(finished_at=None, created_at__lt=before)
    idle = ImportRun.objects.exclude(state__in=MOVING).exclude(stored_file="")
    return sum(_forget_file(run) for run in idle.filter(ended))


def _forget_file(run: ImportRun) -> bool:
    """What waited for a choice is over with its file; what had stopped half-way stays as far as it came."""
    states = {ImportState.UPLOADED: ImportState.ABANDONED, ImportState.READ: ImportState.ABANDONED}
    if run.state == ImportState.FAILED:
        was_begun = run.rows.filter(is_applied=True).exists()
        states[ImportState.FAILED] = ImportState.APPLIED if was_begun else ImportState.ABANDONED
    forgotten = ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        stored_file="", state=states.get(ImportState(run.state), run.state)
    )
    if forgotten:
        run.stored_file.storage.delete(str(run.stored_file.name))
    return bool(forgotten)
