"""The districts of the home page: as a list by area, and as an outline map in the same colours."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from areas.models import Area
from areas.outline import OutlineMap, outline_map
from areas.place_index import PlaceIndex

TINTS = 5


@dataclass(frozen=True)
class PlaceGroup:
    """The districts of one area. `tint` (1–5) is its colour on the map; `name` is empty where there are no areas."""

    name: str
    tint: int
    districts: tuple[Area, ...]


def home_municipality(index: PlaceIndex) -> Area | None:
    """The municipality this site belongs to; None before its places are loaded."""
    found = (area for area in index.municipalities if area.code == settings.HOME_MUNICIPALITY_CODE)
    return next(found, None)


def place_groups(index: PlaceIndex, municipality: Area | None, today: date) -> list[PlaceGroup]:
    """Districts that exist today by area, in the municipality's own order. Costs no query."""
    groups: dict[int | None, list[Area]] = {}
    for district in index.districts:
        if municipality and district.municipality.pk == municipality.pk and _exists(district, today):
            groups.setdefault(district.parent_id, []).append(district)
    return [_group(number, members) for number, members in enumerate(groups.values())]


def _exists(district: Area, today: date) -> bool:
    founded, ended = district.valid_from, district.valid_to
    return (founded is None or founded <= today) and (ended is None or today < ended)


def _group(number: int, members: list[Area]) -> PlaceGroup:
    area = members[0].parent
    name = area.name if area and area.parent_id else ""
    return PlaceGroup(name, number % TINTS + 1, tuple(members))


@lru_cache(maxsize=4)
def _drawn(token: uuid.UUID | None, municipality: Area) -> OutlineMap | None:
    # The token changes with the places; asking with it saves asking the database a second time.
    return outline_map(municipality)


def outline(
    index: PlaceIndex, municipality: Area | None, groups: Sequence[PlaceGroup], chosen: int | None
) -> dict[str, Any] | None:
    """The outline map for `includes/_outline_map.html`; None while no boundaries are known."""
    drawn = _drawn(index.token, municipality) if municipality else None
    if drawn is None:
        return None
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
