"""「届かなかったメール」 in the staff screens."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from mailing.choices import MailState
from mailing.headers import CAUSE_HEADER
from mailing.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(outbox: None) -> OutgoingMail:
    EmailMessage("件名", "本文", to=["gone@example.jp"], headers={CAUSE_HEADER: "resource:7K3QF"}).send()
    OutgoingMail.objects.update(state=MailState.FAILED, left=[], refused={"gone@example.jp": "550"})
    return OutgoingMail.objects.get()


def test_administrator_sees_it_and_sends_it_again(failed: OutgoingMail, administrator_client: Client) -> None:
    page = administrator_client.get(reverse("mails:index")).content.decode()
    assert "gone@example.jp (550)" in page
    administrator_client.post(reverse("mails:again", args=[failed.pk]))
    failed.refresh_from_db()
    assert (failed.state, failed.left) == (MailState.WAITING, ["gone@example.jp"])


def test_pressing_twice_is_told(failed: OutgoingMail, administrator_client: Client) -> None:
    address = reverse("mails:again", args=[failed.pk])
    administrator_client.post(address)
    assert "もう送れません" in administrator_client.post(address, follow=True).content.decode()


def test_nobody_else_sees_it(failed: OutgoingMail, resident_client: Client) -> None:
    assert resident_client.get(reverse("mails:index")).status_code in (302, 403)
    resident_client.post(reverse("mails:again", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == MailState.FAILED
