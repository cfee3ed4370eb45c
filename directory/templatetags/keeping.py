"""Buttons to keep an entry and to follow a district. One query a page for people with a login, none for strangers."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from areas.models import Area

register = template.Library()


@register.inclusion_tag("directory/my/_keep_button.html", takes_context=True)
def keep_button(context: dict[str, Any], code: str, name: str) -> dict[str, Any]:
    """お気に入り: in or out. `name` says to readers which entry the button is about."""
    return {"code": code, "name": name, "is_kept": code in _kept(context.get("request"))}


@register.inclusion_tag("directory/my/_follow_button.html", takes_context=True)
def follow_button(context: dict[str, Any], area: Area) -> dict[str, Any]:
    """Follow a district, or stop."""
    user = _user(context.get("request"))
    return {
        "area": area,
        "is_home": user is not None and user.home_district_id == area.pk,
        "is_followed": user is not None and user.followed_districts.filter(district=area).exists(),
    }


def _user(request: HttpRequest | None) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _kept(request: HttpRequest | None) -> frozenset[str]:
    """Codes of everything this person keeps, asked once a page."""
    user = _user(request)
    if user is None:
        return frozenset()
    known = user.__dict__.get("_kept_codes")
    if known is None:
        known = user.__dict__["_kept_codes"] = frozenset(
            user.favourites.values_list("resource__code", flat=True)
        )
    return known
