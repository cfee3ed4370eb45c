"""Events and reports as feeds need them: read together, in a fixed number of queries whatever their number."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from .models import EventDate
from .querysets import EventQuerySet, ReportQuerySet

#: Boundaries of areas weigh tens of kilobytes each.
_HEAVY = (
    "district__boundary",
    "district__parent__boundary",
    "district__parent__parent__boundary",
    "venue__district__boundary",
    "venue__district__parent__boundary",
    "venue__district__parent__parent__boundary",
)
_PLACED = ("venue__town", "venue__district__parent__parent")


def with_feed_rows(rows: EventQuerySet, *, since: date | None = None) -> EventQuerySet:
    """`rows` with their dates (all, or those from `since` on), timetables and places. Three queries."""
    wanted = EventDate.objects.all() if since is None else EventDate.objects.filter(date__gte=since)
    dates = wanted.select_related(*_PLACED).defer(*(name for name in _HEAVY if "venue" in name))
    loaded = rows.select_related("organization", "district__parent__parent", *_PLACED).defer(*_HEAVY)
    return loaded.prefetch_related("schedules", Prefetch("dates", queryset=dates))


def reports_with_feed_rows(rows: ReportQuerySet) -> ReportQuerySet:
    """`rows` with their themes, and what decides whether their district may be told. Two queries."""
    loaded = rows.select_related("organization", "district", "resource__venue", "event__venue")
    return loaded.defer("district__boundary").prefetch_related("themes")
