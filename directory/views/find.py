"""The find page, and the page where an address stands in for one's position."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from areas.locate import locate
from search.failover import one_moment
from search.questions import count_question
from search.services import search

from ..area_paths import area_path
from ..filters import near_value
from ..find_form import as_address, is_form
from ..find_groups import COUNTED
from ..find_help import FindHelp
from ..find_page import FindPage
from ..find_query import FindQuery

MAX_ADDRESS = 200
_MACHINES = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)


@require_safe
@vary_on_headers("HX-Request")
def find(request: HttpRequest) -> HttpResponse:
    """What was asked, what was understood, and what was found. 400 with a sentence for what cannot be meant."""
    query = _query(request.GET)
    is_part = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if is_form(request.GET) and not is_part and not query.problems:
        # One question has one address: the form's own parameters do not stay in it.
        return HttpResponseRedirect(query.url)
    with one_moment():
        page = FindPage(query, search(query.to_request(types=query.types, facets=COUNTED)))
        help_ = FindHelp(page)
        context = {"page": page, "query": query, "help": help_, "is_part": is_part, "map": _map()}
        # A word that became a tick leaves the box; otherwise the box is left alone: somebody may be typing in it.
        context["box_changed"] = query.text != request.GET.get("q", "").strip()
        template = "directory/_find_answer.html" if is_part else "directory/find.html"
        response = render(request, template, context, status=400 if query.problems else 200)
    if is_part:
        response["HX-Push-Url"] = query.url
    elif query.page == 1 and not query.problems and _is_somebody(request):
        _count_when_sent(response, help_)
    return response


def _count_when_sent(response: HttpResponse, help_: FindHelp) -> None:
    """Count what found nothing, once the visitor has the page: a busy database must not keep them waiting."""
    instead = help_.instead
    unanswered = instead.failed or ([] if help_.page.total else [help_.page.query.text])
    if not instead.is_wanted or not any(unanswered):
        return
    count = partial(count_question, " ".join(unanswered), area=help_.place, day=help_.page.query.today)
    response._resource_closers.append(count)  # type: ignore[attr-defined]


def _is_somebody(request: HttpRequest) -> bool:
    """Neither a machine that reads everything nor a browser that fetches ahead."""
    if request.method != "GET" or "prefetch" in request.headers.get(
        "Sec-Purpose", request.headers.get("Purpose", "")
    ):
        return False
    return not _MACHINES.search(request.headers.get("User-Agent", ""))


@require_safe
def find_near(request: HttpRequest) -> HttpResponse:
    """Type an address or a postal code, go on to the find page sorted by distance from there."""
    query, action = _query(request.GET), reverse("directory:find_near")
    return near_page(request, query, action, _("住所から近くをさがす"))


def near_page(request: HttpRequest, query: Any, action: str, title: str) -> HttpResponse:
    """The same for any question that has `with_value`, `without`, `pairs` and `url`; `action` is its own address."""
    typed = " ".join(
        unicodedata.normalize("NFKC", request.GET.get("address", "")).replace("\x00", "").split()
    )
    context: dict[str, Any] = {"query": query, "typed": typed[:MAX_ADDRESS], "action": action, "title": title}
    if not typed:
        return render(request, "directory/find_near.html", context)
    if len(typed) > MAX_ADDRESS:
        return _near_again(request, context, _("長すぎます。住所か郵便番号だけを入力してください。"))
    location = locate(typed)
    if location.lat is not None and location.lng is not None and not location.candidates:
        value = near_value(location.lat, location.lng)
        if value:
            return HttpResponseRedirect(query.with_value("near", value).url)
    places = [location.district] if location.district else list(location.candidates)
    if places:
        context["places"] = [
            (area, query.without("near").with_value("area", area_path(area)).url) for area in places
        ]
        return render(request, "directory/find_near.html", context)
    return _near_again(
        request,
        context,
        _("この住所はわかりませんでした。町の名前と丁目を確かめて、もう一度入力してください。"),
    )


def _map() -> dict[str, str]:
    return {
        "tiles": settings.MAP_TILE_URL,
        "credit": settings.MAP_TILE_CREDIT,
        "credit_url": settings.MAP_TILE_CREDIT_URL,
    }


def _query(params: QueryDict) -> FindQuery:
    return FindQuery.from_params(as_address(params) if is_form(params) else params, timezone.localdate())


def _near_again(request: HttpRequest, context: dict[str, Any], problem: str) -> HttpResponse:
    return render(request, "directory/find_near.html", context | {"problem": problem}, status=400)
