"""All entries of a place are asked in one go: how many, in which way, who answered, who is reminded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from ..choices import OPEN_ASKS, AskAnswer, AskChannel, AskState
from ..models import Resource, VerificationAsk, VerificationCampaign
from .ask_addresses import best_addresses, channel_of, with_ways_to_ask
from .ask_following import remind_about
from .asking import ask_about, without_open_ask

_BATCH = 200


@dataclass(frozen=True)
class Tracking:
    """One line of the table of answers."""

    name: str
    asked: int
    answered: int
    waiting: int
    calls: int

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0


def entries_of(campaign: VerificationCampaign) -> QuerySet[Resource]:
    """What is asked about: everything public in the place, also what rests; whether it still rests is a question."""
    return Resource.objects.published().in_area(campaign.area).order_by("pk")


def how_many(campaign: VerificationCampaign) -> dict[str, int]:
    """Way of asking → entries, before anything is sent. "mails" says how many mails that makes."""
    rows = list(with_ways_to_ask(entries_of(campaign)))
    addresses = best_addresses(rows)
    found = Counter(str(channel_of(row, addresses.get(row.pk, ""))) for row in rows)
    numbers = {str(channel): found[channel] for channel in AskChannel.values}
    return numbers | {"total": len(rows), "mails": len({address.lower() for address in addresses.values()})}


@transaction.atomic
def start(campaign: VerificationCampaign, enqueue: Any) -> bool:
    """Begin, once; `enqueue(pk)` hands the work to the background. False where it has begun or was closed."""
    fresh = VerificationCampaign.objects.filter(
        pk=campaign.pk, started_at__isnull=True, closed_at__isnull=True
    )
    if not fresh.update(started_at=timezone.now()):
        return False
    enqueue(campaign.pk)
    return True


def prepare(key: int) -> int:
    """Ask about every entry that nobody is asked about; what is open already joins. May be run again at any point."""
    campaign = VerificationCampaign.objects.select_related("area").get(pk=key)
    if campaign.started_at is None or campaign.closed_at is not None or campaign.prepared_at is not None:
        return 0
    entries = entries_of(campaign)
    VerificationAsk.objects.filter(resource__in=entries, state__in=OPEN_ASKS, campaign__isnull=True).update(
        campaign=campaign
    )
    # Who answered this campaign, before a worker was killed, is not asked a second time.
    todo = without_open_ask(entries).exclude(asks__campaign=campaign)
    keys = list(todo.values_list("pk", flat=True))
    made = 0
    for start_at in range(0, len(keys), _BATCH):
        batch = Resource.objects.filter(pk__in=keys[start_at : start_at + _BATCH]).order_by("pk")
        made += ask_about(batch, campaign=campaign)
    VerificationCampaign.objects.filter(pk=key).update(prepared_at=timezone.now())
    return made


def progress(campaign: VerificationCampaign) -> tuple[int, int]:
    """(asks made, entries to ask about) of a campaign that runs."""
    made = campaign.asks.count()
    total = made if campaign.prepared_at else max(entries_of(campaign).count(), made)
    return made, total


def by_channel(campaign: VerificationCampaign) -> list[Tracking]:
    """Answers by the way of asking."""
    names = dict(AskChannel.choices)
    return _lines(campaign, "channel", lambda key: str(names[key]))


def by_district(campaign: VerificationCampaign) -> list[Tracking]:
    """Answers by district."""
    return _lines(campaign, "resource__district__name", lambda key: key or "—")


def by_kind(campaign: VerificationCampaign) -> list[Tracking]:
    """Answers by kind; an entry of two kinds counts in both."""
    return _lines(campaign, "resource__categories__name", lambda key: key or "—")


def _lines(campaign: VerificationCampaign, field: str, word: Any) -> list[Tracking]:
    counts: dict[Any, Counter[str]] = {}
    rows = campaign.asks.order_by(field).values_list(field, "state").annotate(n=Count("pk", distinct=True))
    for key, state, number in rows:
        counts.setdefault(key, Counter())[state] += number
    return [_line(word(key), states) for key, states in counts.items()]


def _line(name: str, states: Counter[str]) -> Tracking:
    asked = sum(states.values()) - states[AskState.WITHDRAWN]
    return Tracking(name, asked, states[AskState.ANSWERED], states[AskState.WAITING], states[AskState.CALL])


def answers(campaign: VerificationCampaign) -> dict[str, int]:
    """What was said: answer → how often."""
    found = Counter(campaign.asks.exclude(answer="").values_list("answer", flat=True))
    return {str(label): found[value] for value, label in AskAnswer.choices}


def remind_rest(campaign: VerificationCampaign) -> int:
    """A second mail to all that have not answered and were not reminded. Returns how many entries it is about."""
    groups: dict[str, list[VerificationAsk]] = {}
    rows = campaign.asks.filter(
        state=AskState.WAITING, channel=AskChannel.MAIL, reminded_at__isnull=True
    ).select_related("resource__organization", "campaign")
    for ask in rows:
        groups.setdefault(ask.sent_to.lower(), []).append(ask)
    return sum(remind_about(group) for group in groups.values())


@transaction.atomic
def close(campaign: VerificationCampaign) -> bool:
    """End it: who has not answered stays with the ordinary round of asking. False where it was closed already."""
    return bool(
        VerificationCampaign.objects.filter(pk=campaign.pk, closed_at__isnull=True).update(
            closed_at=timezone.now()
        )
    )
