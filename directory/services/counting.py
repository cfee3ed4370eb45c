"""How often an entry is seen, called, printed: numbers by day, nothing of who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from ..choices import CountKind
from ..models import DailyCount, Resource


def count(resource: Resource, kind: CountKind) -> None:
    """Count once for today. One statement, so that nobody at the same moment is lost (SQLite and PostgreSQL)."""
    quote = connection.ops.quote_name
    table = quote(DailyCount._meta.db_table)
    # The name of a table and nothing of a visitor; Django's bulk_create can replace a value but not add to it.
    sql = (
        f"INSERT INTO {table} (resource_id, date, kind, count) VALUES (%s, %s, %s, 1)"  # noqa: S608
        f" ON CONFLICT (resource_id, date, kind) DO UPDATE SET count = {table}.count + 1"
    )
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, [resource.pk, day, str(kind)])


@dataclass(frozen=True)
class Counts:
    """Sums of a month."""

    seen: int = 0
    called: int = 0
    shared: int = 0


def counts_of_month(resources: list[int], today: date) -> dict[int, Counts]:
    """Resource key → its sums from the first of the month of `today`. One query."""
    rows = DailyCount.objects.filter(resource__in=resources, date__gte=today.replace(day=1), date__lte=today)
    found: dict[int, dict[str, int]] = {}
    for row in rows.values("resource", "kind").annotate(total=Sum("count")).order_by():
        found.setdefault(row["resource"], {})[row["kind"]] = row["total"]
    return {pk: Counts(**{str(kind): n for kind, n in sums.items()}) for pk, sums in found.items()}
