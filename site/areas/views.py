"""What forms ask about places while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .models import PostalCode
from .postal_codes import read_postal_code


@require_safe
@cache_control(public=True, max_age=86_400)
def postal_code(request: HttpRequest, code: str) -> JsonResponse:
    """`{"code", "prefecture", "city", "towns": [{"name", "kana"}]}` of a postal code, from our own table.

    400 for what is no postal code, 404 for one we do not know, both with `{"error"}` in Japanese.
    """
    digits = read_postal_code(code)
    if digits is None:
        return _error(_("郵便番号は7桁の数字で入力してください。"), 400)
    rows = PostalCode.objects.filter(code=digits).select_related("municipality").order_by("pk")
    if not rows:
        return _error(_("この郵便番号は見つかりません。住所を直接入力してください。"), 404)
    cities = {row.municipality.name for row in rows}
    # A code over two municipalities leaves the city to the reader: it stands in front of each town.
    prefix = len(cities) > 1
    towns = [
        {
            "name": f"{row.municipality.name}{row.town_name}" if prefix else row.town_name,
            "kana": row.town_kana,
        }
        for row in rows
        if row.town_name
    ]
    city = "" if prefix else rows[0].municipality.name
    return JsonResponse({"code": digits, "prefecture": rows[0].prefecture, "city": city, "towns": towns})


def _error(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
