"""A municipality's districts as SVG paths: a map of outlines that needs no tiles and no script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from .choices import AreaKind
from .geometry import read_geometry
from .models import Area
from .place_index import PlaceIndex, places

WIDTH = 1000  # units of the view box; a ward 10 km wide gets 10 m a unit
_SIMPLIFY = 1.5  # units: finer than a line is drawn
_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """One district to draw. `label_x`/`label_y` lie inside it, far from its edges; `room` is the distance to them."""

    area: Area
    path: str
    label_x: int
    label_y: int
    room: int


@dataclass(frozen=True, slots=True)
class OutlineMap:
    """All shapes in one coordinate system: x to the east, y to the south, whole units."""

    view_box: str
    shapes: tuple[Shape, ...]


_drawn: dict[int, tuple[PlaceIndex, OutlineMap | None]] = {}


def outline_map(municipality: Area) -> OutlineMap | None:
    """The districts of `municipality` ready for a template; None when no boundary is known.

    Costs the one query of `places()`; boundaries are read again only when places changed.
    """
    index = places()
    kept = _drawn.get(municipality.pk)
    if kept is None or kept[0] is not index:
        kept = _drawn[municipality.pk] = (index, _draw(index, municipality))
    return kept[1]


def _draw(index: PlaceIndex, municipality: Area) -> OutlineMap | None:
    districts = [area for area in index.districts if area.municipality.pk == municipality.pk]
    boundaries = dict(
        Area.objects.filter(kind=AreaKind.DISTRICT, pk__in=[area.pk for area in districts])
        .exclude(boundary=None)
        .values_list("pk", "boundary")
    )
    read = [(area, read_geometry(boundaries.get(area.pk))) for area in districts]
    known = [(area, geometry) for area, geometry in read if geometry is not None]
    if not known:
        return None
    geometries, height = _project([geometry for _area, geometry in known])
    # Neighbours share their borders: simplified together they still meet.
    simple = shapely.coverage_simplify(geometries, _SIMPLIFY)
    shapes = tuple(_shape(area, geometry) for (area, _), geometry in zip(known, simple, strict=True))
    return OutlineMap(f"0 0 {WIDTH} {height}", shapes)


def _project(geometries: Sequence[BaseGeometry]) -> tuple[list[BaseGeometry], int]:
    """Into the view box, north up, true in proportion; with the height of the box."""
    west, south, east, north = shapely.total_bounds(geometries)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * narrow)

    def to_box(coordinates: Any) -> Any:
        return (coordinates - (west, north)) * (narrow * scale, -scale) + _MARGIN

    height = math.ceil((north - south) * scale + 2 * _MARGIN)
    return [shapely.transform(geometry, to_box) for geometry in geometries], height


def _shape(area: Area, geometry: BaseGeometry) -> Shape:
    inside = shapely.maximum_inscribed_circle(geometry, tolerance=1)
    (x, y), _edge = inside.coords
    return Shape(area, _path(geometry), round(x), round(y), round(inside.length))


def _path(geometry: BaseGeometry) -> str:
    polygons = getattr(geometry, "geoms", [geometry])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Any) -> str:
    points = [f"{round(x)} {round(y)}" for x, y in ring.coords[:-1]]
    return f"M{'L'.join(points)}Z"
