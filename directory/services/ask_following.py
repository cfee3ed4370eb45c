"""What follows an ask nobody answered: a second mail, the telephone, and in the end hiding. A day's jobs, in this order.

The days come from the policy of the municipality (`freshness_dates.Calendar`), the order from the council's practice:
mail, mail again, call; what nobody can confirm for two years is not shown any longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..choices import AskChannel, AskState
from ..models import Resource, VerificationAsk
from .ask_addresses import best_addresses, with_ways_to_ask
from .ask_mail import mail_asks
from .asking import ask_due, open_asks
from .freshness_dates import Calendar, Rhythm, known_since, refresh_all
from .reindexing import reindex_resources
from .undelivered import undelivered_addresses

#: Staff get that long to reach somebody by telephone before an entry is hidden.
TIME_TO_CALL = timedelta(days=14)


def follow_up() -> None:
    """Everything the round of asking does in a day; each step bears being run again."""
    refresh_all()
    change_dead_addresses()
    ask_due()
    remind()
    hand_to_staff()
    hide_unreached()


def _waiting(*, longer_than: Callable[[Rhythm], int], **conditions: object) -> Iterator[VerificationAsk]:
    """Waiting asks made more than so many days ago."""
    calendar, now = Calendar(), timezone.now()
    rows = VerificationAsk.objects.filter(state=AskState.WAITING, **conditions)
    for ask in rows.select_related("resource__organization", "campaign").prefetch_related(
        "resource__categories"
    ):
        if ask.created_at + timedelta(days=longer_than(calendar.rhythm(ask.resource))) <= now:
            yield ask


def remind() -> int:
    """Send a second mail, once, one an address. Returns how many asks it was about."""
    groups: dict[str, list[VerificationAsk]] = defaultdict(list)
    late = _waiting(
        longer_than=lambda rhythm: rhythm.remind_after,
        channel=AskChannel.MAIL,
        reminded_at__isnull=True,
    )
    for ask in late:
        groups[ask.sent_to.lower()].append(ask)
    return sum(remind_about(group) for group in groups.values())


@transaction.atomic
def remind_about(asks: list[VerificationAsk]) -> int:
    """One second mail about `asks`, all of one address; those somebody answered or reminded of meanwhile are left."""
    now = timezone.now()
    mine = [ask for ask in asks if _mark(ask, now)]
    if mine:
        mail_asks(mine, reminder=True)
    return len(mine)


def _mark(ask: VerificationAsk, now: datetime) -> bool:
    rows = VerificationAsk.objects.filter(pk=ask.pk, state=AskState.WAITING, reminded_at__isnull=True)
    return bool(rows.update(reminded_at=now))


def hand_to_staff() -> int:
    """Put what nobody answered on the list of calls. Returns how many."""
    late = [ask.pk for ask in _waiting(longer_than=lambda rhythm: rhythm.call_after)]
    return _to_calls(late)


def change_dead_addresses() -> int:
    """Where the mail came back, try the next address; without one it is staff's to call. Returns how many asks."""
    asks = open_asks().filter(channel=AskChannel.MAIL, state=AskState.WAITING).exclude(sent_to="")
    dead = undelivered_addresses(set(asks.values_list("sent_to", flat=True)))
    lost = [ask for ask in asks.select_related("campaign") if ask.sent_to.lower() in dead]
    keys = [ask.resource_id for ask in lost]
    rows = {row.pk: row for row in with_ways_to_ask(Resource.objects.filter(pk__in=keys))}
    best = best_addresses(rows.values())
    for ask in lost:
        _send_elsewhere(ask, best.get(ask.resource_id, ""))
    return len(lost)


@transaction.atomic
def _send_elsewhere(ask: VerificationAsk, address: str) -> None:
    if not address:
        _to_calls([ask.pk])
        return
    mine = VerificationAsk.objects.filter(pk=ask.pk, state=AskState.WAITING, sent_to=ask.sent_to)
    if mine.update(sent_to=address, reminded_at=None):
        ask.sent_to = address
        mail_asks([ask])


def _to_calls(keys: list[int]) -> int:
    rows = VerificationAsk.objects.filter(pk__in=keys, state=AskState.WAITING)
    return rows.update(state=AskState.CALL, called_at=timezone.now())


def hide_unreached() -> int:
    """Stop showing what nobody could confirm for as long as the policy says, calls included. Returns how many."""
    calendar, today = Calendar(), timezone.localdate()
    called = VerificationAsk.objects.filter(
        state=AskState.CALL, called_at__lte=timezone.now() - TIME_TO_CALL
    ).values("resource")
    rows = Resource.objects.published().filter(pk__in=called).prefetch_related("categories")
    return sum(hide(row) for row in rows if _is_too_old(row, calendar.rhythm(row), today))


def _is_too_old(resource: Resource, rhythm: Rhythm, today: date) -> bool:
    since = resource.verified_on or known_since(resource)
    return since + timedelta(days=rhythm.hide_after) <= today


@transaction.atomic
def hide(resource: Resource) -> bool:
    """Take one entry out of everything public, with a line in its history. False where it was hidden already."""
    own = Resource.objects.filter(pk=resource.pk, hidden_on__isnull=True)
    if not own.update(hidden_on=timezone.localdate()):
        return False
    log(instance=resource, action="tsunagu.resource.hide", data={"reason": _("連絡がつきませんでした")})
    reindex_resources(Resource.objects.filter(pk=resource.pk))
    return True
