"""The pins of the map: everything a question finds that has a point, as JSON. Loaded when somebody opens the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.request import MAX_PAGE_SIZE, Hit
from search.services import search

from ..cards import card_from
from ..find_query import FindQuery

#: More pins than this help nobody; the list has them all.
MAX_PINS = 500


@require_safe
def find_map(request: HttpRequest) -> JsonResponse:
    """`{"total", "shown", "pins": [{"lat", "lng", "name", "kind", "place", "when", "url", "rough"}], "message"}`.

    Points are as exact as `visibility` allows; entries without one are in the list only. Problems as a 400 with
    `{"problems": […]}`.
    """
    query = FindQuery.from_params(request.GET, timezone.localdate())
    if query.problems:
        return JsonResponse({"problems": list(query.problems)}, status=400)
    total, hits = _hits(query)
    pins = [pin for hit in hits if (pin := _pin(hit, query))]
    return JsonResponse(
        {"total": total, "shown": len(pins), "pins": pins, "message": _message(total, len(pins))}
    )


def _hits(query: FindQuery) -> tuple[int, list[Hit]]:
    found: list[Hit] = []
    total = 0
    for page in _pages():
        result = search(query.to_request(page=page, page_size=MAX_PAGE_SIZE))
        total = result.total
        found += result.hits
        if not result.has_next:
            break
    return total, found[:MAX_PINS]


def _pages() -> Iterator[int]:
    yield from range(1, -(-MAX_PINS // MAX_PAGE_SIZE) + 1)


def _pin(hit: Hit, query: FindQuery) -> dict[str, Any] | None:
    point = hit.card.get("point")
    if not point:
        return None
    card = card_from(hit.card, today=query.today, next_date=hit.next_date)
    return {
        "lat": point[0],
        "lng": point[1],
        "name": card.name,
        "kind": card.kind,
        "place": hit.card.get("place", ""),
        "when": hit.card.get("schedule", ""),
        "url": card.url,
        "rough": bool(hit.card.get("rough")),
    }


def _message(total: int, shown: int) -> str:
    if shown == total:
        return _("%(total)s件を地図に出しています。") % {"total": total}
    return _(
        "%(total)s件のうち%(shown)s件を地図に出しています。場所を公開していないものは、一覧でご覧ください。"
    ) % {
        "total": total,
        "shown": shown,
    }
