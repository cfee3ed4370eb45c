"""The page of an entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..entries import Entry
from ..exporters.jsonld import entry_data, script
from ..models import Resource
from ..month_calendar import asked_month
from ..nearby import similar_entries
from ..page_sections import sections_of
from ..view_counts import counted
from ..visibility import is_public
from .access import entry_view, for_everybody, seen_by


@require_safe
@entry_view
def resource_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Facts first; `?month=2026-12` shows another month."""
    response = render(request, "directory/resource.html", page_context(request, resource))
    return counted(request, resource, response)


def page_context(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """What the template needs; the editor's preview uses it too."""
    entry = seen_by(request, resource)
    everybody = for_everybody(resource)
    address = request.build_absolute_uri(resource.get_absolute_url())
    return {
        "resource": resource,
        "entry": entry,
        "public": everybody,
        "is_public": is_public(resource),
        "month": entry.month(_asked_month(request, entry)),
        "similar": similar_entries(everybody),
        "sections": sections_of("resource", resource),
        "address": address,
        "line_url": f"https://social-plugins.line.me/lineit/share?{urlencode({'url': address})}",
        "mail_url": _mail_url(resource, address),
        "map": _map(entry),
        "jsonld": script(
            entry_data(everybody, request.build_absolute_uri), getattr(request, "csp_nonce", "")
        ),
    }


def _asked_month(request: HttpRequest, entry: Entry) -> date | None:
    text = request.GET.get("month", "")
    if not text:
        return None
    month = asked_month(text, timezone.localdate(), entry.last_day)
    if month is None:
        raise BadRequest(_("月は「2026-12」のように書いてください。"))
    return month


def _mail_url(resource: Resource, address: str) -> str:
    body = f"{resource.name}\n{address}\n"
    # Mail programmes want %20, not +, for a space.
    return "mailto:?" + urlencode({"subject": resource.name, "body": body}).replace("+", "%20")


def _map(entry: Entry) -> dict[str, Any] | None:
    """What the map script needs, once somebody opens the map."""
    if not entry.place.has_point:
        return None
    return {
        "lat": entry.place.lat,
        "lng": entry.place.lng,
        "tiles": settings.MAP_TILE_URL,
        "credit": settings.MAP_TILE_CREDIT,
        "credit_url": settings.MAP_TILE_CREDIT_URL,
        "is_exact": bool(entry.place.address and entry.directions_url),
    }
