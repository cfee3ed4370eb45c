"""The mail backend of the site: a mail is a row, written with its cause. Nothing here speaks to a server."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from .addresses import envelope_address, header_address
from .headers import CAUSE_HEADER, SECRET_HEADER
from .models import OutgoingMail


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND` everywhere. What it writes is rolled back with the transaction it is in."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(write_mail(message) is not None for message in email_messages)


def write_mail(message: EmailMessage) -> OutgoingMail | None:
    """Write the mail down; None when it has no recipient. ValueError or BadHeaderError for what can be no mail."""
    recipients = list(dict.fromkeys(envelope_address(to) for to in message.recipients()))
    if not recipients:
        return None
    ready = _ready(message)
    cause = str(message.extra_headers.get(CAUSE_HEADER, ""))[:200]
    return OutgoingMail.objects.create(
        message_id=ready.extra_headers["Message-ID"],
        cause=cause,
        subject=str(message.subject)[:500],
        sender=envelope_address(settings.MAIL_RETURN_PATH or ready.from_email),
        recipients=recipients,
        left=recipients,
        content=ready.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]
        # What nobody declared is taken for a code: the accounts' mails carry them.
        is_secret=SECRET_HEADER in message.extra_headers or not cause,
        next_try=timezone.now(),
    )


def _ready(message: EmailMessage) -> EmailMessage:
    """A copy with its id, our own headers taken out, and addresses as servers take them."""
    ready = copy.copy(message)
    own = {CAUSE_HEADER, SECRET_HEADER}
    ready.extra_headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answers from holiday notices
        "Message-ID": _new_id(message.from_email),
        **{name: value for name, value in message.extra_headers.items() if name not in own},
    }
    ready.to = [header_address(to) for to in message.to]
    ready.cc = [header_address(to) for to in message.cc]
    return ready


def _new_id(sender: str) -> str:
    """Ends with the sender's host. The standard library would ask the name server for this machine's name."""
    return f"<{uuid.uuid4().hex}@{envelope_address(sender).rpartition('@')[2]}>"
