"""Coordinates, postal codes and new towns from a public list."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ..importers.town_files import TownFileError, TownRow, read_town_file
from ..locate import GAP_METRES, locate_point
from ..models import Area, Town
from ..municipality_codes import full_code
from ..place_index import PlaceIndex, places, places_changed
from .errors import PlacesError
from .progress import Progress, silent


@transaction.atomic
def import_towns(
    path: Path, municipality_code: str | None = None, *, progress: Progress = silent
) -> Counter[str]:
    """Set coordinates and postal codes of known towns, add unknown ones, in one transaction.

    Rows of municipalities that are not ours are passed over. A point outside the town's own polygon is not taken.
    Returns counts by "updated", "unchanged", "added", "kept_point", "elsewhere". Raises `PlacesError` naming every
    broken row; then nothing is written.
    """
    index = places()
    codes = {area.code: area for area in index.municipalities if municipality_code in (None, area.code)}
    if not codes:
        raise PlacesError(_("自治体コード%(code)sは登録されていません。") % {"code": municipality_code or ""})
    importing = _Importing(index, codes)
    rows = importing.read(path)
    for row in progress(rows, _("町丁目")):
        importing.put(row)
    importing.finish()
    places_changed()
    return importing.counts


class _Importing:
    def __init__(self, index: PlaceIndex, municipalities: dict[str, Area]) -> None:
        self.index = index
        self.municipalities = municipalities
        self.counts: Counter[str] = Counter(updated=0, unchanged=0, added=0, kept_point=0, elsewhere=0)
        self.problems: list[str] = []
        self.changed: list[Town] = []
        self.drawn = {item.pk for item in index.shapes.items if isinstance(item, Town)}
        self.towns = {
            (town.municipality_id, town.base_name, town.chome): town
            for town in Town.objects.filter(municipality__in=municipalities.values()).defer("boundary")
        }

    def read(self, path: Path) -> list[TownRow]:
        rows = []
        try:
            for row in read_town_file(path):
                if isinstance(row, str):
                    self.problems.append(row)
                elif full_code(row.municipality_code) in self.municipalities:
                    rows.append(row)
                else:
                    self.counts["elsewhere"] += 1
        except TownFileError as error:
            raise PlacesError(str(error)) from error
        if not rows and not self.problems:
            raise PlacesError(_("登録されている自治体の町丁目が、ファイルに1つもありません。"))
        return rows

    def put(self, row: TownRow) -> None:
        municipality = self.municipalities[full_code(row.municipality_code)]
        town = self.towns.get((municipality.pk, row.base_name, row.chome))
        if town is None:
            self._add(municipality, row)
        elif self._take_values(town, row):
            self.changed.append(town)
            self.counts["updated"] += 1
        else:
            self.counts["unchanged"] += 1

    def finish(self) -> None:
        if self.problems:
            raise PlacesError.of_problems(self.problems)
        Town.objects.bulk_update(self.changed, ["lat", "lng", "postal_code"], batch_size=500)

    def _take_values(self, town: Town, row: TownRow) -> bool:
        before = (town.lat, town.lng, town.postal_code)
        if self._fits(town, row):
            town.lat, town.lng = row.lat, row.lng
        elif town.lat is not None:
            self.counts["kept_point"] += 1
        town.postal_code = row.postal_code or town.postal_code
        return before != (town.lat, town.lng, town.postal_code)

    def _fits(self, town: Town, row: TownRow) -> bool:
        """Public points are not always inside their town (元和泉三丁目): where we have its polygon, it decides."""
        if town.pk not in self.drawn:
            return True
        near = self.index.shapes.near(row.lat, row.lng, within=GAP_METRES)
        return any(item == town for _metres, item in near)

    def _add(self, municipality: Area, row: TownRow) -> None:
        district = self._district_of(municipality, row)
        if district is None:
            message = _(
                "%(line)d行目:%(town)sの地区が分かりません。先に境界を取り込むか、district列に地区名を入れてください。"
            )
            self.problems.append(message % {"line": row.line, "town": row.name})
            return
        town = Town.objects.create(
            municipality=municipality,
            district=district,
            name=row.name,
            base_name=row.base_name,
            chome=row.chome,
            kana=row.kana,
            postal_code=row.postal_code,
            lat=row.lat,
            lng=row.lng,
        )
        self.towns[municipality.pk, row.base_name, row.chome] = town
        self.counts["added"] += 1

    def _district_of(self, municipality: Area, row: TownRow) -> Area | None:
        """As the file says, else the polygon around the point. Never by the neighbours' district."""
        ours = [area for area in self.index.districts if area.municipality == municipality]
        named = [area for area in ours if row.district and row.district in (area.name, area.short_name)]
        if row.district or len(named) == 1:
            return named[0] if len(named) == 1 else None
        district = locate_point(row.lat, row.lng, index=self.index).district
        return district if district in ours else None
