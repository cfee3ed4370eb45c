"""What the register does by itself once a day. One line a job; each bears being run again."""

from __future__ import annotations

from background.daily import register_daily_job

from .services.deletion import forget_deleted
from .services.duplicate_finding import find_duplicates


def register() -> None:
    """Called once, when Django is ready."""
    register_daily_job("duplicates", find_duplicates)
    register_daily_job("deleted entries", forget_deleted)
