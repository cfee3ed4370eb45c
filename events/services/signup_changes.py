"""What becomes of a sign-up: cancelled, approved, declined, larger or smaller, promoted by hand.

As in `services.signups`: one transaction, the event locked, the mails rows of the same transaction. What was decided
before (a second press, two people at once) changes nothing any more.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..choices import STANDING, SignUpPolicy, SignUpState
from ..models import Event, Seats, SignUp
from ..signup_errors import SignUpClosed, SignUpRefused
from ..signup_opening import Closed, dates_of, is_over, why_closed
from .seats import give_back, locked_event, seats_for, take
from .signup_log import log_signup
from .signup_mail import mail_state
from .signup_queue import give_seat, may_be_next, promote_waiting
from .signups import party_error


@transaction.atomic
def cancel_signup(*, signup: SignUp, by: Any = None) -> list[SignUp]:
    """Cancel, by oneself (`by=None`) or by somebody who was phoned. Returns those promoted.

    A second time changes nothing. Who came, or did not come, is not cancelled any more; nor, by oneself, what is over.
    """
    if by is None and is_over(dates_of(signup.event, signup.date), timezone.now()):
        return []
    return _end(signup, SignUpState.CANCELLED, by)


@transaction.atomic
def decline_signup(*, signup: SignUp, by: Any, reason: str = "") -> list[SignUp]:
    """The organiser says no. Returns those promoted."""
    return _end(signup, SignUpState.DECLINED, by, reason)


@transaction.atomic
def approve_signup(*, signup: SignUp, by: Any) -> SignUp:
    """The organiser says yes: a seat, or the place in the waiting list that goes with the time of the sign-up.

    Raises `SignUpClosed` where there is no seat and no waiting list.
    """
    row = _standing(signup)
    if row is None or row.state != SignUpState.ASKED:
        return _reread(signup)
    if may_be_next(row.seats) and take(row.seats, row.party_size):
        row.state = SignUpState.CONFIRMED
    elif row.event.has_waiting_list:
        row.state = SignUpState.WAITING
    else:
        raise SignUpClosed(Closed.FULL, row.event)
    row.save(update_fields=["state"])
    log_signup("signup_approve", row, by)
    mail_state(row, by_organiser=True)
    return row


@transaction.atomic
def change_party_size(*, signup: SignUp, size: int, by: Any) -> list[SignUp]:
    """More or fewer people. Returns those promoted when seats became free.

    Raises `SignUpRefused` ("party_size") where it does not fit; seats others wait for are not free.
    """
    row = _standing(signup)
    if row is None or row.party_size == size:
        return []
    wrong = party_error(row.event, row.seats, size, binds_party=by is None)
    if not wrong and by is None:
        wrong = _why_not_by_oneself(row, size)
    grows = row.state == SignUpState.CONFIRMED and size > row.party_size
    if not wrong and grows and not (may_be_next(row.seats) and take(row.seats, size - row.party_size)):
        wrong = _("空いている席がたりません。人数はそのままです。")
    if wrong:
        raise SignUpRefused({"party_size": wrong})
    before, row.party_size = row.party_size, size
    row.save(update_fields=["party_size"])
    log_signup("signup_size", row, by)
    if row.state == SignUpState.CONFIRMED and size < before:
        give_back(row.seats, before - size)
    return promote_waiting(seats=row.seats)


@transaction.atomic
def promote_by_hand(*, signup: SignUp, by: Any) -> SignUp:
    """Give a free seat to one who waits, past the others. Raises `SignUpClosed` where there is none."""
    row = _standing(signup)
    if row is None or row.state != SignUpState.WAITING:
        return _reread(signup)
    if not take(row.seats, row.party_size):
        raise SignUpClosed(Closed.FULL, row.event)
    log_signup("signup_promote", row, by)
    give_seat(row)
    return row


@transaction.atomic
def follow_event(event: Event) -> list[SignUp]:
    """The number of seats, or a date, changed: bring the limits in line and promote. Returns those promoted."""
    event = locked_event(event.pk)
    promoted = []
    for row in Seats.objects.filter(event=event).select_related("date"):
        row.event = event
        promoted += promote_waiting(seats=seats_for(event, row.date))
    return promoted


def _why_not_by_oneself(row: SignUp, size: int) -> str:
    """Fewer may come until it is over; more only as long as, and in the way that, one can sign up."""
    dates = dates_of(row.event, row.date)
    if is_over(dates, timezone.now()):
        return _("この催しは終わりました。")
    if size < row.party_size:
        return ""
    if why_closed(row.event, dates) is not None:
        return _("受付が終わったので、人数は増やせません。減らすことはできます。")
    if row.event.signup_policy == SignUpPolicy.APPROVAL and row.state == SignUpState.CONFIRMED:
        return _("人数を増やすときは、主催者にご連絡ください。減らすことはできます。")
    return ""


def _end(signup: SignUp, state: SignUpState, by: Any, reason: str = "") -> list[SignUp]:
    row = _standing(signup)
    if row is None:
        return []
    had_seat = row.has_seat
    row.state, row.cancelled_at = state, timezone.now()
    row.save(update_fields=["state", "cancelled_at"])
    log_signup("signup_cancel" if state == SignUpState.CANCELLED else "signup_decline", row, by, reason)
    mail_state(row, reason=reason)
    if had_seat:
        give_back(row.seats, row.party_size)
    return promote_waiting(seats=row.seats)


def _standing(signup: SignUp) -> SignUp | None:
    """`signup` as it is now, with its event locked; None when it is over and done with."""
    event = locked_event(signup.event_id)
    row = SignUp.objects.select_related("date").filter(pk=signup.pk, state__in=STANDING).first()
    if row is not None:
        row.event = event
        row.seats = seats_for(event, row.date)
    return row


def _reread(signup: SignUp) -> SignUp:
    row: SignUp = SignUp.objects.get(pk=signup.pk)
    return row
