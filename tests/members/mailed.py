"""Reading the mails of a test as a person does."""

from __future__ import annotations

import re

from django.core import mail


def last_mail_to(address: str) -> str:
    """Subject and text of the newest mail to `address`."""
    message = next(message for message in reversed(mail.outbox) if address in message.to)
    return f"{message.subject}\n{message.body}"


def code_for(address: str) -> str:
    """The six digits in the newest mail to `address`."""
    found = re.search(r"^\s+(\d{6})\s*$", last_mail_to(address), re.MULTILINE)
    assert found, last_mail_to(address)
    return found[1]


def wrong(code: str) -> str:
    """Another code of the same length."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
