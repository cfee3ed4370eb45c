"""What events do by themselves once a day. One line a job; each bears being run again."""

from __future__ import annotations

from background.daily import register_daily_job

from .services.board import follow_board
from .services.board_answers import forget_answers
from .services.dates import rebuild_all_dates
from .services.introduction_keeping import forget_contacts
from .services.reindexing import reindex_ended_events
from .services.removals import forget_who_asked
from .services.signup_erasure import erase_old_signups
from .services.signup_reminders import send_reminders


def register() -> None:
    """Called once, when Django is ready."""
    register_daily_job("dates of events", rebuild_all_dates)
    register_daily_job("ended events", reindex_ended_events)
    register_daily_job("reminders of events", send_reminders)
    register_daily_job("decided removals", forget_who_asked)
    register_daily_job("old sign-ups", erase_old_signups)
    register_daily_job("posts on the board", follow_board)
    register_daily_job("answers on the board", forget_answers)
    register_daily_job("contacts of introductions", forget_contacts)
