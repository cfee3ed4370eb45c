"""The same answer sent many times at one moment, and the day's work done by two workers at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from directory.ask_tokens import mail_token
from directory.models import MistakeReport, Verification, VerificationAsk
from directory.services.ask_answers import confirm_unchanged
from directory.services.asking import ask_about
from mailing.models import OutgoingMail
from tests.factories.asks import AskFactory
from tests.factories.directory import ResourceContactFactory, ResourceFactory

from .racing import _django_db_helper, at_once, shared_database  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]

_MANY = 20


def test_twenty_at_once_are_one_proof() -> None:
    ask = AskFactory(resource__verified_on=date(2026, 1, 1))
    url = reverse("directory:confirm", args=[mail_token(ask)])
    outcomes = at_once(*[lambda: Client().post(url, {"answer": "same"}).status_code] * _MANY)
    assert outcomes == [302] * _MANY
    assert Verification.objects.count() == 1


def test_same_and_ended_at_once_are_one_answer() -> None:
    ask = AskFactory()
    url = reverse("directory:confirm", args=[mail_token(ask)])
    answers = ["same", "ended"] * 5
    at_once(*[lambda answer=answer: Client().post(url, {"answer": answer}) for answer in answers])
    assert Verification.objects.count() + MistakeReport.objects.count() == 1


def test_two_workers_at_once_ask_once(settings) -> None:
    settings.EMAIL_BACKEND = "mailing.backend.OutboxBackend"
    resource = ResourceFactory()
    ResourceContactFactory(resource=resource, email="group@example.jp")
    made = at_once(*[lambda: ask_about([resource])] * 4)
    assert sorted(made) == [0, 0, 0, 1]
    assert VerificationAsk.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_the_first_confirmation_says_so() -> None:
    ask = AskFactory()
    assert sorted(at_once(*[lambda: confirm_unchanged(ask)] * 6)) == [False] * 5 + [True]
