"""Registrations and claims. Answers are those of a salon in 烏山; `tests.directory` needs the real places for them."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from directory.choices import RegistrationState
from directory.models import Claim, Registration

#: What somebody types into the three forms.
WHO = {
    "name": "なかよし会",
    "kana": "ナカヨシカイ",
    "legal_form": "informal",
    "email": "nakayoshi@example.jp",
}
WHAT: dict[str, Any] = {
    "activity": "なかよしサロン",
    "summary": "お茶を飲みながらおしゃべりします。",
    "schedule": "第２・第４木曜 13:30〜15:30",
    "place": "集会所",
    "address": "世田谷区南烏山６−２−１９",
    "fee_kind": "free",
    "fee_note": "",
    "join_policy": "open",
    "district": "",
}
REACH = {
    "representative": "見本 花子",
    "representative_kana": "ミホン ハナコ",
    "phone": "０３(0000)0000",
    "phone_is_public": "on",
    "email": "nakayoshi@example.jp",
    "consent": "on",
}


class RegistrationFactory(DjangoModelFactory):
    """One that was sent."""

    class Meta:
        model = Registration

    receipt = factory.Sequence(lambda n: f"RG{n:06d}")
    secret_hash = factory.Sequence(lambda n: f"{n:064d}")
    state = RegistrationState.SUBMITTED
    answers = factory.LazyFunction(lambda: {"who": dict(WHO)})


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = Claim

    receipt = factory.Sequence(lambda n: f"CL{n:06d}")
    resource = factory.SubFactory("tests.factories.directory.ResourceFactory")
    user = factory.SubFactory("tests.factories.members.UserFactory")
    relation = "代表"
    message = "毎回の受付をしています。"
