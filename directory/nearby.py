"""Other entries one may like as well: of the same kind, in the same district."""

from __future__ import annotations

from django.db.models import F, Min, Q

from .cards import Card
from .choices import LifeStatus, OccurrenceStatus
from .entries import Entry
from .models import Resource
from .visibility import public_places

LIMIT = 3


def similar_entries(entry: Entry, limit: int = LIMIT) -> list[Card]:
    """At most `limit` public entries of the kind and district of `entry`, those that are on soonest first.

    One query. None for an entry whose district may not be known: its neighbours would tell.
    """
    if entry.district is None or entry.kind is None:
        return []
    coming = (
        Q(occurrences__date__gte=entry.today)
        & ~Q(occurrences__status=OccurrenceStatus.CANCELLED)
        & ~Q(life_status=LifeStatus.PAUSED)
    )
    rows = (
        Resource.objects.published()
        .filter(public_places(), district=entry.district, categories=entry.kind)
        .exclude(pk=entry.resource.pk)
        .annotate(next_date=Min("occurrences__date", filter=coming))
        .order_by(F("next_date").asc(nulls_last=True), "kana", "pk")[:limit]
    )
    return [_card(row, entry.kind.name) for row in rows]


def _card(resource: Resource, kind: str) -> Card:
    return Card(
        url=resource.get_absolute_url(),
        name=resource.name,
        kana=resource.kana,
        kind=kind,
        next_date=resource.next_date,
        facts=(("speech", resource.summary),) if resource.summary else (),
    )
