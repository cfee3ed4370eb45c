"""The round of asking and the visits of the demo: asks in every state, a campaign that runs, two fiscal years."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from areas.models import Area
from directory.choices import Answer, AskAnswer, AskChannel, AskState, VisitedKind, VisitOutcome
from directory.models import FreshnessPolicy, Resource, VerificationAsk, VerificationCampaign, Visit
from directory.services.asking import new_ask_code
from directory.services.freshness_dates import refresh_all

_VISITS_A_YEAR = 40
_NAMES = (
    "ふれあい会館",
    "さくら保育園",
    "まちの文具店",
    "いきいきサロン",
    "第二小学校",
    "NPOひなた",
    "駅前の喫茶店",
)
_FINDINGS = (
    "週に1回、近所の方が集まってお茶を飲んでいる。",
    "1階の部屋を、平日の午後に貸してもよいとのこと。",
    "新しく手伝ってくれる人をさがしている。",
    "移動販売の車を止める場所として使える。",
)
#: (state, way, answer) of the asks, in turn.
_ASKS = (
    (AskState.WAITING, AskChannel.MAIL, ""),
    (AskState.CALL, AskChannel.PHONE, ""),
    (AskState.WAITING, AskChannel.PAPER, ""),
    (AskState.ANSWERED, AskChannel.MAIL, AskAnswer.SAME),
    (AskState.ANSWERED, AskChannel.PAPER, AskAnswer.CHANGED),
    (AskState.ANSWERED, AskChannel.PHONE, AskAnswer.ENDED),
)


def make_freshness(home: Area, *, today: date, chance: random.Random) -> None:
    """Everything, where it is not there yet: `home` is the district of the demo's member of staff."""
    FreshnessPolicy.objects.get_or_create(municipality=home.municipality)
    refresh_all()
    if VerificationCampaign.objects.exists():
        return
    campaign = VerificationCampaign.objects.create(
        name=f"{home.name} 秋の確認(見本)",
        area=home,
        first_day=today - timedelta(days=10),
        last_day=today + timedelta(days=20),
        message="ことしも、載せている内容の確認をお願いします。",
        started_at=_moment(today - timedelta(days=10)),
        prepared_at=_moment(today - timedelta(days=10)),
    )
    entries = Resource.objects.published().in_area(home).order_by("pk")[: len(_ASKS) * 2]
    for number, resource in enumerate(entries):
        _ask(resource, campaign, number, today)
    for number in range(_VISITS_A_YEAR * 2):
        _visit(home, number, today, chance)


def _ask(resource: Resource, campaign: VerificationCampaign, number: int, today: date) -> None:
    state, channel, answer = _ASKS[number % len(_ASKS)]
    VerificationAsk.objects.create(
        resource=resource,
        campaign=campaign,
        code=new_ask_code(),
        channel=channel,
        sent_to=f"group{number}@example.jp" if channel == AskChannel.MAIL else "",
        state=state,
        answer=answer,
        called_at=_moment(today - timedelta(days=3)) if state == AskState.CALL else None,
        answered_at=_moment(today - timedelta(days=1)) if answer else None,
    )


def _visit(home: Area, number: int, today: date, chance: random.Random) -> None:
    outcome = chance.choice(VisitOutcome.values)
    Visit.objects.get_or_create(
        key=f"demo-{number}",
        defaults={
            "date": today - timedelta(days=9 * number),
            "district": home,
            "kind": VisitedKind.values[number % len(VisitedKind.values)],
            "name": f"{_NAMES[number % len(_NAMES)]}{number // len(_NAMES) + 1}(見本)",
            "outcome": outcome,
            "findings": chance.choice(_FINDINGS),
            "room_can_be_used": chance.choice(Answer.values),
            "room_is_used": chance.random() < 0.2,
        },
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
