"""Points and polygons without a geographic database. Knows GeoJSON and metres, no model of ours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_320.0
T = TypeVar("T")


def read_geometry(geojson: Any) -> BaseGeometry | None:
    """A valid polygon or multipolygon from a GeoJSON geometry; None for anything else."""
    try:
        geometry = shape(geojson)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        return None
    if geometry.is_empty or geometry.geom_type not in ("Polygon", "MultiPolygon") or not geometry.is_valid:
        return None
    return geometry


def is_coordinate(lat: float, lng: float) -> bool:
    """Whether the pair can be a place on earth at all (finite, in range)."""
    return math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180


def metres_between(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Distance in metres on a local plane; good to 0.1 % within a prefecture."""
    narrow = math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(lat1 - lat2, (lng1 - lng2) * narrow) * METRES_PER_DEGREE


def inner_point(geometry: BaseGeometry) -> tuple[float, float]:
    """`(lat, lng)` of a point that surely lies inside, rounded to six decimals (0.1 m)."""
    point = shapely.point_on_surface(geometry)
    return round(point.y, 6), round(point.x, 6)


class ShapeIndex(Generic[T]):
    """Polygons with what they stand for; answers which are at or near a point."""

    def __init__(self, shapes: Iterable[tuple[T, BaseGeometry]]) -> None:
        pairs = list(shapes)
        self.items = [item for item, _ in pairs]
        latitudes = [geometry.centroid.y for _, geometry in pairs]
        # East–west degrees shrink with latitude: one factor for the whole index is exact enough within Japan's
        # municipalities, and distances come out in metres.
        self._narrow = math.cos(math.radians(sum(latitudes) / len(latitudes))) if latitudes else 1.0
        self._geometries = [shapely.transform(geometry, self._to_metres) for _, geometry in pairs]
        self._tree = shapely.STRtree(self._geometries)

    def __len__(self) -> int:
        return len(self.items)

    def near(self, lat: float, lng: float, *, within: float) -> list[tuple[float, T]]:
        """`(metres, item)` for every shape at most `within` metres away, nearest first; 0.0 for those around the point."""
        x, y = self._scale
        point = shapely.Point(lng * x, lat * y)
        hits = self._tree.query(point, predicate="dwithin", distance=within)
        found = [(float(self._geometries[hit].distance(point)), int(hit)) for hit in hits]
        return [(metres, self.items[hit]) for metres, hit in sorted(found)]

    @property
    def _scale(self) -> tuple[float, float]:
        return METRES_PER_DEGREE * self._narrow, METRES_PER_DEGREE

    def _to_metres(self, coordinates: Any) -> Any:
        return coordinates * self._scale
