"""What is offered below the box while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.suggest import TITLE, Suggestion, suggest

from ..services.reindexing import ORGANIZATION, RESOURCE

KEPT_SECONDS = 60


@require_safe
@cache_control(private=True, max_age=KEPT_SECONDS)
def find_suggest(request: HttpRequest) -> JsonResponse:
    """`{"items": [{"kind", "label", "note", "text", "url"}], "status"}`; no items for what cannot be meant."""
    items = suggest(request.GET.get("q", ""), (RESOURCE, ORGANIZATION))
    status = ""
    if items:
        counted = ngettext("候補が%(count)d件あります。", "候補が%(count)d件あります。", len(items))
        status = counted % {"count": len(items)}
    answer = {"items": [_item(item) for item in items], "status": status}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _item(item: Suggestion) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "label": item.label,
        "note": _note(item),
        "text": item.text,
        "url": item.url,
    }


def _note(item: Suggestion) -> str:
    """What sort of thing it is, in a word or two beside its name."""
    notes = {
        "place": _("場所"),
        "topic": _("種類"),
        "audience": _("対象"),
        "condition": _("条件"),
        TITLE: _("この集まり・窓口のページへ") if item.url else _("同じ名前がいくつかあります"),
    }
    note = notes.get(item.kind, "")
    if item.means and item.kind in ("topic", "audience"):
        return _("%(kind)s:%(name)s") % {"kind": note, "name": item.means}
    return note
