"""Whether somebody does the background work: `manage.py check --database default`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .state import standing


def register_checks() -> None:
    register(check_worker, Tags.database)


def check_worker(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Mail and tasks are done within seconds; where they wait for minutes nobody does them."""
    if not databases:
        return []
    try:
        now = standing()
    except DatabaseError:
        return []  # not migrated yet
    if not now.is_stuck:
        return []
    return [
        Warning(
            f"{now.waiting} mails or tasks have been waiting for minutes and no worker is at work.",
            hint="Is manage.py run_worker running as a service? See docs/operations.md.",
            id="background.W001",
        )
    ]
