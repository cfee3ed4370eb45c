"""Pages of municipalities, areas and districts, and the index of all of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import Area

from ..area_pages import AreaPage, outline_for, parts_below
from ..page_sections import sections_of

_MAX_DEPTH = 3


@require_safe
def area_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page of the place whose slugs, from the municipality down, make `path`."""
    area = find_area(path)
    # The frame of the page speaks with the words of the municipality the page is about.
    request.municipality = area.municipality  # type: ignore[attr-defined]
    page = AreaPage(area, timezone.localdate())
    template = "directory/district.html" if page.is_district else "directory/area.html"
    return render(request, template, {"area": area, "page": page, "sections": sections_of("area", area)})


@require_safe
def districts_index(request: HttpRequest) -> HttpResponse:
    """Every municipality with its areas and districts, as a list and as an outline map."""
    municipalities = Area.objects.municipalities().in_order()
    groups = [
        {"municipality": area, "parts": parts_below(area), "outline": outline_for(area)}
        for area in municipalities
    ]
    return render(request, "directory/districts.html", {"groups": groups})


def find_area(path: str) -> Area:
    """The place at `path` ("setagaya/karasuyama/karasuyama"), its parents loaded. Http404 without one."""
    slugs = path.strip("/").split("/")
    if len(slugs) > _MAX_DEPTH or "\x00" in path:
        raise Http404(_("この地区のページはありません。"))
    lookups = {"__".join(["parent"] * depth + ["slug"]): slug for depth, slug in enumerate(reversed(slugs))}
    root = "__".join(["parent"] * len(slugs))
    area = (
        Area.objects.select_related("parent__parent").filter(**lookups, **{f"{root}__isnull": True}).first()
    )
    if area is None:
        raise Http404(_("この地区のページはありません。"))
    return area
