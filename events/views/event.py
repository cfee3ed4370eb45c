"""The page of one event."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.exporters.jsonld import script
from directory.page_sections import sections_of
from directory.views.access import canonical_code
from directory.visibility import Viewer

from ..event_page import EventPage, load_event
from ..exporters.jsonld import event_data
from ..models import Event
from ..visibility import is_public, viewer_of


@require_safe
def event_page(request: HttpRequest, code: str) -> HttpResponse:
    """Facts first. Who may not see the event gets 404, as if it were not there; staff of the place see it as it is."""
    right = canonical_code(code)
    if right != code:
        return redirect("events:event", code=right, permanent=True)
    event = load_event(right)
    viewer = viewer_of(request.user, event)
    if not is_public(event) and viewer is not Viewer.STAFF:
        raise Http404(_("この番号のページはありません。"))
    response = render(request, "events/calendar/event.html", page_context(request, event, viewer))
    if viewer is not Viewer.PUBLIC:
        patch_cache_control(response, private=True, no_store=True)
    return response


def page_context(
    request: HttpRequest, event: Event, viewer: Viewer = Viewer.PUBLIC, *, is_preview: bool = False
) -> dict[str, Any]:
    """What the template needs; the editor's preview uses it too."""
    page = EventPage(event, viewer, is_preview=is_preview)
    address = request.build_absolute_uri(event.get_absolute_url())
    return {
        "event": event,
        "page": page,
        "sections": sections_of("event", event) if event.pk is not None else [],
        "address": address,
        "line_url": f"https://social-plugins.line.me/lineit/share?{urlencode({'url': address})}",
        "mail_url": _mail_url(event, address),
        "map": _map(page),
        "jsonld": _jsonld(request, page) if page.is_public else "",
    }


def _jsonld(request: HttpRequest, page: EventPage) -> str:
    """The same facts for machines: as everybody may know them, whoever looks."""
    dates = [item.date for item in (page.coming or page.past)]
    return script(
        event_data(page.event, dates, request.build_absolute_uri), getattr(request, "csp_nonce", "")
    )


def _mail_url(event: Event, address: str) -> str:
    # Mail programmes want %20, not +, for a space.
    query = urlencode({"subject": event.title, "body": f"{event.title}\n{address}\n"})
    return "mailto:?" + query.replace("+", "%20")


def _map(page: EventPage) -> dict[str, Any] | None:
    """What the map script needs, once somebody opens the map."""
    if not page.place.has_point:
        return None
    return {
        "lat": page.place.lat,
        "lng": page.place.lng,
        "tiles": settings.MAP_TILE_URL,
        "credit": settings.MAP_TILE_CREDIT,
        "credit_url": settings.MAP_TILE_CREDIT_URL,
        "is_exact": bool(page.directions_url),
    }
