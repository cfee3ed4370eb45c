"""What the register adds to 「マイページ」: the own districts with this week, favourites, questions, kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from members.registry import MyPageSection, register_section

from .area_pages import find_url
from .cards import Card, card_of
from .japanese_dates import short_date, time_span
from .models import Favourite, Occurrence, Resource
from .visibility import public_places

#: How many dates of a district stand on the own page; the rest is a link away.
SHOWN_DATES = 4
SHOWN_FAVOURITES = 4
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class WeekLine:
    """One date of this week, in words."""

    day: str
    time: str
    name: str
    url: str


@dataclass(frozen=True)
class OwnDistrict:
    """A district somebody lives in or follows, and what is on there."""

    area: Area
    is_home: bool
    find_url: str
    week: list[WeekLine]


def own_districts(user: Any) -> list[OwnDistrict]:
    """The home first, then those followed, in their order. Two queries."""
    followed = user.followed_districts.values("district")
    areas = Area.objects.filter(pk__in=followed) | Area.objects.filter(pk=user.home_district_id)
    rows = areas.distinct().select_related("parent__parent").in_order()
    ordered = sorted(rows, key=lambda area: area.pk != user.home_district_id)
    week = _week(ordered, timezone.localdate())
    return [
        OwnDistrict(
            area, area.pk == user.home_district_id, find_url(area), week.get(area.pk, [])[:SHOWN_DATES]
        )
        for area in ordered
    ]


def _week(areas: Iterable[Area], today: date) -> dict[int | None, list[WeekLine]]:
    """By district: each entry once, at its next date. Only what may stand in a public list of the district."""
    pks = [area.pk for area in areas]
    if not pks:
        return {}
    listed = Resource.objects.published().running().filter(public_places(), district__in=pks)
    dates = (
        Occurrence.objects.coming(today, today + WEEK)
        .filter(resource__in=listed.values("pk"))
        .select_related("resource")
    )
    found: dict[int | None, dict[int, WeekLine]] = {}
    for item in dates:
        lines = found.setdefault(item.resource.district_id, {})
        lines.setdefault(item.resource_id, _line(item))
    return {pk: list(lines.values()) for pk, lines in found.items()}


def _line(item: Occurrence) -> WeekLine:
    return WeekLine(
        day=short_date(item.date),
        time=time_span(item.start, item.end),
        name=item.resource.name,
        url=item.resource.get_absolute_url(),
    )


def favourite_cards(user: Any, limit: int | None = None) -> list[Card]:
    """Favourites that everybody may still see, the latest first."""
    today = timezone.localdate()
    kept = Favourite.objects.filter(user=user, resource__in=Resource.objects.published().values("pk"))
    keys = list(kept.values_list("resource", flat=True)[:limit])
    rows = {row.pk: row for row in Resource.objects.filter(pk__in=keys).with_card_data(today)}
    return [card_of(rows[key], today=today) for key in keys if key in rows]


def _districts(user: Any) -> dict[str, Any]:
    districts = own_districts(user)
    return {"districts": districts, "has_home": any(district.is_home for district in districts)}


def _favourites(user: Any) -> dict[str, Any]:
    count = user.favourites.count()
    cards = favourite_cards(user, SHOWN_FAVOURITES) if count else []
    return {"cards": cards, "count": count, "has_more": count > len(cards)}


def _searches(user: Any) -> dict[str, Any]:
    return {"searches": list(user.saved_searches.all())}


def _kinds(user: Any) -> dict[str, Any]:
    kinds = user.followed_kinds.select_related("category").order_by("category__order", "category_id")
    home = user.home_district
    return {"kinds": [(row.category.name, _kind_url(row.category.code, home)) for row in kinds]}


def _kind_url(code: str, home: Area | None) -> str:
    return find_url(home, category=code) if home else f"{reverse('directory:find')}?category={code}"


def register() -> None:
    """Called once, when models can be imported."""
    register_section(MyPageSection("districts", 10, "directory/my/_districts.html", _districts))
    register_section(MyPageSection("favourites", 30, "directory/my/_favourites.html", _favourites))
    register_section(MyPageSection("searches", 40, "directory/my/_searches.html", _searches))
    register_section(MyPageSection("kinds", 50, "directory/my/_kinds.html", _kinds))
