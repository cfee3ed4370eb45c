"""How many residents are registered, by day, district and month.

A row of `Residency` counts on every day from its first up to the day before it ended. One person has one open row, and
the next begins where the last ended: nobody counts twice, people who moved count where they lived on the day, and
deleted accounts count until the day they left.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from areas.models import Area

from .models import RegistrationTarget, Residency
from .scope import Scope

#: 年度: from April to March.
FIRST_MONTH = 4
MONTHS = (*range(FIRST_MONTH, 13), *range(1, FIRST_MONTH))


@dataclass(frozen=True)
class DistrictRow:
    """A district and its count at the end of each month; None for months to come."""

    district: Area
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class YearTable:
    """A fiscal year: the days counted on, a row a district, the sums, and the plan's figure (None without one)."""

    year: int
    days: tuple[date | None, ...]
    rows: tuple[DistrictRow, ...]
    sums: tuple[int | None, ...]
    target: RegistrationTarget | None = None

    @property
    def months(self) -> tuple[int, ...]:
        return MONTHS

    @property
    def latest(self) -> int:
        """The last sum that is known."""
        return next((number for number in reversed(self.sums) if number is not None), 0)

    @property
    def percent(self) -> int | None:
        """The latest sum in percent of the plan's figure."""
        return round(100 * self.latest / self.target.number) if self.target and self.target.number else None


def registered_on(day: date) -> Q:
    """The condition on `Residency` of being registered on `day`."""
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def residents_on(day: date, area: Area | None = None) -> int:
    """How many people are registered on `day` in `area` and below it, or everywhere."""
    rows = Residency.objects.filter(registered_on(day))
    if area is not None:
        rows = rows.filter(district__in=Area.objects.within(area))
    return rows.count()


def fiscal_year_of(day: date) -> int:
    """年度: 2026 from April 2026 to March 2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def days_of(year: int, today: date) -> tuple[date | None, ...]:
    """The twelve days to count on: ends of months, today for the present one, None for those to come."""
    firsts = [date(year + (month < FIRST_MONTH), month, 1) for month in MONTHS]
    ends = [first.replace(day=monthrange(first.year, first.month)[1]) for first in firsts]
    return tuple(min(end, today) if first <= today else None for first, end in zip(firsts, ends, strict=True))


def year_table(*, municipality: Area, year: int, today: date, scope: Scope) -> YearTable:
    """The fiscal year `year` of `municipality`, of the districts inside `scope` only. Three queries.

    The plan's figure is for the whole municipality: it is given only to whoever sees the whole.
    """
    days = days_of(year, today)
    whole = list(_districts(municipality))
    districts = [district for district in whole if scope.includes(district)]
    rows = _rows(districts, days)
    sums = tuple(
        None if day is None else sum(row.counts[at] or 0 for row in rows) for at, day in enumerate(days)
    )
    target = None
    if len(districts) == len(whole):
        target = RegistrationTarget.objects.filter(municipality=municipality, fiscal_year=year).first()
    return YearTable(year, days, rows, sums, target)


def years_with_rows(today: date) -> list[int]:
    """Fiscal years from the first registration to this one, the latest first."""
    first = Residency.objects.order_by("started_on").values_list("started_on", flat=True).first()
    last = fiscal_year_of(today)
    return list(range(last, min(fiscal_year_of(first) if first else last, last) - 1, -1))


def _districts(municipality: Area) -> QuerySet[Area]:
    """In the order of the tree; closed ones too, for their past months."""
    within = Area.objects.within(municipality).districts().select_related("parent__parent")
    return within.order_by("parent__order", "order", "kana", "pk")


def _rows(districts: list[Area], days: tuple[date | None, ...]) -> tuple[DistrictRow, ...]:
    wanted = {f"on_{at}": Count("pk", filter=registered_on(day)) for at, day in enumerate(days) if day}
    registered = Residency.objects.filter(district__in=districts).order_by()
    counted: dict[int, Any] = {
        row["district"]: row for row in registered.values("district").annotate(**wanted)
    }
    return tuple(DistrictRow(district, _counts(counted.get(district.pk, {}), days)) for district in districts)


def _counts(counted: Mapping[str, int], days: tuple[date | None, ...]) -> tuple[int | None, ...]:
    return tuple(None if day is None else counted.get(f"on_{at}", 0) for at, day in enumerate(days))
