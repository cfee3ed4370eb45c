"""Erasing what was personal about sign-ups, some days after the event. The counts stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from ..models import SignUp

_GROUP = ("event", "event__erase_after_days", "event__last_date", "date", "date__date")


def erase_old_signups(*, today: dt.date | None = None) -> int:
    """Erase the personal part of sign-ups for what was over long ago: the event's number of days, else the site's.

    Returns how many rows were erased.
    """
    today = today or timezone.localdate()
    kept = SignUp.objects.filter(erased_at__isnull=True).order_by()
    groups = kept.values(*_GROUP).annotate(newest=Max("created_at"))
    return sum(
        erase(SignUp.objects.filter(event=group["event"], date=group["date"]))
        for group in groups
        if _erased_from(group) <= today
    )


def erase(rows: QuerySet[SignUp]) -> int:
    """Erase the personal part of `rows`, also the link to them. Size of party, state and times stay."""
    return rows.filter(erased_at__isnull=True).update(
        name="",
        email="",
        phone="",
        needs=[],
        needs_note="",
        note="",
        user=None,
        token_hash="",
        once=None,
        erased_at=timezone.now(),
    )


def _erased_from(group: dict[str, Any]) -> dt.date:
    days = group["event__erase_after_days"]
    days = settings.SIGNUP_ERASE_AFTER_DAYS if days is None else days
    # A course none of whose dates is left: from when somebody last signed up.
    last: dt.date = (
        group["date__date"] or group["event__last_date"] or timezone.localtime(group["newest"]).date()
    )
    return last + dt.timedelta(days=days + 1)
