"""What tells one state of a feed from the next, asked in one query: who has that state already gets 304 at once.

The mark grows out of the rows a feed is made from, not out of its bytes, so that nothing is drawn to find out that
nothing is new. It holds what decides who may see what. Only names of areas, towns and kinds stand outside; the day is
part of the mark, so that those too reach everybody within a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max

from .querysets import EventQuerySet, ReportQuerySet

_HOST = ("organization_id", "organization__updated_at", "organization__live", "organization__status")
_VENUE = ("venue_id", "venue__updated_at", "venue__visibility")


def mark_of_events(events: EventQuerySet, day: dt.date, *said: object) -> str:
    """The mark of a feed of `events` on `day`. `said` is what else it depends on, such as its address. One query."""
    rows = events.order_by("pk").annotate(
        dates_changed=Max("dates__updated_at"),
        dates_held=Count("dates"),
        places_changed=Max("dates__venue__updated_at"),
    )
    own = ("pk", "updated_at", "title", "summary", "sequence", "district_id", *_HOST, *_VENUE)
    return _mark(rows.values_list(*own, "dates_changed", "dates_held", "places_changed"), day, *said)


def mark_of_reports(reports: ReportQuerySet, day: dt.date, *said: object) -> str:
    """The mark of a feed of `reports` on `day`. One query."""
    own = ("pk", "updated_at", "title", "summary", "district_id", *_HOST)
    places = [
        f"{about}__{name}"
        for about in ("resource", "event")
        for name in ("place_visibility", "venue__visibility")
    ]
    rows = reports.order_by("pk").prefetch_related(None).values_list(*own, *places)
    return _mark(rows, day, *said)


def _mark(rows: Iterable[tuple[Any, ...]], day: dt.date, *said: object) -> str:
    digest = hashlib.sha256(repr((day, *said)).encode())
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()[:32]
