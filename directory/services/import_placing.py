"""Where the rows of an import are: municipality, venue, district."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from areas.choices import AreaKind, Precision
from areas.locate import Location, locate_address, locate_point
from areas.models import Area
from areas.place_index import places

from ..importers.municipality_codes import is_valid
from ..importers.records import ParsedRow


@dataclass(frozen=True)
class RowPlace:
    """The place of one row. `area` is the district, or the municipality where the district is not certain."""

    municipality: Area
    area: Area
    location: Location


class UnknownMunicipality(Exception):
    """Nobody knows the municipality the list is said to be of, the list included. The message is for people."""


def home_municipality(code: str, rows: list[ParsedRow]) -> Area:
    """The municipality with `code`. One nobody has set up yet is made from the name the rows give it."""
    found = Area.objects.municipalities().filter(code=code).first()
    if found is not None:
        return found
    names = {row.municipality_name for row in rows if row.municipality_code == code}
    if not any(row.municipality_code for row in rows):
        # A file of further places names no codes: it is believed if all its rows agree.
        names = {row.municipality_name for row in rows}
    if not is_valid(code) or len(names) != 1 or "" in names:
        raise UnknownMunicipality(
            _("自治体コード「%(code)s」の自治体がありません。管理画面で自治体を登録してください。")
            % {"code": code}
        )
    return _bare_municipality(code, names.pop())


def _bare_municipality(code: str, name: str) -> Area:
    """A municipality of which only the name and the code are known."""
    slug = f"m{code}" if code else f"m-{uuid.uuid4().hex[:8]}"
    return Area.objects.create(
        kind=AreaKind.MUNICIPALITY, code=code, name=name, short_name=name, kana="", slug=slug
    )


class Placer:
    """Places rows. Holds the tree in memory: 10,000 rows cost no more queries than ten."""

    def __init__(self, default: Area) -> None:
        self._default = default
        self._index = places()
        municipalities = Area.objects.municipalities()
        self._by_code = {area.code: area for area in municipalities if area.code}
        self._by_name = {area.name: area for area in municipalities}

    def place(self, parsed: ParsedRow) -> RowPlace:
        """Find the municipality and the district of a row; remarks go to its warnings."""
        municipality = self._municipality(parsed)
        location = self._locate(parsed, municipality)
        if location.candidates:
            names = "、".join(area.short_name for area in location.candidates)
            parsed.warnings.append(_("地区を1つに決められません。候補:%(names)s") % {"names": names})
        return RowPlace(municipality, location.district or municipality, location)

    def _municipality(self, parsed: ParsedRow) -> Area:
        code, name = parsed.municipality_code, parsed.municipality_name
        found = self._by_code.get(code) or self._by_name.get(name)
        if found is None and (code or name):
            found = self._new_municipality(code, name, parsed)
        found = found or self._default
        if found != self._default:
            parsed.warnings.append(_("ほかの自治体(%(name)s)の行です。") % {"name": found.name})
        if code and found.code and code != found.code:
            parsed.warnings.append(
                _("自治体コード「%(code)s」は%(name)sのものではありません。")
                % {"code": code, "name": found.name}
            )
        return found

    def _new_municipality(self, code: str, name: str, parsed: ParsedRow) -> Area | None:
        if not name or (not code and not self._looks_like_one(name)):
            return None
        area = _bare_municipality(code, name)
        if code:
            self._by_code[code] = area
        self._by_name[name] = area
        return area

    @staticmethod
    def _looks_like_one(name: str) -> bool:
        return name[-1:] in "市区町村" and len(name) <= 10

    def _locate(self, parsed: ParsedRow, municipality: Area) -> Location:
        address = str(parsed.venue.get("address", ""))
        lat, lng = parsed.venue.get("lat"), parsed.venue.get("lng")
        by_address = locate_address(address, municipality, index=self._index) if address else None
        by_point = locate_point(lat, lng, index=self._index) if lat is not None and lng is not None else None
        if by_address is not None and by_address.district is not None:
            self._compare(parsed, by_address, by_point)
            return by_address
        if by_point is not None and by_point.district is not None and self._agree(by_address, by_point):
            return by_point
        if by_address is not None and by_address.candidates:
            return by_address
        if lat is not None and lng is not None:
            # Outside every place we know, but somewhere: the point itself is worth keeping.
            return Location(Precision.POINT, municipality=municipality, lat=lat, lng=lng, point_of="point")
        return Location(Precision.MUNICIPALITY, municipality=municipality)

    def _agree(self, by_address: Location | None, by_point: Location) -> bool:
        """May the point decide what the address left open? Only among the address's own candidates."""
        if by_address is None or not by_address.candidates:
            return by_address is None or by_address.municipality in (None, by_point.municipality)
        return by_point.district in by_address.candidates

    def _compare(self, parsed: ParsedRow, by_address: Location, by_point: Location | None) -> None:
        if by_point is None or by_point.district is None or by_point.district == by_address.district:
            return
        parsed.warnings.append(
            _("住所(%(address)s)と緯度・経度(%(point)s)の地区が違います。住所を使いました。")
            % {"address": by_address.district, "point": by_point.district}
        )


def venue_fields(parsed: ParsedRow, place: RowPlace) -> dict[str, Any]:
    """Fields of a new `Venue` for a row."""
    location = place.location
    venue = parsed.venue
    return {
        "name": str(venue.get("name", ""))[:120],
        "address": str(venue.get("address", ""))[:200],
        "city": place.municipality.name[:40],
        "town_name": location.town.name if location.town else "",
        "block": location.number[:60],
        "building": str(venue.get("name", ""))[:100],
        "town": location.town,
        "district": place.area,
        # A point the file states is nearer to the truth than the middle of a town.
        "lat": venue.get("lat", location.lat if location.point_of == "town" else None),
        "lng": venue.get("lng", location.lng if location.point_of == "town" else None),
        "precision": location.precision,
    }
