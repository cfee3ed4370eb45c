"""The exchange between groups in the demo: two gatherings with cards and wishes, the board, introductions."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from areas.models import Area
from directory.models import Organization
from events.choices import (
    EventKind,
    IntroductionOutcome,
    IntroductionState,
    OpportunityKind,
    OpportunityState,
    OpportunityTopic,
)
from events.models import Card, Gathering, Introduction, Opportunity
from events.services.gatherings import wish_for
from members.models import User
from tests.factories.events import EventFactory

#: does, seeks, gives
WORDS = (
    ("毎月、だれでも来られるお茶会を開いています。", "お茶を入れてくれる人", "お茶の入れ方、話し相手"),
    ("子どもの食堂を、月に2回開いています。", "お米や野菜", "大きな鍋と炊飯器を貸せます"),
    ("公園で体操をしています。", "雨の日に使える部屋", "体操の先生を紹介できます"),
    ("昔の遊びを、子どもに教えています。", "学校とのつながり", "こま、けん玉、折り紙"),
    ("買い物の手伝いをしています。", "車を運転できる人", "重い荷物を運べます"),
    ("楽器の演奏をしています。", "演奏できる場所", "出張して演奏します"),
)
#: kind, topic, title
POSTS = (
    (OpportunityKind.SEEK, OpportunityTopic.PEOPLE, "お茶を入れてくれる人"),
    (OpportunityKind.GIVE, OpportunityTopic.THINGS, "子ども用のいす 6脚"),
    (OpportunityKind.SEEK, OpportunityTopic.ROOM, "月に1回、午後に使える部屋"),
    (OpportunityKind.GIVE, OpportunityTopic.KNOW_HOW, "ちらしの作り方を教えます"),
    (OpportunityKind.SEEK, OpportunityTopic.THINGS, "使わなくなった折り紙と色えんぴつ"),
)


def make_exchange(home: Area, *, today: date, chance: random.Random) -> None:
    """Everything of the exchange, around the demo's own group."""
    own = Organization.objects.get(members__user__email="group@example.jp")
    others = list(Organization.objects.published().exclude(pk=own.pk).order_by("pk")[:11])
    coming = _gathering(home, own, today + timedelta(days=24), "交流・名刺交換会(見本)")
    past = _gathering(home, own, today - timedelta(days=20), "夏の交流会(見本)")
    for gathering in (coming, past):
        _cards(gathering, [own, *others], chance)
    Gathering.objects.filter(pk=coming.pk).update(directory_is_open=True)
    _posts([own, *others], today, chance)
    _introductions(own, others, past, today)


def _gathering(home: Area, own: Organization, day: date, title: str) -> Gathering:
    event: Any = EventFactory(
        kind=EventKind.GATHERING,
        title=f"{home.short_name} {title}",
        kana=f"{home.kana} こうりゅうかい みほん",
        summary="地区の団体が集まり、カードを交換して知り合います。",
        body="見本として作った、架空の催しです。",
        organization=own,
        district=home,
        on=[day],
    )
    return Gathering.objects.create(event=event)


def _cards(gathering: Gathering, groups: list[Organization], chance: random.Random) -> None:
    cards = []
    for number, group in enumerate(groups):
        does, seeks, gives = WORDS[number % len(WORDS)]
        cards.append(
            Card.objects.create(
                gathering=gathering,
                organization=group,
                does=does,
                seeks=seeks,
                gives=gives,
                people=chance.randint(1, 3),
                consents=number != 7,
                table=f"{'ABC'[number // 4]}{number % 4 + 1}",
            )
        )
    open_cards = [card for card in cards if card.consents]
    for first, second in ((0, 1), (1, 0), (2, 4), (3, 5), (5, 3), (6, 0)):
        wish_for(
            from_card=open_cards[first],
            to_card=open_cards[second],
            note="いっしょに何かできないか、話したいです。",
        )


def _posts(groups: list[Organization], today: date, chance: random.Random) -> None:
    states = [OpportunityState.OPEN] * 8 + [OpportunityState.MET, OpportunityState.WITHDRAWN]
    for number in range(20):
        kind, topic, title = POSTS[number % len(POSTS)]
        group = groups[number % len(groups)]
        Opportunity.objects.create(
            kind=kind,
            topic=topic,
            title=title,
            body="くわしいことは、返事をいただいてからお話しします。(見本)",
            organization=group,
            district=group.areas.first(),
            when_text=("月に1回", "いつでも", "土曜の午前")[number % 3],
            open_until=today + timedelta(days=chance.randint(5, 90)),
            state=states[number % len(states)],
            live=True,
        )


def _introductions(own: Organization, others: list[Organization], past: Gathering, today: date) -> None:
    """One in each state, and one that was left lying."""
    broker = User.objects.get(email="staff@example.jp")
    now = timezone.now()
    agreed = {"from_consents": True, "to_consents": True}
    asking = {"broker": broker, "asked_at": now, "from_consents": True}
    facts: tuple[tuple[str, dict[str, Any]], ...] = (
        (IntroductionState.REQUESTED, {}),
        (IntroductionState.ASKING, asking),
        (
            IntroductionState.INTRODUCED,
            {"broker": broker, **agreed, "introduced_at": now, "follow_up_on": today - timedelta(days=1)},
        ),
        (
            IntroductionState.DONE,
            {
                "broker": broker,
                **agreed,
                "introduced_at": now - timedelta(days=60),
                "outcome": IntroductionOutcome.TOGETHER,
                "outcome_note": "月に1回、いっしょに食堂を開いています。",
                "closed_at": now,
            },
        ),
        (
            IntroductionState.DECLINED,
            {
                "broker": broker,
                "to_consents": False,
                "decline_reason": "今は手が足りないため",
                "closed_at": now,
            },
        ),
        (IntroductionState.WITHDRAWN, {"closed_at": now}),
    )
    for (state, values), other in zip(facts, others, strict=False):
        Introduction.objects.create(
            from_organization=own,
            to_organization=other,
            purpose="交流会で話して、いっしょに何かできそうだと思いました。(見本)",
            gathering=past,
            district=own.areas.first(),
            state=state,
            **values,
        )
    left = Introduction.objects.create(
        from_organization=others[6],
        to_organization=own,
        purpose="お茶会の開き方を教えてほしいです。(見本)",
        district=own.areas.first(),
    )
    Introduction.objects.filter(pk=left.pk).update(updated_at=now - timedelta(days=30))
