"""GeoJSON files of boundaries: of 町丁目 (e-Stat and our own layout), of districts, of a municipality (国土数値情報 N03)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

MAX_BYTES = 200 * 1024 * 1024
TOWN_NAMES = ("town_chome", "town", "町丁目", "町丁目名", "S_NAME", "MOJI")
DISTRICT_NAMES = ("district", "地区", "地区名", "圏域")
ANY_NAMES = ("name", "名称")
CODES = ("municipality_code", "code", "KEY_CODE", "N03_007", "全国地方公共団体コード")


@dataclass(frozen=True, slots=True)
class Boundary:
    """One feature. Exactly what the file says: names may be empty, `code` may be longer than a municipality's."""

    number: int
    code: str
    town: str
    district: str
    name: str
    geometry: BaseGeometry


class BoundaryFileError(Exception):
    """The file as a whole cannot be read."""


def read_boundary_file(path: Path) -> list[Boundary | str]:
    """Features in file order; a broken one comes as a sentence with its number."""
    return [_read(feature, number) for number, feature in enumerate(_features(path), start=1)]


def _features(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BoundaryFileError(_("ファイルが大きすぎます。200MBまでにしてください。"))
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError, ValueError, RecursionError) as error:
        message = _("ファイルを読めません。UTF-8のGeoJSONにしてください。(%(reason)s)")
        raise BoundaryFileError(message % {"reason": error}) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryFileError(_("GeoJSONのFeatureCollectionではないか、図形が1つもありません。"))
    return features


def _read(feature: Any, number: int) -> Boundary | str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = _geometry(feature.get("geometry") if isinstance(feature, dict) else None)
    if isinstance(geometry, str):
        return _("図形%(number)d:%(problem)s") % {"number": number, "problem": geometry}
    properties = properties if isinstance(properties, dict) else {}
    return Boundary(
        number=number,
        code=_first(properties, CODES),
        town=_first(properties, TOWN_NAMES),
        district=_first(properties, DISTRICT_NAMES),
        name=_first(properties, ANY_NAMES),
        geometry=geometry,
    )


def _first(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(properties[name]).strip() for name in names if properties.get(name)), "")


def _geometry(value: Any) -> BaseGeometry | str:
    try:
        geometry = shape(value)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        return _("図形を読めません。")
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        return _("PolygonかMultiPolygonではありません。")
    west, south, east, north = geometry.bounds
    if not (west >= 122 and east <= 154 and south >= 20 and north <= 46):
        return _("日本の範囲にありません。座標は「経度、緯度」の順にしてください。")
    return _repaired(geometry)


def _repaired(geometry: BaseGeometry) -> BaseGeometry | str:
    """Public polygons touch themselves now and then. A repair that keeps the area is taken, another is not."""
    if geometry.is_valid:
        return geometry
    repaired = shapely.make_valid(geometry, method="structure")
    polygonal = repaired.geom_type in ("Polygon", "MultiPolygon") and not repaired.is_empty
    if polygonal and abs(repaired.area - geometry.area) <= 0.01 * repaired.area:
        return repaired
    return _("線が交わっています。図形を直してください。")
