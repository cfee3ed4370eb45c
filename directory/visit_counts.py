"""The yearly figures of visits, as the council reports them (source: the council's yearly report to the committee of
elders' and area care, reference checklist 115, 116 and 195: 訪問調査 サロン・ミニデイ等 / 学校・施設・保育園等 /
事業者・NPO等 / 総数, 資源把握, 活用できる場, 場の活用実績, the year before in brackets).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from areas.models import Area

from .choices import Answer, VisitedKind, VisitOutcome
from .models import Resource, Visit

#: A fiscal year begins in April.
_APRIL = 4


def fiscal_year_of(day: date) -> int:
    """2026-03-31 → 2025."""
    return day.year if day.month >= _APRIL else day.year - 1


def span_of(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    return date(year, _APRIL, 1), date(year + 1, 3, 31)


@dataclass(frozen=True)
class Figure:
    """One number of the report, this year's and last year's."""

    key: str
    name: str
    now: int
    before: int

    @property
    def words(self) -> str:
        """「2,409(2,482)」."""
        return _("%(now)s(%(before)s)") % {"now": f"{self.now:,}", "before": f"{self.before:,}"}


class Year:
    """What happened in one fiscal year in some districts, read in three questions whatever their number."""

    def __init__(self, year: int, districts: Iterable[Area]) -> None:
        keys = [district.pk for district in districts]
        first, last = span_of(year)
        rows = Visit.objects.filter(district__in=keys, date__lte=last).order_by()
        self._visits = list(rows.filter(date__gte=first).values_list("district_id", "kind", "outcome"))
        self._used = _places(rows.filter(date__gte=first, room_is_used=True))
        self._usable = _places(rows.filter(room_can_be_used=Answer.YES))
        known = Resource.objects.filter(
            district__in=keys, merged_into__isnull=True, created_at__date__lte=last
        )
        counted = known.order_by().values_list("district_id").annotate(n=Count("pk"))
        self._known = dict(counted)

    def visits(self, kind: str | None, within: frozenset[int]) -> int:
        """訪問調査: visits in which somebody was met or a place was found; one nobody opened is none."""
        return sum(
            district in within and kind in (None, of_kind) and outcome != VisitOutcome.NOBODY
            for district, of_kind, outcome in self._visits
        )

    def known(self, within: frozenset[int]) -> int:
        """資源把握: entries known by the end of the year (drafts too, without those merged into another). A stock."""
        return sum(number for district, number in self._known.items() if district in within)

    def usable_rooms(self, within: frozenset[int]) -> int:
        """活用できる場: places a visit up to the end of the year found usable, each once. A stock."""
        return sum(district in within for district in self._usable.values())

    def used_rooms(self, within: frozenset[int]) -> int:
        """場の活用実績: places of which a visit of the year says that they were used, each once."""
        return sum(district in within for district in self._used.values())


class Report:
    """A fiscal year beside the one before it."""

    def __init__(self, year: int, districts: Iterable[Area]) -> None:
        self.districts = list(districts)
        self._now, self._before = Year(year, self.districts), Year(year - 1, self.districts)

    def figures(self, *districts: Area) -> list[Figure]:
        """The lines of the report for these districts together; for all of the report without any."""
        within = frozenset(district.pk for district in districts or self.districts)
        figures = [
            self._figure(kind, str(label), partial(Year.visits, kind=kind, within=within))
            for kind, label in VisitedKind.choices
        ]
        return [
            *figures,
            self._figure("total", _("訪問調査の総数"), lambda year: year.visits(None, within)),
            self._figure("known", _("資源把握"), lambda year: year.known(within)),
            self._figure("rooms", _("活用できる場"), lambda year: year.usable_rooms(within)),
            self._figure("used", _("場の活用実績"), lambda year: year.used_rooms(within)),
        ]

    def _figure(self, key: str, name: str, count: Callable[[Year], int]) -> Figure:
        return Figure(key, name, count(self._now), count(self._before))


def _places(rows: QuerySet[Visit]) -> dict[object, int]:
    """Place → its district. Visits of one entry, else of one name in one district, are one place."""
    found = rows.values_list("resource_id", "district_id", "name")
    return {resource or (district, name.strip()): district for resource, district, name in found}
