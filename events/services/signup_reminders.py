"""The reminder the day before. A day's work that was interrupted is run again, and nobody gets it twice."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..choices import EventStatus, SignUpState
from ..models import EventDate
from .seats import locked_event
from .signup_mail import mail_reminder
from .signup_notices import standing_for


def send_reminders() -> int:
    """Write to those with a seat in what is held tomorrow. Returns how many mails were written."""
    today = timezone.localdate()
    tomorrow = EventDate.objects.taking_place().filter(date=today + dt.timedelta(days=1))
    wanted = tomorrow.filter(event__sends_reminder=True, event__status=EventStatus.PLANNED)
    keys = wanted.order_by("start", "pk").values_list("pk", "event_id")
    return sum(_remind(date, event, today) for date, event in keys)


@transaction.atomic
def _remind(date_pk: int, event_pk: int, today: dt.date) -> int:
    """All of one date in one transaction, with the event locked: a date cancelled meanwhile reminds nobody."""
    event = locked_event(event_pk)
    date = event.dates.taking_place().filter(pk=date_pk, date=today + dt.timedelta(days=1)).first()
    if date is None:
        return 0
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    # A course reminds before each of its dates, so "never twice" means: once a day.
    untold = Q(reminded_at__isnull=True) | Q(reminded_at__lt=midnight)
    rows = standing_for(date).filter(untold, state=SignUpState.CONFIRMED).exclude(email="")
    count = 0
    for signup in rows:
        signup.event, signup.reminded_at = event, timezone.now()
        signup.save(update_fields=["reminded_at"])
        count += mail_reminder(signup, date)
    return count
