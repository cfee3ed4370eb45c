"""Figures and dates of the register for a first page. Public entries only; one or two queries each."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from areas.models import Area

from .cards import Card, card_data, card_from
from .choices import LifeStatus, OccurrenceStatus, Wish
from .models import Occurrence, Resource
from .visibility import public_places, public_resources

#: This week as people mean it: today and the six days after it; the same as the filter open=week.
WEEK = timedelta(days=6)


def this_week(limit: int, today: date, district: Area | None = None) -> list[Card]:
    """The next `limit` entries that take place from today within seven days, soonest first; each once.

    In `district`, where one is given. The facts of a card begin with the day's own time.
    """
    ids = [pk for pk, _day in _soonest(today, district)[:limit]]
    loaded = Resource.objects.with_card_data(today).in_bulk(ids)
    return [_card(loaded[pk], today) for pk in ids if pk in loaded]


def this_week_count(today: date, district: Area | None = None) -> int:
    """How many entries take place within seven days."""
    return _soonest(today, district).count()


def wish_counts() -> dict[str, int]:
    """How many entries answer each wish, by its value; every wish is there."""
    rows = (
        Resource.objects.published()
        .exclude(categories__wish="")
        .values("categories__wish")
        .annotate(count=Count("pk", distinct=True))
        .values_list("categories__wish", "count")
    )
    found = dict(rows)
    return {wish: found.get(wish, 0) for wish in Wish.values}


def district_counts() -> Counter[int]:
    """How many entries there are in each district, by its primary key. Those that hide their district count nowhere."""
    rows = (
        Resource.objects.published()
        .filter(public_places(), district__isnull=False)
        .values_list("district")
        .annotate(count=Count("pk"))
    )
    return Counter(dict(rows.order_by()))


def total_count() -> int:
    """How many entries everybody can find."""
    return Resource.objects.published().count()


def _soonest(today: date, district: Area | None) -> QuerySet:
    """(pk, first day) of public entries with a date within the week, soonest first."""
    dates = (
        Occurrence.objects.filter(resource=OuterRef("pk"), date__gte=today, date__lte=today + WEEK)
        .exclude(status=OccurrenceStatus.CANCELLED)
        .order_by("date", "start")
    )
    entries = Resource.objects.filter(public_resources()).exclude(life_status=LifeStatus.PAUSED)
    if district is not None:
        entries = entries.filter(public_places(), district=district)
    return (
        entries.annotate(
            first_day=Subquery(dates.values("date")[:1]), first_start=Subquery(dates.values("start")[:1])
        )
        .filter(Q(first_day__isnull=False))
        .order_by("first_day", "first_start", "kana", "pk")
        .values_list("pk", "first_day")
    )


def _card(resource: Resource, today: date) -> Card:
    coming = resource.coming  # type: ignore[attr-defined]  # prefetched by with_card_data
    return card_from(card_data(resource), today=today, next_date=coming[0].date if coming else None)
