"""Have reports looked at again by the search. Part of the transaction that changes, hides or removes them."""

from __future__ import annotations

from django.db.models import QuerySet

from search.outbox import enqueue_many

from ..models import Opportunity, Report

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
