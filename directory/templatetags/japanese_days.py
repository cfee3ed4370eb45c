"""Days in the staff screens, as they are written here."""

from __future__ import annotations

from datetime import date

from django import template

from ..japanese_dates import full_date

register = template.Library()


@register.filter
def japanese_day(day: date) -> str:
    """「2026年11月20日(金)」."""
    return full_date(day)
