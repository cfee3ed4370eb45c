"""Signing up, and all that becomes of a sign-up. First come, first served.

Every change runs in one transaction under the lock of the event, together with its mails (rows of the outbox): what was
acknowledged is kept, what was not has left nothing behind. A party that does not fit is not overtaken by a smaller one
unless somebody promotes by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.models import Organization
from directory.phone_numbers import normalize_phone

from ..choices import STANDING, SignUpChannel, SignUpPolicy, SignUpState
from ..models import Event, EventDate, Seats, SignUp
from ..signup_errors import AlreadySignedUp, SignUpClosed, SignUpRefused
from ..signup_opening import Closed, dates_of, is_for_all_dates, why_closed
from ..signup_tokens import hash_of, receipt_for, token_of
from .seats import date_with_seats, locked_event, seats_for, take
from .signup_log import log_signup
from .signup_mail import mail_state
from .signup_queue import may_be_next


class SignUpResult(NamedTuple):
    """The row, and the secret of the link to it."""

    signup: SignUp
    token: str


class _Other(NamedTuple):
    """A sign-up that may stand in the way of a new one."""

    pk: int
    once: str | None
    receipt: str


@transaction.atomic
def sign_up(
    *,
    event: Event,
    date: EventDate | None,
    name: str,
    email: str = "",
    phone: str = "",
    party_size: int = 1,
    needs: Iterable[str] = (),
    needs_note: str = "",
    note: str = "",
    channel: str = SignUpChannel.WEB,
    user: Any = None,
    organization: Organization | None = None,
    typed_in_by: Any = None,
    once: str | None = None,
) -> SignUpResult:
    """Sign up a person or a party for `date`, or for the whole course (`date=None`).

    `once` makes a form sent twice one sign-up. By any channel but WEB somebody else types it in: deadlines and the
    policy do not bind them, seats do. Raises `SignUpClosed`, `SignUpRefused` (by field), `AlreadySignedUp`.
    """
    event = locked_event(event.pk)
    date, seats = _date_and_seats(event, date)
    signup = SignUp(
        event=event,
        date=date,
        seats=seats,
        name=name.strip(),
        email=email.strip(),
        phone=normalize_phone(phone) if phone else "",
        party_size=party_size,
        needs=[need for need in event.needs_asked if need in set(needs)],
        needs_note=needs_note.strip(),
        note=note.strip(),
        channel=channel,
        user=user,
        organization=organization,
        typed_in_by=typed_in_by,
        once=once or None,
        receipt=receipt_for(once),
    )
    others = _others(signup)
    sent_before = _sent_before(signup, others)
    if sent_before is not None:
        return SignUpResult(sent_before, token_of(sent_before))
    _refuse_where_closed(event, signup)
    _refuse_what_cannot_be(event, signup, others)
    _give_place(event, signup)
    if any(row.receipt == signup.receipt for row in others):
        signup.receipt = _free_receipt()
    _save_new(signup)
    return SignUpResult(signup, token_of(signup))


def find_by_token(token: str) -> SignUp | None:
    """The sign-up a link leads to. One whose personal part was erased is not found any more."""
    rows = SignUp.objects.select_related("event__organization", "event__venue", "event__district", "date")
    return rows.filter(token_hash=hash_of(token), erased_at__isnull=True).first() if token else None


def _date_and_seats(event: Event, date: EventDate | None) -> tuple[EventDate | None, Seats]:
    """The date as it is now, and its seats. Raises where the event is signed up for in another way."""
    if (date is None) != is_for_all_dates(event):
        raise SignUpRefused({"date": _("どの回に申し込むか、選んでください。")})
    if date is None:
        return None, seats_for(event, None)
    found = date_with_seats(event, date.pk)
    if found is None:
        raise SignUpRefused({"date": _("この回は、なくなりました。ほかの回を選んでください。")})
    return found


def _others(signup: SignUp) -> list[_Other]:
    """All that stands in the way of `signup`, in one query: made by the same form, with the same number, or by the
    same person for the same seats and still standing."""
    in_the_way = Q(receipt=signup.receipt) | _same_person(signup)
    if signup.once is not None:
        in_the_way |= Q(once=signup.once)
    # A few columns: there is hardly ever one, and this is asked of everybody.
    rows = SignUp.objects.filter(in_the_way).order_by().values_list("pk", "once", "receipt")
    return [_Other(*row) for row in rows]


def _same_person(signup: SignUp) -> Q:
    """The same mail, or without mail the same name and telephone. Nobody, where there is neither."""
    standing = Q(seats=signup.seats, state__in=STANDING)
    if signup.email:
        return standing & Q(email__iexact=signup.email)
    return standing & Q(phone=signup.phone, name=signup.name) if signup.phone else Q()


def _sent_before(signup: SignUp, others: list[_Other]) -> SignUp | None:
    """The one of `others` the same form made before. Raises where it said something else then."""
    same_form = [row.pk for row in others if signup.once is not None and row.once == signup.once]
    found = SignUp.objects.get(pk=same_form[0]) if same_form else None
    said = ("event_id", "date_id", "name", "email", "phone", "party_size")
    if found is not None and any(getattr(found, field) != getattr(signup, field) for field in said):
        raise SignUpRefused(
            {
                "": _(
                    "この画面からは、もう申し込まれています。内容を変えるときは、はじめから入力してください。"
                )
            }
        )
    return found


def _refuse_where_closed(event: Event, signup: SignUp) -> None:
    typed_in = signup.channel != SignUpChannel.WEB
    why = why_closed(event, dates_of(event, signup.date), typed_in=typed_in)
    if why is not None:
        raise SignUpClosed(why, event)


def _refuse_what_cannot_be(event: Event, signup: SignUp, others: list[_Other]) -> None:
    errors: dict[str, str] = {}
    if not signup.name:
        errors["name"] = _("お名前を入力してください。ニックネームでもかまいません。")
    if signup.channel == SignUpChannel.WEB and not (signup.email or signup.phone):
        errors["email"] = _("メールか電話の、どちらかを入力してください。")
    if wrong := party_error(event, signup.seats, signup.party_size, signup.channel == SignUpChannel.WEB):
        errors["party_size"] = wrong
    if errors:
        raise SignUpRefused(errors)
    # With the same number it is somebody else, who happened to get it.
    same_person = [row.pk for row in others if row.receipt != signup.receipt]
    if same_person:
        raise AlreadySignedUp(SignUp.objects.get(pk=same_person[0]))


def party_error(event: Event, seats: Seats, size: int, binds_party: bool) -> str:
    """What is wrong with a party of `size`; "" when nothing is. Staff may take in a larger one than the form does."""
    if size < 1:
        return _("人数は、1人以上にしてください。")
    if binds_party and size > event.max_party:
        return _("1回の申込みは、%(number)d人までです。") % {"number": event.max_party}
    if seats.limit is not None and size > seats.limit:
        return _("定員は%(number)d人です。") % {"number": seats.limit}
    return ""


def _give_place(event: Event, signup: SignUp) -> None:
    """A seat, a place in the waiting list, or the organiser's decision."""
    if event.signup_policy == SignUpPolicy.APPROVAL and signup.channel == SignUpChannel.WEB:
        signup.state = SignUpState.ASKED
        return
    if may_be_next(signup.seats) and take(signup.seats, signup.party_size):
        signup.state = SignUpState.CONFIRMED
    elif event.has_waiting_list:
        signup.state = SignUpState.WAITING
    else:
        raise SignUpClosed(Closed.FULL, event)


def _save_new(signup: SignUp) -> None:
    signup.token_hash = hash_of(token_of(signup))
    signup.save(force_insert=True)
    log_signup("signup", signup, signup.typed_in_by)
    mail_state(signup)


def _free_receipt() -> str:
    """A number nobody has."""
    while SignUp.objects.filter(receipt=(receipt := receipt_for(None))).exists():
        pass
    return receipt
