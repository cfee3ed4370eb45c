"""What events do by themselves once a day. One line a job; each bears being run again."""

from __future__ import annotations

from background.daily import register_daily_job

from .services.dates import rebuild_all_dates


def register() -> None:
    """Called once, when Django is ready."""
    register_daily_job("dates of events", rebuild_all_dates)
