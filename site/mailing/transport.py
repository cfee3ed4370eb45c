"""Handing one mail to the server, and what the answer means."""

from __future__ import annotations

import email.policy
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend

from .models import OutgoingMail


class ServerAway(Exception):
    """No mail can go now, whichever: nobody answers, or the server does not take us. Its text is a kind of error."""


@dataclass(slots=True)
class Answer:
    """Addresses the server did not take, with the code of the answer; the others have been served."""

    later: dict[str, str] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)


@contextmanager
def connected() -> Iterator[BaseEmailBackend]:
    """The real backend with one connection for several mails. ServerAway when there is none to be had."""
    backend = get_connection(settings.MAIL_TRANSPORT)
    try:
        backend.open()
    except OSError as error:
        raise ServerAway(_kind(error)) from None
    try:
        yield backend
    finally:
        with suppress(OSError):
            backend.close()


def hand_over(mail: OutgoingMail, backend: BaseEmailBackend) -> Answer:
    """Give the mail to the server for everybody who is left. ServerAway when the conversation broke off."""
    if not isinstance(backend, SMTPBackend) or backend.connection is None:
        backend.send_messages([_Stored(mail)])
        return Answer()
    try:
        refused = backend.connection.sendmail(mail.sender, mail.left, bytes(mail.content or b""))
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        if error.smtp_code == 421 or isinstance(error, smtplib.SMTPSenderRefused):
            raise ServerAway(str(error.smtp_code)) from None
        refused = dict.fromkeys(mail.left, (error.smtp_code, b""))
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        refused = dict.fromkeys(mail.left, (553, b""))  # an address this server has no letters for
    except OSError as error:
        raise ServerAway(_kind(error)) from None
    if any(code == 421 for code, _text in refused.values()):
        raise ServerAway("421")
    return _sorted(refused)


def _sorted(refused: dict[str, tuple[int, bytes]]) -> Answer:
    answer = Answer()
    for address, (code, _text) in refused.items():
        (answer.never if 500 <= code < 600 else answer.later)[address] = str(code)
    return answer


def _kind(error: Exception) -> str:
    return str(getattr(error, "smtp_code", "") or type(error).__name__)


class _Stored(EmailMessage):
    """What backends for development and tests want: the mail as Django knows mails."""

    def __init__(self, mail: OutgoingMail) -> None:
        self._content = bytes(mail.content or b"")
        parsed = message_from_bytes(self._content, policy=email.policy.default)
        text = parsed.get_body(("plain", "html"))
        super().__init__(mail.subject, text.get_content() if text else "", mail.sender, mail.left)

    def message(self, **kwargs: Any) -> Any:
        return message_from_bytes(self._content)
