"""Have events, reports and posts looked at again by the search. Part of the transaction that changes, hides or removes them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from search.outbox import enqueue_many

from ..models import Event, Opportunity, Report

REPORT = "report"


def reindex_reports(reports: QuerySet[Report]) -> None:
    """Put `reports` into the outbox."""
    uuids = list(reports.order_by().values_list("uuid", flat=True).distinct())
    if uuids:
        enqueue_many(REPORT, uuids)


OPPORTUNITY = "opportunity"


def reindex_opportunities(opportunities: QuerySet[Opportunity]) -> None:
    """Put `opportunities` into the outbox."""
    uuids = list(opportunities.order_by().values_list("uuid", flat=True).distinct())
    if uuids:
        enqueue_many(OPPORTUNITY, uuids)


EVENT = "event"


def reindex_events(events: QuerySet[Event]) -> None:
    """Put `events` into the outbox."""
    uuids = list(events.order_by().values_list("uuid", flat=True).distinct())
    if uuids:
        enqueue_many(EVENT, uuids)


def reindex_ended_events() -> int:
    """Every night: what was over yesterday is not found any more. Looks a week back, should a night have been missed."""
    today = timezone.localdate()
    ended = Event.objects.filter(last_date__lt=today, last_date__gte=today - timedelta(days=7))
    reindex_events(ended)
    return ended.count()
