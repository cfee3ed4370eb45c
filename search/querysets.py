"""Reads and writes of the search's own tables, as words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connections, models, router
from django.db.models import Max, Q, Sum


class UnansweredQuestionQuerySet(models.QuerySet):
    """Questions that found nothing, by words, place and day."""

    def frequent(
        self, since: date, *, minimum: int = 3, areas: Iterable[str] | None = None
    ) -> models.QuerySet[Any, dict[str, Any]]:
        """What was asked at least `minimum` times from `since` on: dicts of `words`, `area`, `total`, `last` (a day).

        `areas` are paths of places; what lies below them is theirs too. None: everywhere. Rarer words are never
        given out: they could tell who asked.
        """
        rows = self.filter(day__gte=since)
        if areas is not None:
            rows = rows.filter(_below(areas))
        counted = rows.values("words", "area").annotate(total=Sum("count"), last=Max("day"))
        return counted.filter(total__gte=max(minimum, 1)).order_by("-total", "-last", "words", "area")

    def add_one(self, *, words: str, area: str, day: date) -> None:
        """Count one more, in one statement: two who ask at once are both counted."""
        table = self.model._meta.db_table
        # `bulk_create(update_conflicts=True)` can only set the new value, not add to the one there is.
        connection = connections[router.db_for_write(self.model)]
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" (words, area, day, count) VALUES (%s, %s, %s, 1) '  # noqa: S608 - our own table
                f'ON CONFLICT (words, area, day) DO UPDATE SET count = "{table}".count + 1',
                [words, area, connection.ops.adapt_datefield_value(day)],
            )

    def erase_before(self, day: date) -> None:
        """Forget what is older, in one statement."""
        old = self.filter(day__lt=day)
        old._raw_delete(old.db)  # signals want every row first; nothing hangs on these


def _below(areas: Iterable[str]) -> Q:
    """In one of these places. No place at all is no question."""
    wanted = Q(pk__in=[])
    for area in areas:
        wanted |= Q(area=area) | Q(area__startswith=f"{area}/")
    return wanted
