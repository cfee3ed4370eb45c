"""Imports, which take longer than a request."""

from __future__ import annotations

from django.db import OperationalError
from django.utils.translation import gettext as _
from django_tasks import task

from .choices import ImportState
from .models import ImportRun
from .services.import_applying import apply_run


@task(backend="background")
def apply_import(run: int) -> None:
    """Take the chosen rows in. Running it again goes on where it stopped."""
    try:
        apply_run(run)
    except OperationalError:
        raise  # the worker tries again
    except Exception:
        words = _("途中で止まりました。取り込んだ行はそのままです。「続きから取り込む」を押してください。")
        ImportRun.objects.filter(pk=run).update(state=ImportState.FAILED, problem=words)
        raise
