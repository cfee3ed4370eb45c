"""Boundaries of towns, districts and municipalities from GeoJSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from ..address_text import place_key
from ..geometry import inner_point
from ..importers.boundary_files import Boundary, BoundaryFileError, read_boundary_file
from ..importers.town_files import split_chome
from ..models import Area, Town
from ..municipality_codes import full_code
from ..place_index import PlaceIndex, places, places_changed
from .errors import PlacesError
from .progress import Progress, silent

DECIMALS = 6  # 0.1 m


@transaction.atomic
def import_boundaries(
    path: Path, municipality_code: str | None = None, *, progress: Progress = silent
) -> Counter[str]:
    """Set boundaries in one transaction; missing points, and points outside the new boundary, are set with them.

    Features of municipalities that are not ours, and features without a name (water), are passed over. Several
    features of one place are joined. Returns counts by "towns", "districts", "municipalities", "passed_over". Raises
    `PlacesError` naming every broken or unknown feature; then nothing is written.
    """
    matching = _Matching(places(), municipality_code)
    matching.read(path)
    for place, geometry in progress(matching.joined(), _("境界")):
        _draw(place, geometry)
        matching.counts[_kind(place)] += 1
    places_changed()
    return matching.counts


class _Matching:
    """Which place each feature is the boundary of."""

    def __init__(self, index: PlaceIndex, code: str | None) -> None:
        self.municipalities = [area for area in index.municipalities if code in (None, area.code)]
        if not self.municipalities:
            raise PlacesError(_("自治体コード%(code)sは登録されていません。") % {"code": code or ""})
        self.by_code = {area.code: area for area in self.municipalities}
        self.counts: Counter[str] = Counter(towns=0, districts=0, municipalities=0, passed_over=0)
        self.problems: list[str] = []
        self.geometries: dict[Town | Area, list[BaseGeometry]] = defaultdict(list)
        self.towns: dict[tuple[str, int | None], list[Town]] = defaultdict(list)
        for town in index.towns.values():
            self.towns[place_key(town.base_name), town.chome].append(town)
        self.districts: dict[str, list[Area]] = defaultdict(list)
        for district in index.districts:
            for key in {place_key(district.name), place_key(district.short_name), district.slug}:
                self.districts[key].append(district)

    def read(self, path: Path) -> None:
        try:
            features = read_boundary_file(path)
        except BoundaryFileError as error:
            raise PlacesError(str(error)) from error
        for feature in features:
            if isinstance(feature, str):
                self.problems.append(feature)
            else:
                self._match(feature)
        if not self.geometries and not self.problems:
            self.problems.append(_("登録されている地域の図形が、ファイルに1つもありません。"))
        if self.problems:
            raise PlacesError.of_problems(self.problems)

    def joined(self) -> list[tuple[Town | Area, BaseGeometry]]:
        return [(place, shapely.union_all(parts)) for place, parts in self.geometries.items()]

    def _match(self, feature: Boundary) -> None:
        within = self._municipalities_of(feature)
        named = feature.town or feature.district or feature.name
        found = self._places_called(feature, within)
        if len(found) == 1:
            self.geometries[found[0]].append(feature.geometry)
        elif not within or not (named or feature.code):
            self.counts["passed_over"] += 1
        elif found:
            message = _(
                "図形%(number)d:「%(name)s」は複数あります。--municipality で自治体を指定してください。"
            )
            self.problems.append(message % {"number": feature.number, "name": named})
        elif named:
            message = _("図形%(number)d:「%(name)s」という町丁目や地区はありません。")
            self.problems.append(message % {"number": feature.number, "name": named})
        else:
            self.counts["passed_over"] += 1

    def _municipalities_of(self, feature: Boundary) -> list[Area]:
        """By the first five digits of the code; all that were asked for where the file gives none."""
        if len(feature.code) < 5 or not feature.code[:5].isdecimal():
            return self.municipalities
        area = self.by_code.get(full_code(feature.code[:5]))
        return [area] if area else []

    def _places_called(self, feature: Boundary, within: list[Area]) -> list[Town | Area]:
        found: list[Town | Area] = []
        if feature.town:
            base_name, chome = split_chome(feature.town)
            found += self.towns.get((place_key(base_name), chome), [])
        elif feature.district or feature.name:
            name = feature.district or feature.name
            found += self.districts.get(place_key(name), [])
            found += [area for area in within if area.name == name]
        elif len(feature.code) in (5, 6):
            found += within
        return [place for place in found if place.municipality in within]


def _draw(place: Town | Area, geometry: BaseGeometry) -> None:
    geometry = shapely.transform(geometry, lambda coordinates: coordinates.round(DECIMALS))
    boundary: dict[str, Any] = mapping(geometry)
    place.boundary = boundary
    fields = ["boundary"]
    if place.lat is None or place.lng is None or not _holds(geometry, place):
        place.lat, place.lng = inner_point(geometry)
        fields += ["lat", "lng"]
    place.save(update_fields=fields)


def _holds(geometry: BaseGeometry, place: Town | Area) -> bool:
    return bool(geometry.contains(shapely.Point(place.lng, place.lat)))


def _kind(place: Town | Area) -> str:
    if isinstance(place, Town):
        return "towns"
    return "districts" if place.parent_id else "municipalities"
