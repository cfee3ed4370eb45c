"""What the register does by itself once a day. One line a job; each bears being run again."""

from __future__ import annotations

from background.daily import register_daily_job

from .services.ask_following import follow_up
from .services.deletion import forget_deleted
from .services.duplicate_finding import find_duplicates
from .services.escalation import escalate_late_reviews
from .services.import_following import clear_imports
from .services.occurrences import rebuild_all_occurrences
from .services.registration_keeping import forget_unsent


def register() -> None:
    """Called once, when Django is ready."""
    register_daily_job("occurrences", rebuild_all_occurrences)
    register_daily_job("asking groups", follow_up)
    register_daily_job("duplicates", find_duplicates)
    register_daily_job("deleted entries", forget_deleted)
    register_daily_job("late reviews", escalate_late_reviews)
    register_daily_job("unsent registrations", forget_unsent)
    register_daily_job("imported files", clear_imports)
