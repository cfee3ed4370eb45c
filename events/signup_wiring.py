"""What sign-ups listen to, and what they add to people's own pages and data."""

from __future__ import annotations

from . import signup_personal
from .services.signup_notices import on_date_changed, on_event_changed
from .signals import date_changed, event_changed


def connect() -> None:
    """Called once, when Django is ready."""
    date_changed.connect(on_date_changed, dispatch_uid="events-signup-notices")
    event_changed.connect(on_event_changed, dispatch_uid="events-signup-seats")
    signup_personal.register()
