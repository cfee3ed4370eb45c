"""Load the places the project ships. What is there already stays as people left it, unless `update` is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ..choices import AreaKind
from ..models import Area, MunicipalityProfile, PostalCode, Town, TownBlock
from ..place_index import places_changed
from ..shipped_data import shipped_outlines, shipped_rows
from ..signals import places_loaded
from .errors import PlacesError
from .progress import Progress, silent

Row = dict[str, str]
Values = dict[str, Any]


@transaction.atomic
def load_places(
    municipality_code: str | None = None, *, update: bool = False, progress: Progress = silent
) -> Counter[str]:
    """Create the missing places of one or of all shipped municipalities, in one transaction.

    `update` also sets existing ones back to the shipped facts. Returns counts by "created", "updated", "unchanged",
    "outlines". Raises `PlacesError` when no such municipality is shipped.
    """
    loading = _Loading(municipality_code, update=update, progress=progress)
    loading.run()
    places_changed()
    places_loaded.send(sender=Area)
    return loading.counts


class _Loading:
    """One run: remembers the areas by code and slug, so that rows can name each other."""

    def __init__(self, code: str | None, *, update: bool, progress: Progress) -> None:
        self.code = code
        self.update = update
        self.progress = progress
        self.counts: Counter[str] = Counter(created=0, updated=0, unchanged=0, outlines=0)
        self.municipalities: dict[str, Area] = {}
        self.districts: dict[tuple[str, str], Area] = {}

    def run(self) -> None:
        self._municipalities()
        self._areas_and_districts()
        self._towns()
        self._blocks()
        self._postal_codes()
        self._outlines()

    def _rows(self, name: str, label: str) -> Any:
        return self.progress(shipped_rows(name, self.code), label)

    def _municipalities(self) -> None:
        rows = shipped_rows("municipalities", self.code)
        if not rows:
            known = "、".join(f"{row['code']} {row['name']}" for row in shipped_rows("municipalities"))
            message = _("自治体コード%(code)sのデータはありません。あるのは次のとおりです:%(known)s")
            raise PlacesError(message % {"code": self.code, "known": known})
        for row in rows:
            values = _area_values(row) | {"slug": row["slug"], "kind": AreaKind.MUNICIPALITY}
            self.municipalities[row["code"]] = self._put(Area, {"code": row["code"]}, values)
        for row in shipped_rows("profiles", self.code):
            municipality = self.municipalities[row.pop("municipality_code")]
            self._put(MunicipalityProfile, {"municipality": municipality}, row)

    def _areas_and_districts(self) -> None:
        areas = {}
        for row in shipped_rows("areas", self.code):
            municipality = self.municipalities[row["municipality_code"]]
            values = _area_values(row) | {"kind": AreaKind.AREA}
            key = {"parent": municipality, "slug": row["slug"]}
            areas[row["municipality_code"], row["slug"]] = self._put(Area, key, values)
        for row in self._rows("districts", _("地区")):
            code = row["municipality_code"]
            parent = areas[code, row["area"]] if row["area"] else self.municipalities[code]
            self.districts[code, row["slug"]] = self._put(
                Area, {"parent": parent, "slug": row["slug"]}, self._district_values(row)
            )

    def _district_values(self, row: Row) -> dict[str, Any]:
        founded = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
        before = self.districts[row["municipality_code"], row["predecessor"]] if row["predecessor"] else None
        return _area_values(row) | {
            "kind": AreaKind.DISTRICT,
            "valid_from": founded,
            "predecessor": before,
        }

    def _towns(self) -> None:
        towns = []
        for row in self._rows("towns", _("町丁目")):
            code = row["municipality_code"]
            key = {"municipality": self.municipalities[code], "name": row["name"]}
            values = {
                "base_name": row["base_name"],
                "chome": int(row["chome"]) if row["chome"] else None,
                "kana": row["kana"],
                "postal_code": row["postal_code"],
                "district": self.districts[code, row["district"]],
                "certainty": row["certainty"],
            }
            towns.append((key, values))
        self._put_many(Town, towns)

    def _blocks(self) -> None:
        for row in shipped_rows("town_blocks", self.code):
            code = row["municipality_code"]
            town = Town.objects.get(municipality=self.municipalities[code], name=row["town"])
            key = {
                "town": town,
                "first_block": int(row["first_block"]),
                "last_block": int(row["last_block"]),
            }
            values = {"district": self.districts[code, row["district"]], "source": row["source"]}
            self._put(TownBlock, key, values)

    def _postal_codes(self) -> None:
        codes = []
        for row in self._rows("postal_codes", _("郵便番号")):
            key = {
                "code": row["code"],
                "municipality": self.municipalities[row["municipality_code"]],
                "town_name": row["town_name"],
            }
            codes.append((key, {"prefecture": row["prefecture"], "town_kana": row["town_kana"]}))
        self._put_many(PostalCode, codes)

    def _outlines(self) -> None:
        """Only where no boundary is: an imported one is better than ours."""
        outlines = shipped_outlines()
        for key, district in self.districts.items():
            if district.boundary is None and key in outlines:
                district.boundary = outlines[key]
                district.save(update_fields=["boundary"])
                self.counts["outlines"] += 1

    def _put(self, model: type[Model], key: Values, values: Values) -> Any:
        """The object with this key: created if missing, changed only when updating."""
        found, created = model._default_manager.get_or_create(defaults=values, **key)
        if created:
            self.counts["created"] += 1
        elif outdated := self._renew(found, values):
            found.save(update_fields=outdated)
        return found

    def _put_many(self, model: type[Model], wanted: list[tuple[Values, Values]]) -> None:
        """As `_put`, in a handful of queries for hundreds of objects of our municipalities."""
        keys = list(wanted[0][0]) if wanted else []
        existing = {
            tuple(getattr(found, name) for name in keys): found
            for found in model._default_manager.filter(
                municipality__in=self.municipalities.values()
            ).select_related("municipality")
        }
        missing, changed = [], []
        for key, values in wanted:
            found = existing.get(tuple(key.values()))
            if found is None:
                missing.append(model(**key, **values))
            elif self._renew(found, values):
                changed.append(found)
        model._default_manager.bulk_create(missing)
        if changed:
            model._default_manager.bulk_update(changed, list(wanted[0][1]), batch_size=200)
        self.counts["created"] += len(missing)

    def _renew(self, found: Model, values: Values) -> list[str]:
        """Set what differs when updating, and say what it was."""
        outdated = (
            [name for name, value in values.items() if getattr(found, name) != value] if self.update else []
        )
        for name in outdated:
            setattr(found, name, values[name])
        self.counts["updated" if outdated else "unchanged"] += 1
        return outdated


def _area_values(row: Row) -> dict[str, Any]:
    texts = ("name", "short_name", "kana", "romaji", "certainty", "source")
    numbers = {"order": int(row["order"]), "lat": float(row["lat"]), "lng": float(row["lng"])}
    return {name: row[name] for name in texts} | numbers
