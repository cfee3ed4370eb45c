"""What the home page shows besides its editors' words. Each part is one function, so each can be read and tested alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.outline import outline_map
from directory.cards import Card, card_of
from directory.choices import OccurrenceStatus, Wish
from directory.models import Resource

from .menus import path_of

DAYS_AHEAD = 6
CARDS_SHOWN = 6
TINTS = 5

#: Icons of what one may want to do.
WISH_ICONS = {
    Wish.TALK: "cup",
    Wish.EAT: "bowl",
    Wish.MOVE: "figure",
    Wish.CHILDREN: "child",
    Wish.CONSULT: "speech",
    Wish.LIVING: "cart",
    Wish.ROOM: "house",
    Wish.HELP: "hand-heart",
}
#: Shown until editors choose their own: (word, what it asks).
EXAMPLES = (
    (_("子ども食堂"), ""),
    (_("だれでも体操"), _("体操")),
    (_("赤ちゃんと行ける"), _("赤ちゃん")),
    (_("一人で食べたくない"), _("会食")),
)


@dataclass(frozen=True)
class Tile:
    """One thing to want, with its true count."""

    word: str
    icon: str
    url: str
    count: int


@dataclass(frozen=True)
class PlaceGroup:
    """The districts of one area. `tint` (1–5) is its colour on the map; `name` is empty where there are no areas."""

    name: str
    tint: int
    districts: tuple[Area, ...]


def find_url(**params: str) -> str:
    """An address of the find page with these conditions."""
    path = path_of("directory:find", "/find/")
    return f"{path}?{urlencode(params)}" if params else path


def this_week(today: date) -> tuple[list[Card], int]:
    """(the next places that are open within a week, how many there are in all)."""
    last = today + timedelta(days=DAYS_AHEAD)
    open_now = Resource.objects.published().open_between(today, last)
    taking_place = Q(occurrences__date__gte=today) & ~Q(occurrences__status=OccurrenceStatus.CANCELLED)
    soonest = open_now.annotate(soonest=Min("occurrences__date", filter=taking_place)).order_by(
        "soonest", "pk"
    )
    cards = [card_of(resource, today=today) for resource in soonest.with_card_data(today)[:CARDS_SHOWN]]
    return cards, open_now.count()


def wish_tiles() -> list[Tile]:
    """All things one may want to do; the counts in one query."""
    counted = (
        Resource.objects.published()
        .exclude(categories__wish="")
        .order_by()
        .values_list("categories__wish")
        .annotate(Count("pk", distinct=True))
    )
    counts = dict(counted)
    return [
        Tile(str(wish.label), WISH_ICONS[wish], find_url(wish=wish.value), counts.get(wish.value, 0))
        for wish in Wish
    ]


def place_groups(municipality: Area | None) -> list[PlaceGroup]:
    """Districts by area, in the municipality's own order. One query."""
    if municipality is None:
        return []
    districts = (
        Area.objects.districts()
        .within(municipality)
        .valid_on(timezone.localdate())
        .select_related("parent__parent")
        .order_by("parent__order", "order")
    )
    groups: dict[int, list[Area]] = {}
    for district in districts:
        groups.setdefault(district.parent_id, []).append(district)
    return [_group(number, members, municipality) for number, members in enumerate(groups.values())]


def _group(number: int, members: list[Area], municipality: Area) -> PlaceGroup:
    area = members[0].parent
    name = "" if area is None or area.pk == municipality.pk else area.name
    return PlaceGroup(name, number % TINTS + 1, tuple(members))


def outline(
    municipality: Area | None, groups: Iterable[PlaceGroup], chosen: int | None
) -> dict[str, Any] | None:
    """The outline map for `includes/_outline_map.html`; None while no boundaries are known."""
    drawn = outline_map(municipality) if municipality else None
    if drawn is None:
        return None
    groups = list(groups)
    # Without areas every district gets its own tint in turn, so that neighbours differ.
    tints = {
        district.pk: group.tint if len(groups) > 1 else position % TINTS + 1
        for group in groups
        for position, district in enumerate(group.districts)
    }
    shapes = [
        {
            "path": shape.path,
            "label": shape.area.short_name,
            "label_x": shape.label_x,
            "label_y": shape.label_y,
            "url": shape.area.get_absolute_url(),
            "tint": tints.get(shape.area.pk, 1),
            "chosen": shape.area.pk == chosen,
        }
        for shape in drawn.shapes
    ]
    return {"view_box": drawn.view_box, "shapes": shapes}


def home_municipality() -> Area | None:
    """The municipality this site belongs to; None before places are loaded."""
    return Area.objects.municipalities().filter(code=settings.HOME_MUNICIPALITY_CODE).first()


def home_district(request: HttpRequest) -> int | None:
    """The district the visitor called home, if any."""
    user = getattr(request, "user", None)
    return user.home_district_id if user is not None and user.is_authenticated else None


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the home template needs."""
    municipality = home_municipality()
    groups = place_groups(municipality)
    cards, this_week_count = this_week(timezone.localdate())
    return {
        "total": Resource.objects.published().count(),
        "cards": cards,
        "this_week_count": this_week_count,
        "this_week_url": find_url(open="week"),
        "today_url": find_url(open="today"),
        "find_url": find_url(),
        "examples": [(word, find_url(q=str(query or word))) for word, query in EXAMPLES],
        "tiles": wish_tiles(),
        "groups": groups,
        "outline": outline(municipality, groups, home_district(request)),
        "desk_url": path_of("directory:desk", "/desk/"),
    }
