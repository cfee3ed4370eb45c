"""Mails to those who signed up. Rows of the outbox, written in the transaction of their cause.

They are not marked secret although they hold a link: a confirmation is to arrive even when the server was away for
hours. Their texts are erased with those of all mails (MAIL_KEEP_DAYS).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.japanese_dates import short_date
from mailing.services import post

from ..choices import SignUpState
from ..date_words import date_words
from ..models import EventDate, SignUp
from ..signup_facts import contact_lines, dates_lines, place_lines_of, read_place
from ..signup_tokens import receipt_words, token_of
from ..visibility import joining_text_for


def mail_state(signup: SignUp, *, reason: str = "", by_organiser: bool = False) -> bool:
    """Tell how the sign-up stands now. False where there is no address: the page says it, or somebody calls."""
    words = {
        SignUpState.CONFIRMED: _("申込みを受け付けました:%(title)s"),
        SignUpState.WAITING: _("空き待ちで受け付けました:%(title)s"),
        SignUpState.ASKED: _("申込みを受け取りました:%(title)s"),
        SignUpState.CANCELLED: _("申込みを取り消しました:%(title)s"),
        SignUpState.DECLINED: _("申込みについてのお返事:%(title)s"),
    }
    subject = words[SignUpState(signup.state)]
    if signup.promoted_at is not None and signup.state == SignUpState.CONFIRMED:
        subject = _("空きが出ました。参加できます:%(title)s")
    elif by_organiser and signup.state == SignUpState.CONFIRMED:
        subject = _("参加できます:%(title)s")
    return write(signup, subject, "signup_state", reason=reason)


def mail_again(signup: SignUp) -> bool:
    """Somebody typed the same address once more: its owner gets the link again."""
    return write(signup, _("申込みの確認:%(title)s"), "signup_state", again=True)


def mail_reminder(signup: SignUp, date: EventDate) -> bool:
    """The day before. It names the day: a mail that was held up must not say 「あした」."""
    subject = _("もうすぐです(%(day)s):") % {"day": short_date(date.date)} + "%(title)s"
    return write(signup, subject, "signup_reminder", date_words=date_words(signup.event, date))


def mail_change(signup: SignUp, subject: str, *, change: str, **more: Any) -> bool:
    """A date was cancelled, moved or restored. `change` chooses the sentence."""
    return write(signup, subject, "signup_change", change=change, **more)


def write(signup: SignUp, subject: str, template: str, **more: Any) -> bool:
    """One mail to one person, if there is an address."""
    if not signup.email:
        return False
    post(
        to=[signup.email],
        subject=subject % {"title": signup.event.title},
        template=f"events/mail/{template}.txt",
        context=_context(signup) | more,
        cause=f"signup:{signup.receipt}",
    )
    return True


def _context(signup: SignUp) -> dict[str, Any]:
    event = signup.event
    read_place(event)
    return {
        "signup": signup,
        "event": event,
        "receipt": receipt_words(signup.receipt),
        "when": dates_lines(event, signup.date),
        "where": place_lines_of(event, signup.date),
        "contacts": contact_lines(event),
        "joining_text": joining_text_for(event, signup),
        "own_url": own_address(signup),
    }


def own_address(signup: SignUp) -> str:
    """The full address of the page of one's own sign-up, for mail and QR codes."""
    path = reverse("events:my_signup", kwargs={"token": token_of(signup)})
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
