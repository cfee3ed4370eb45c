"""Imports, which take longer than a request."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django_tasks import task

from .importers.tables import UnreadableFile
from .models import ImportRun
from .services.import_applying import apply_run
from .services.import_following import stop_run
from .services.import_preview import preview_rows


@task(backend="background")
def apply_import(run: int) -> None:
    """Take the chosen rows in. Running it again goes on where it stopped."""
    _do(apply_run, run)


@task(backend="background")
def preview_import(run: int) -> None:
    """Try the rows of a long list. Running it again goes on where it stopped."""
    _do(preview_rows, run)


def _do(work: Callable[[int], None], run: int) -> None:
    """Trouble that passes is the worker's, which tries again; any other ends the run, in words."""
    try:
        work(run)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        stopped = ImportRun.objects.filter(pk=run).first()
        if stopped is not None:
            stop_run(stopped, str(error) if isinstance(error, UnreadableFile) else "")
        raise
