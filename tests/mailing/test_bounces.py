"""Delivery reports lead back to the mail they speak of."""

from __future__ import annotations

from email import message_from_string

import pytest
from django.core.mail import EmailMessage

from mailing.bounces import take_in_report
from mailing.choices import MailState
from mailing.models import OutgoingMail

pytestmark = pytest.mark.django_db


def report(message_id: str, *, action: str = "failed", inner: str = "text/rfc822-headers") -> str:
    return f"""From: MAILER-DAEMON@example.jp
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

unknown user
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.jp

Final-Recipient: rfc822; gone@example.jp
Action: {action}
Status: 5.1.1

--B
Content-Type: {inner}

Subject: x
Message-ID: {message_id}

--B--
"""


@pytest.fixture
def sent(outbox: None) -> OutgoingMail:
    EmailMessage("件名", "本文", to=["hanako@example.jp", "gone@example.jp"]).send()
    OutgoingMail.objects.update(state=MailState.SENT, left=[])
    return OutgoingMail.objects.get()


@pytest.mark.parametrize("inner", ["text/rfc822-headers", "message/rfc822"])
def test_returned_mail_counts_as_not_arrived(sent: OutgoingMail, inner: str) -> None:
    assert take_in_report(message_from_string(report(sent.message_id, inner=inner))) == sent
    sent.refresh_from_db()
    assert (sent.state, sent.refused) == (MailState.FAILED, {"gone@example.jp": "5.1.1"})


def test_report_of_a_delay_changes_nothing(sent: OutgoingMail) -> None:
    assert take_in_report(message_from_string(report(sent.message_id, action="delayed"))) is None
    sent.refresh_from_db()
    assert sent.state == MailState.SENT


@pytest.mark.parametrize("text", ["", "Subject: x\n\nhello", report("<foreign@example.jp>")])
def test_other_mail_is_passed_over(sent: OutgoingMail, text: str) -> None:
    assert take_in_report(message_from_string(text)) is None
