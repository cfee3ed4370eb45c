"""Mails that come back: delivery reports (RFC 3464) lead to the mail they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from django.db import transaction
from django.utils import timezone

from .choices import MailState
from .models import OutgoingMail


def take_in_report(report: Message) -> OutgoingMail | None:
    """Mark the mail a delivery report is about as not arrived. None for what is no report of ours, or only of a delay."""
    message_id, failed = _returned_id(report), dict(_failed_recipients(report))
    if not (message_id and failed):
        return None
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(message_id=message_id).first()
        if mail is None or mail.state in (MailState.WAITING, MailState.SENDING):
            return mail
        # Forwarded mail comes back from addresses we never wrote to: with one recipient there is no doubt whose it is.
        ours = {to: code for to, code in failed.items() if to in mail.recipients}
        if not ours and len(mail.recipients) == 1:
            ours = {mail.recipients[0]: next(iter(failed.values()))}
        _mark(mail, ours)
    return mail


def _mark(mail: OutgoingMail, refused: dict[str, str]) -> None:
    if refused:
        mail.refused = {**mail.refused, **refused}
        mail.last_error = next(iter(refused.values()))[:100]
        mail.state = MailState.FAILED
        mail.ended = timezone.now()
        mail.save(update_fields=["refused", "last_error", "state", "ended"])


def _failed_recipients(report: Message) -> Iterator[tuple[str, str]]:
    """(address, status such as "5.1.1") of everybody who will not get it."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.walk():
            if str(fields.get("Action", "")).strip().lower() == "failed":
                who = fields.get("Original-Recipient") or fields.get("Final-Recipient") or ""
                yield str(who).rpartition(";")[2].strip(), str(fields.get("Status", "failed")).strip()[:20]


def _returned_id(report: Message) -> str:
    """The Message-ID of the mail that came back; it lies in a part, whole or as its headers alone."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            return str(inner[0].get("Message-ID", "")).strip() if isinstance(inner, list) and inner else ""
        if part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            lines = bytes(text).decode("ascii", "replace").splitlines() if isinstance(text, bytes) else []
            found = [line for line in lines if line.lower().startswith("message-id:")]
            return found[0].partition(":")[2].strip() if found else ""
    return ""
