"""The map of what a question finds, as JSON. Loaded when somebody opens the map, and again where they move it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from search.maps import cells
from search.services import search

from ..find_query import FindQuery
from ..map_answer import MAX_CELLS, MapPart, NotOnAMap, answer_of, as_json, pin_of

#: Entries of one house that its circle tells when one cannot come closer.
MAX_PINS = 20


@require_safe
def find_map(request: HttpRequest) -> HttpResponse:
    """`{"total", "shown", "cells": […], "message"}` for `box` and `zoom`; without a box, of everything found.

    Points are as exact as `visibility` allows; entries without one are in the list only. With `pins=1` the entries in
    the box themselves, `{"total", "pins": […]}`: for a circle that no zoom takes apart. Problems as a 400 with
    `{"problems": […]}`.
    """
    query = FindQuery.from_params(request.GET, timezone.localdate())
    if query.problems:
        return _json({"problems": list(query.problems)}, status=400)
    try:
        part = MapPart.from_params(request.GET)
    except NotOnAMap as error:
        return _json({"problems": [str(error)]}, status=400)
    asked = query.to_request(box=part.box, page=1)
    if request.GET.get("pins"):
        return _json(_pins(query, asked.with_(page_size=MAX_PINS)))
    return _json(answer_of(cells(asked, zoom=part.cell_zoom, limit=MAX_CELLS), query, part))


def _pins(query: FindQuery, asked: Any) -> dict[str, Any]:
    result = search(asked)
    points = [(hit.card, hit.card.get("point")) for hit in result.hits]
    return {
        "total": result.total,
        "pins": [pin_of(card, point[0], point[1], query) for card, point in points if point],
    }


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(as_json(data), content_type="application/json", status=status)
