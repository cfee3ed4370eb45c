"""A message of the organiser to everybody who signed up. Sent once, whatever is pressed twice.

The mails are rows of the outbox, written in the transaction of the message. Those without mail are counted and have
to be called: `reach_of` names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from ..choices import SignUpChannel, SignUpState
from ..models import Event, EventDate, EventMessage, SignUp
from .seats import locked_event
from .signup_mail import write

#: Everybody but those who cancelled, were declined, or stayed away.
_TOLD = (SignUpState.ASKED, SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.ATTENDED)


@dataclass(frozen=True)
class Reach:
    """Who gets a mail (one per address), and who has to be called."""

    by_mail: list[SignUp]
    to_call: list[SignUp]


def reach_of(event: Event, date: EventDate | None) -> Reach:
    """Those who signed up for `date` (courses included); without one, for any date that is not over."""
    rows = list(_signed_up(event, date).select_related("date").order_by("created_at", "pk"))
    addresses: dict[str, SignUp] = {}
    to_call: dict[tuple[str, str], SignUp] = {}
    for row in rows:
        row.event = event
        if row.email:
            addresses.setdefault(row.email.casefold(), row)
        elif row.phone or row.channel != SignUpChannel.DOOR:
            # Walk-ins who left nothing cannot be reached at all.
            to_call.setdefault((row.phone, row.name), row)
    return Reach(list(addresses.values()), list(to_call.values()))


@transaction.atomic
def send_message(
    *, event: Event, date: EventDate | None, subject: str, body: str, by: Any, once: str
) -> tuple[EventMessage, bool]:
    """Write the mails. Returns the message, and whether this call sent it: with the same `once` only the first does."""
    event = locked_event(event.pk)
    sent_before = EventMessage.objects.filter(once=once, event=event).first()
    if sent_before is not None:
        return sent_before, False
    reach = reach_of(event, date)
    for signup in reach.by_mail:
        # A per cent sign in what somebody typed is no placeholder.
        write(signup, subject.replace("%", "%%"), "signup_message", subject_line=subject, body=body)
    message: EventMessage = EventMessage.objects.create(
        event=event,
        date=date,
        subject=subject,
        body=body,
        sent_to=len(reach.by_mail),
        to_call=len(reach.to_call),
        once=once,
        sent_by=by,
    )
    log(instance=event, action="tsunagu.event.message", user=by, data={"reason": subject})
    return message, True


def _signed_up(event: Event, date: EventDate | None) -> QuerySet[SignUp]:
    rows = SignUp.objects.filter(event=event, state__in=_TOLD, erased_at__isnull=True)
    if date is not None:
        return rows.filter(Q(date=date) | Q(date__isnull=True))
    return rows.filter(Q(date__date__gte=timezone.localdate()) | Q(date__isnull=True))
