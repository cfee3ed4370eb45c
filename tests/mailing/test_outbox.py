"""A mail is a row, written with its cause; writing it speaks to nobody."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction

from mailing.addresses import envelope_address, header_address
from mailing.choices import MailState
from mailing.headers import CAUSE_HEADER, SECRET_HEADER
from mailing.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Undone(Exception):
    pass


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.create_connection", refuse)


def write(**kwargs: object) -> OutgoingMail:
    values = {"subject": "件名", "body": "本文", "to": ["hanako@example.jp"], **kwargs}
    EmailMessage(**values).send()  # type: ignore[arg-type]
    return OutgoingMail.objects.get()


def test_sending_writes_a_row_and_opens_no_socket(outbox: None, no_network: None) -> None:
    assert send_mail("件名", "本文", None, ["hanako@example.jp"]) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.subject, mail.left) == (MailState.WAITING, "件名", ["hanako@example.jp"])


def test_what_is_rolled_back_leaves_no_mail(outbox: None) -> None:
    with suppress(Undone), transaction.atomic():
        send_mail("件名", "本文", None, ["hanako@example.jp"])
        raise Undone
    assert not OutgoingMail.objects.exists()


def test_cause_is_kept_and_does_not_leave_the_house(outbox: None) -> None:
    mail = write(headers={CAUSE_HEADER: "resource:7K3QF"})
    assert mail.cause == "resource:7K3QF"
    assert not mail.is_secret
    assert b"Tsunagu" not in bytes(mail.content)
    assert list(OutgoingMail.objects.about("resource:7K3QF")) == [mail]


@pytest.mark.parametrize("headers", [{}, {CAUSE_HEADER: "resource:7K3QF", SECRET_HEADER: "yes"}])
def test_mail_without_cause_or_declared_secret_counts_as_secret(outbox: None, headers: dict) -> None:
    assert write(headers=headers).is_secret


def test_hidden_recipients_stand_on_the_envelope_only(outbox: None) -> None:
    mail = write(bcc=["taro@example.jp"])
    assert mail.recipients == ["hanako@example.jp", "taro@example.jp"]
    assert b"taro" not in bytes(mail.content)


def test_attachments_and_second_texts_are_kept(outbox: None) -> None:
    message = EmailMultiAlternatives("件名", "本文", to=["hanako@example.jp"])
    message.attach_alternative("<p>本文</p>", "text/html")
    message.attach("plan.csv", "a,b", "text/csv")
    message.send()
    content = bytes(OutgoingMail.objects.get().content)
    assert b"text/html" in content
    assert b"plan.csv" in content


def test_nobody_to_write_to_is_no_mail(outbox: None) -> None:
    assert EmailMessage("件名", "本文", to=[]).send() == 0
    assert not OutgoingMail.objects.exists()


def test_line_break_in_a_subject_is_refused(outbox: None) -> None:
    with pytest.raises(BadHeaderError):
        write(subject="件名\nBcc: taro@example.jp")


@pytest.mark.parametrize(
    ("typed", "on_the_envelope"),
    [
        ("hanako@example.jp", "hanako@example.jp"),
        ("foo..bar@docomo.ne.jp", '"foo..bar"@docomo.ne.jp'),
        (".foo.@ezweb.ne.jp", '".foo."@ezweb.ne.jp'),
        ('"foo..bar"@docomo.ne.jp', '"foo..bar"@docomo.ne.jp'),
        ("花子 <hanako@example.jp>", "hanako@example.jp"),
        ("info@日本語.jp", "info@xn--wgv71a119e.jp"),
    ],
)
def test_address_on_the_envelope_is_one_servers_take(typed: str, on_the_envelope: str) -> None:
    assert envelope_address(typed) == on_the_envelope


def test_name_in_a_header_stays() -> None:
    assert header_address("Hanako <hanako@example.jp>") == "Hanako <hanako@example.jp>"
