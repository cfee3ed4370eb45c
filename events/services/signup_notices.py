"""When a date is cancelled, moved or restored: those signed up are written to, in the transaction of the change.

Those who left no mail have to be called: `people_to_call`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.japanese_dates import short_date, time_span

from ..choices import EventStatus
from ..date_words import date_words
from ..models import Event, EventDate, Seats, SignUp
from .signup_changes import follow_event
from .signup_mail import mail_change

_SUBJECTS = {
    "cancelled": _("中止になりました:%(title)s"),
    "postponed": _("延期になりました:%(title)s"),
    "moved": _("日時・場所が変わりました:%(title)s"),
    "restored": _("予定どおり行います:%(title)s"),
}


def on_date_changed(
    sender: Any, date: EventDate, change: str, reason: str = "", before: Any = None, **kwargs: Any
) -> None:
    """Receiver of `signals.date_changed`. What is over is not told of any more."""
    if date.ends_at <= timezone.now() and (before is None or before[0] < timezone.localdate()):
        return
    event = date.event
    whole = _whole_change(event)
    told = {
        "reason": reason,
        "date_words": date_words(event, date),
        "before_words": _before_words(change, before),
    }
    for signup in standing_for(date):
        signup.event = event
        if signup.date_id is not None:
            signup.date = date
        elif not _is_to_be_told(signup, bool(whole) or change == "restored"):
            continue
        mail_change(signup, str(_SUBJECTS[whole or change]), change=whole or change, **told)


def on_event_changed(sender: Any, event: Event, **kwargs: Any) -> None:
    """Receiver of `signals.event_changed`: there may be more seats, or a date that takes place again."""
    if Seats.objects.filter(event=event).exists():
        follow_event(event)


def standing_for(date: EventDate) -> QuerySet[SignUp]:
    """Sign-ups that still stand and concern `date`: those for it, and those for the whole course."""
    concerned = Q(date=date) | Q(event=date.event_id, date__isnull=True)
    rows: QuerySet[SignUp] = SignUp.objects.standing().filter(concerned)
    return rows.select_related("date").order_by("created_at", "pk")


def people_to_call(date: EventDate) -> QuerySet[SignUp]:
    """Those of `standing_for` who left no mail."""
    return standing_for(date).filter(email="")


def _whole_change(event: Event) -> str:
    """Is the event as a whole off? Then it is told so, not date by date."""
    words = {EventStatus.CANCELLED: "cancelled", EventStatus.POSTPONED: "postponed"}
    return words.get(EventStatus(event.status), "")


def _is_to_be_told(signup: SignUp, whole: bool) -> bool:
    """One mail to whoever signed up for a whole course, however many of its dates go off together."""
    mine = SignUp.objects.filter(pk=signup.pk)
    if not whole:
        mine.update(told_whole=None)
        return True
    untold = Q(told_whole__isnull=True) | Q(told_whole__lt=signup.event.sequence)
    return bool(mine.filter(untold).update(told_whole=signup.event.sequence))


def _before_words(change: str, before: Any) -> str:
    if change != "moved" or before is None:
        return ""
    return f"{short_date(before[0])} {time_span(before[1], before[2])}".strip()
