"""By what one narrows the list of reports: where, about what, when. The feeds use the same objects.

A value nobody knows is a mistake in the address: it is told, and the list stays as wide as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from directory.area_paths import area_path
from directory.models import Category
from directory.views.area import find_area

from .querysets import ReportQuerySet

#: The fiscal year begins in April.
_APRIL = 4
_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True)
class Choice:
    """One value of a filter, in words, and how many reports it has."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class ReportFilter:
    """One question. `read` gives the meaning of a value, or None."""

    param: str
    title: str | Promise

    def read(self, value: str) -> Any:
        raise NotImplementedError

    def narrow(self, rows: ReportQuerySet, meaning: Any) -> ReportQuerySet:
        raise NotImplementedError

    def words(self, meaning: Any) -> str:
        return str(meaning)

    def choices(self, rows: ReportQuerySet, chosen: str) -> list[Choice]:
        """The values `rows` have. One query."""
        raise NotImplementedError


class AreaFilter(ReportFilter):
    """A municipality, an area, a district, by its path."""

    def read(self, value: str) -> Area | None:
        try:
            return find_area(value)
        except Http404:
            return None

    def narrow(self, rows: ReportQuerySet, meaning: Area) -> ReportQuerySet:
        return rows.listed().in_area(meaning)

    def words(self, meaning: Area) -> str:
        return meaning.name

    def choices(self, rows: ReportQuerySet, chosen: str) -> list[Choice]:
        counts = dict(rows.listed().order_by().values_list("district").annotate(Count("pk")))
        areas = Area.objects.filter(pk__in=[pk for pk in counts if pk]).select_related("parent__parent")
        paths = [(area_path(area), area) for area in areas.defer("boundary").in_order()]
        return [Choice(path, area.name, counts[area.pk], path == chosen) for path, area in paths]


class ThemeFilter(ReportFilter):
    """A theme, by the code of the kind."""

    def read(self, value: str) -> Category | None:
        return Category.objects.filter(code=value).first() if "\x00" not in value else None

    def narrow(self, rows: ReportQuerySet, meaning: Category) -> ReportQuerySet:
        return rows.about(meaning)

    def words(self, meaning: Category) -> str:
        return meaning.name

    def choices(self, rows: ReportQuerySet, chosen: str) -> list[Choice]:
        found = (
            Category.objects.filter(reports__in=rows.order_by().values("pk"))
            .annotate(number=Count("reports", distinct=True))
            .order_by("order", "pk")
        )
        return [Choice(row.code, row.name, row.number, row.code == chosen) for row in found]


class YearFilter(ReportFilter):
    """A fiscal year: 2026 is April 2026 to March 2027."""

    def read(self, value: str) -> int | None:
        is_year = value.isascii() and value.isdecimal() and len(value) == 4
        return int(value) if is_year and _EARLIEST <= int(value) <= _LATEST else None

    def narrow(self, rows: ReportQuerySet, meaning: int) -> ReportQuerySet:
        return rows.filter(date__gte=date(meaning, _APRIL, 1), date__lt=date(meaning + 1, _APRIL, 1))

    def words(self, meaning: int) -> str:
        return _("%(year)d年度") % {"year": meaning}

    def choices(self, rows: ReportQuerySet, chosen: str) -> list[Choice]:
        counts: dict[int, int] = {}
        for day, number in rows.order_by("-date").values_list("date").annotate(Count("pk")):
            year = fiscal_year(day)
            counts[year] = counts.get(year, 0) + number
        return [Choice(str(year), self.words(year), counts[year], str(year) == chosen) for year in counts]


REPORT_FILTERS: tuple[ReportFilter, ...] = (
    AreaFilter("area", gettext_lazy("地区")),
    ThemeFilter("theme", gettext_lazy("テーマ")),
    YearFilter("year", gettext_lazy("年度")),
)


def fiscal_year(day: date) -> int:
    """The fiscal year `day` lies in."""
    return day.year if day.month >= _APRIL else day.year - 1


@dataclass(frozen=True)
class ReportQuestion:
    """What an address asks. `values` are the texts of the address, `meanings` what they mean, `problems` what is not known."""

    values: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> ReportQuestion:
        """Read from the parameters of an address."""
        values, meanings, problems = {}, {}, []
        for item in REPORT_FILTERS:
            value = parameters.get(item.param, "").strip()[:100]
            meaning = item.read(value) if value else None
            if meaning is not None:
                values[item.param], meanings[item.param] = value, meaning
            elif value:
                problems.append(_("「%(title)s」の条件がわかりませんでした。") % {"title": item.title})
        return cls(values, meanings, tuple(problems))

    def narrowed(self, rows: ReportQuerySet, *, but: str = "") -> ReportQuerySet:
        """Those of `rows` that are asked for; `but` names a filter to leave out (for its own choices)."""
        for item in REPORT_FILTERS:
            if item.param in self.meanings and item.param != but:
                rows = item.narrow(rows, self.meanings[item.param])
        return rows

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """(parameter, what is asked in words, the address without it) of each condition."""
        named = [item for item in REPORT_FILTERS if item.param in self.meanings]
        return [
            (item.param, item.words(self.meanings[item.param]), self.query(without=item.param))
            for item in named
        ]

    def query(self, *, without: str = "") -> str:
        """The address of this question: "?area=…", or "?" for all."""
        return "?" + urlencode({name: value for name, value in self.values.items() if name != without})
