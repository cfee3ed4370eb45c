"""Asking groups 「変わりありませんか」: who is asked today, reminded, called, and hidden at last.

One entry has at most one open ask (a constraint of the database). Each step is a conditional update or an insert the
constraint guards, in one transaction with its mail: run twice, or by two workers at once, it asks once.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..choices import OPEN_ASKS, AskChannel, AskState
from ..models import Resource, VerificationAsk, VerificationCampaign
from ..models.base import CODE_ALPHABET
from .ask_addresses import best_addresses, channel_of, with_ways_to_ask
from .ask_mail import mail_asks

CODE_LENGTH = 8
#: Asks a day at most: a register that was imported in one day is not asked in one day.
ASKS_A_DAY = 400
_BATCH = 200


def new_ask_code() -> str:
    """Eight letters for paper; 850 thousand million of them, and guesses are counted."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH))


def without_open_ask(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Those nobody is asking about at the moment."""
    asked = VerificationAsk.objects.filter(resource=OuterRef("pk"), state__in=OPEN_ASKS)
    return resources.exclude(Exists(asked))


def due(today: date) -> QuerySet[Resource]:
    """Public entries whose day has come and about which nobody is asked yet, the longest overdue first."""
    rows = Resource.objects.published().filter(next_due__lte=today)
    return without_open_ask(rows).order_by("next_due", "pk")


def ask_due() -> int:
    """Ask about everything that is due. A day's job. Returns how many asks were made."""
    return ask_about(due(timezone.localdate())[:ASKS_A_DAY])


def ask_about(
    resources: Iterable[Resource] | QuerySet[Resource],
    *,
    campaign: VerificationCampaign | None = None,
    by_paper: bool = False,
) -> int:
    """Ask about each of `resources` in the best way there is: one mail an address. Returns how many were asked."""
    keys = [resource.pk for resource in resources]
    return sum(
        _ask_batch(keys[start : start + _BATCH], campaign, by_paper) for start in range(0, len(keys), _BATCH)
    )


def _ask_batch(keys: list[int], campaign: VerificationCampaign | None, by_paper: bool) -> int:
    rows = list(with_ways_to_ask(Resource.objects.filter(pk__in=keys).order_by("pk")))
    addresses = {} if by_paper else best_addresses(rows)
    return sum(_ask_together(group, campaign, by_paper) for group in _by_address(rows, addresses))


def _by_address(rows: list[Resource], addresses: dict[int, str]) -> Iterator[list[tuple[Resource, str]]]:
    """Entries of one address together, those without one each by itself."""
    together: dict[str, list[tuple[Resource, str]]] = defaultdict(list)
    for row in rows:
        address = addresses.get(row.pk, "")
        together[address.lower() or f"#{row.pk}"].append((row, address))
    yield from together.values()


@transaction.atomic
def _ask_together(
    group: list[tuple[Resource, str]], campaign: VerificationCampaign | None, by_paper: bool
) -> int:
    made = [ask for row, address in group if (ask := _new_ask(row, address, campaign, by_paper))]
    if made and made[0].sent_to:
        mail_asks(made)
    return len(made)


def _new_ask(
    resource: Resource, address: str, campaign: VerificationCampaign | None, by_paper: bool
) -> VerificationAsk | None:
    """None where somebody else asks at this moment."""
    channel = AskChannel.PAPER if by_paper else channel_of(resource, address)
    calls = channel == AskChannel.PHONE
    try:
        with transaction.atomic():
            return VerificationAsk.objects.create(
                resource=resource,
                campaign=campaign,
                code=new_ask_code(),
                channel=channel,
                sent_to=address,
                state=AskState.CALL if calls else AskState.WAITING,
                called_at=timezone.now() if calls else None,
            )
    except IntegrityError:
        return None


def open_asks() -> QuerySet[VerificationAsk]:
    """What waits for an answer."""
    return VerificationAsk.objects.filter(state__in=OPEN_ASKS)
