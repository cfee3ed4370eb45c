"""Asks and visits for tests and the demo."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from directory.choices import AskChannel, AskState
from directory.models import VerificationAsk
from directory.services.asking import new_ask_code
from tests.factories.directory import ResourceFactory


class AskFactory(DjangoModelFactory):
    """An ask by mail that waits for an answer."""

    class Meta:
        model = VerificationAsk

    resource = factory.SubFactory(ResourceFactory)
    code = factory.LazyFunction(new_ask_code)
    channel = AskChannel.MAIL
    sent_to = "group@example.jp"
    state = AskState.WAITING
