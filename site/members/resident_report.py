"""「区民登録の数」 in the staff screens: a table of one fiscal year inside the own places, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from spreadsheets.answers import KINDS, table_file

from .resident_counts import YearTable, fiscal_year_of, year_table, years_with_rows
from .scope import Scope


def resident_report(request: HttpRequest) -> HttpResponse:
    """Every role may look, each inside its places (`NoScope` for whoever has none)."""
    scope = Scope.of(request.user)
    today = timezone.localdate()
    years = years_with_rows(today)
    municipalities = _municipalities(scope)
    municipality = _chosen(municipalities, request.GET.get("municipality", ""))
    year = _year(request.GET.get("year", ""), years, fiscal_year_of(today))
    table = year_table(municipality=municipality, year=year, today=today, scope=scope)
    if request.GET.get("file") in KINDS:
        name = f"residents-{municipality.code}-{table.year}"
        return table_file(_rows(table), name=name, kind=request.GET["file"], widths=(16, 16))
    context = {
        "table": table,
        "municipality": municipality,
        "municipalities": municipalities,
        "years": years,
        "header_title": _("区民登録の数"),
        "page_title": _("区民登録の数"),
        "header_icon": "group",
        "breadcrumbs_items": [],
    }
    return TemplateResponse(request, "members/admin/residents.html", context)


def _municipalities(scope: Scope) -> list[Area]:
    """Those with a district inside the scope."""
    districts = Area.objects.districts().select_related("parent__parent").in_order()
    found = {
        district.municipality.pk: district.municipality for district in districts if scope.includes(district)
    }
    return sorted(found.values(), key=lambda area: (area.order, area.pk))


def _chosen(municipalities: list[Area], code: str) -> Area:
    """The municipality asked for, else the first. 404 for one outside the scope."""
    wanted = [area for area in municipalities if area.code == code] if code else municipalities
    if not wanted:
        raise Http404
    return wanted[0]


def _year(text: str, years: list[int], default: int) -> int:
    return next((year for year in years if str(year) == text), default)


def _rows(table: YearTable) -> Iterator[list[Any]]:
    yield [_("地域"), _("地区"), *(f"{day:%Y-%m-%d}" if day else "" for day in table.days)]
    for row in table.rows:
        above = row.district.parent.name if row.district.parent else ""
        yield [above, row.district.name, *row.counts]
    yield [_("合計"), "", *table.sums]
