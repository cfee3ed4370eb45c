"""Have entries and organizations looked at again by the search. Part of the transaction that changes them."""

from __future__ import annotations

from django.db.models import QuerySet

from search.outbox import enqueue_many

from ..models import Organization, Resource

RESOURCE = "resource"
ORGANIZATION = "organization"


def reindex_resources(resources: QuerySet[Resource]) -> None:
    """Put `resources` into the outbox. For whoever writes rows in bulk, which sends no signals."""
    # Without an order: the one of the model may name columns that DISTINCT would have to carry.
    uuids = list(resources.order_by().values_list("uuid", flat=True).distinct())
    if uuids:
        enqueue_many(RESOURCE, uuids)


def reindex_organizations(organizations: QuerySet[Organization]) -> None:
    """Put `organizations` into the outbox."""
    uuids = list(organizations.order_by().values_list("uuid", flat=True).distinct())
    if uuids:
        enqueue_many(ORGANIZATION, uuids)
