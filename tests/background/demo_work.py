"""Tasks for the tests of the worker."""

from __future__ import annotations

import signal
from os import getpid, kill

from django.db import OperationalError
from django_tasks import task

calls: list[str] = []


@task(backend="background")
def note(text: str) -> str:
    calls.append(text)
    return text


@task(backend="background")
def fail(text: str) -> None:
    raise ValueError(text)


@task(backend="background")
def busy() -> None:
    raise OperationalError("database is locked")


@task(backend="background")
def die_once(path: str) -> None:
    """Kills its own process the first time: the file tells whether it ran before."""
    try:
        with open(path, "x"):
            pass
    except FileExistsError:
        return
    kill(getpid(), signal.SIGKILL)
