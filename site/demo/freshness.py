"""The round of asking and the visits of the demo: asks in every state, a campaign that runs, two fiscal years."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from areas.models import Area
from directory.choices import Answer, AskAnswer, AskChannel, AskState, VisitedKind, VisitOutcome
from directory.models import FreshnessPolicy, Resource, VerificationAsk, VerificationCampaign, Visit
from directory.services.asking import new_ask_code
from directory.services.freshness_dates import refresh_all

_VISITS_A_YEAR = 40
#: Who is visited. What is found there fits the place: a room that is used can be used.
_PLACES = (
    ("ふれあい会館", VisitedKind.BUSINESS),
    ("さくら保育園", VisitedKind.SCHOOL),
    ("まちの文具店", VisitedKind.BUSINESS),
    ("いきいきサロン", VisitedKind.SALON),
    ("第二小学校", VisitedKind.SCHOOL),
    ("NPOひなた", VisitedKind.BUSINESS),
    ("おしゃべりミニデイ", VisitedKind.SALON),
)
_FINDINGS = (
    ("週に1回、近所の方が集まってお茶を飲んでいる。", Answer.YES, True),
    ("1階の部屋を、平日の午後に貸してもよいとのこと。", Answer.YES, False),
    ("新しく手伝ってくれる人をさがしている。部屋は自分たちだけで使う。", Answer.NO, False),
    ("移動販売の車を止める場所として使える。部屋のことは、まだ聞いていない。", Answer.UNKNOWN, False),
)
#: A place is found, then somebody is met, then it agrees to be listed.
_WAY = (VisitOutcome.FOUND, VisitOutcome.VISITED, VisitOutcome.CONSENTED)
#: What is known where nobody was met.
_UNTALKED = {
    VisitOutcome.FOUND: "看板を見つけた。今度、話を聞きに行く。",
    VisitOutcome.NOBODY: "留守だった。日をあらためて行く。",
}
#: Every so many visits nobody opens.
_NOBODY_EVERY = 9
#: (state, way, answer) of the asks, in turn.
_ASKS = (
    (AskState.WAITING, AskChannel.MAIL, ""),
    (AskState.CALL, AskChannel.PHONE, ""),
    (AskState.WAITING, AskChannel.PAPER, ""),
    (AskState.ANSWERED, AskChannel.MAIL, AskAnswer.SAME),
    (AskState.ANSWERED, AskChannel.PAPER, AskAnswer.CHANGED),
    (AskState.ANSWERED, AskChannel.PHONE, AskAnswer.ENDED),
)


def make_freshness(home: Area, *, today: date) -> None:
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
        _visit(home, number, today)


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


def _visit(home: Area, number: int, today: date) -> None:
    """The visit `number`, counted back from today: seven places in turn, each a step further every time."""
    name, kind = _PLACES[number % len(_PLACES)]
    round_ = (_VISITS_A_YEAR * 2 - number) // len(_PLACES)
    findings, can_be_used, is_used = _FINDINGS[(number % len(_PLACES)) % len(_FINDINGS)]
    outcome = _WAY[round_ % len(_WAY)] if (number + 1) % _NOBODY_EVERY else VisitOutcome.NOBODY
    if outcome in _UNTALKED:
        findings, can_be_used, is_used = _UNTALKED[outcome], Answer.UNKNOWN, False
    Visit.objects.get_or_create(
        key=f"demo-{number}",
        defaults={
            "date": today - timedelta(days=9 * number),
            "district": home,
            "kind": kind,
            "name": f"{name}{round_ // len(_WAY) + 1}(見本)",
            "outcome": outcome,
            "findings": findings,
            "room_can_be_used": can_be_used,
            "room_is_used": is_used,
        },
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
