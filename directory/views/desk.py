"""「福祉の相談窓口をさがす」: from an address or a postal code to the desk that answers for it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.locate import Location, locate
from areas.models import Area

from ..area_pages import desks_of
from ..area_paths import area_path
from .area import find_area

MAX_LENGTH = 200


@require_safe
def desk_finder(request: HttpRequest) -> HttpResponse:
    """`?q=` an address or postal code; `?area=` a district chosen from candidates."""
    question = " ".join(unicodedata.normalize("NFKC", request.GET.get("q", "")).replace("\x00", "").split())
    chosen = request.GET.get("area", "")
    context: dict[str, Any] = {"question": question[:MAX_LENGTH]}
    status = 200
    if len(question) > MAX_LENGTH:
        context["problem"] = _("長すぎます。住所か郵便番号だけを入力してください。")
        status = 400
    elif chosen:
        context |= _answer(find_area(chosen))
    elif question:
        context |= _found(locate(question))
    if "district" in context:
        # The frame speaks with the words of the municipality that answers.
        request.municipality = context["district"].municipality  # type: ignore[attr-defined]
    return render(request, "directory/desk.html", context, status=status)


def _found(location: Location) -> dict[str, Any]:
    if location.district is not None:
        return _answer(location.district) | {"read_as": location.normalized}
    if location.candidates:
        return {"candidates": [(area, area_path(area)) for area in location.candidates]}
    return {"is_unknown": True}


def _answer(district: Area) -> dict[str, Any]:
    return {"district": district, "desks": desks_of(district)}
