"""From an address, a postal code or a point to the district. What is not certain comes back as candidates.

Every function takes `index` for loops over many rows (`areas.place_index.places()`); without it one small query asks
whether the places in memory are still those of the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .address_text import Numbers, normalize, read_numbers, take_postal_code, take_prefecture
from .choices import Precision
from .geometry import is_coordinate, metres_between
from .models import Area, Town
from .place_index import PlaceIndex, TownName, places, prefecture_of_area
from .postal_codes import read_postal_code

# Polygons are simplified and leave gaps along roads and rivers: a point that near to one is meant to be in it.
GAP_METRES = 30.0
# Farther than this from every place of ours, a point is elsewhere.
ELSEWHERE_METRES = 2_000.0
MAX_POINT_CANDIDATES = 3

_POINT = re.compile(r"\(?\s*(-?[0-9]{1,3}\.[0-9]{1,15})\s*[,、 ]\s*(-?[0-9]{1,3}\.[0-9]{1,15})\s*\)?")
_AZA = re.compile(r"^大?字")


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is. `district` is set only when it is certain; else `candidates` says between which to choose.

    `lat`/`lng` are degrees (JGD2011), of what `point_of` says: "town", "district" or "point" (the one asked for).
    `normalized` is the address written out, `number` its 番 and 号 (「35-1」), `rest` what followed (building, floor).
    """

    precision: Precision
    municipality: Area | None = None
    town: Town | None = None
    district: Area | None = None
    candidates: tuple[Area, ...] = ()
    lat: float | None = None
    lng: float | None = None
    point_of: str = ""
    normalized: str = ""
    number: str = ""
    rest: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The shape `manage.py locate --json` prints."""
        return {
            "precision": str(self.precision),
            "municipality": self.municipality.code if self.municipality else None,
            "town": self.town.name if self.town else None,
            "district": self.district.short_name if self.district else None,
            "candidates": [area.short_name for area in self.candidates],
            "lat": self.lat,
            "lng": self.lng,
        }


def locate(text: str, municipality: Area | None = None, *, index: PlaceIndex | None = None) -> Location:
    """Locate whatever was typed: a postal code, "35.64,139.68" or an address."""
    index = index or places()
    if code := read_postal_code(text):
        return locate_postal_code(code, index=index)
    if point := _POINT.fullmatch(normalize(text)):
        return locate_point(float(point[1]), float(point[2]), index=index)
    return locate_address(text, municipality, index=index)


def locate_address(
    text: str, municipality: Area | None = None, *, index: PlaceIndex | None = None
) -> Location:
    """Locate an address. `municipality` is where to look when the text names none; what the text says wins."""
    index = index or places()
    typed = normalize(text)
    postal_code, rest = take_postal_code(typed)
    location = _locate_text(index, rest, municipality, postal_code)
    if postal_code and location.precision in (Precision.NONE, Precision.MUNICIPALITY):
        by_code = locate_postal_code(postal_code, index=index)
        location = by_code if by_code.precision == Precision.POSTAL else location
    return location if location.normalized else replace(location, normalized=typed)


def locate_postal_code(code: str, *, index: PlaceIndex | None = None) -> Location:
    """Locate a postal code. Its towns may lie in several districts: then they are candidates."""
    index = index or places()
    digits = read_postal_code(code) or ""
    entries = index.postal_towns(digits)
    municipalities = {entry.municipality.pk: entry.municipality for entry in entries}
    if not entries:
        return Location(Precision.NONE, normalized=digits)
    towns = []
    for entry in entries:
        name = index.town_name(entry.municipality, entry.name)
        of_name = list(name.towns.values()) if name else []
        towns += [town for town in of_name if town.postal_code == digits] or of_name
    location = _of_districts(Precision.POSTAL, index.districts_of(towns))
    if not any(entry.name for entry in entries):
        location = Location(Precision.MUNICIPALITY)
    only = next(iter(municipalities.values())) if len(municipalities) == 1 else None
    return replace(location, municipality=only, normalized=digits)


def locate_point(lat: float, lng: float, *, index: PlaceIndex | None = None) -> Location:
    """Locate a point in degrees: the polygon around it, or the nearest across a gap; beyond that candidates or nothing."""
    if not is_coordinate(lat, lng):
        return Location(Precision.NONE)
    index = index or places()
    found = _at_point(index, lat, lng)
    return replace(found, lat=lat, lng=lng, point_of="point", normalized=f"{lat},{lng}")


def _at_point(index: PlaceIndex, lat: float, lng: float) -> Location:
    at = index.shapes.near(lat, lng, within=GAP_METRES)
    if at:
        place = at[0][1]
        if isinstance(place, Town):
            districts = index.districts_of([place])
            location = _of_districts(Precision.POINT, districts)
            return replace(location, municipality=place.municipality, town=place)
        return Location(Precision.POINT, municipality=place.municipality, district=place)
    around = _districts_around(index, lat, lng)
    return Location(Precision.POINT, candidates=around) if around else Location(Precision.NONE)


def _districts_around(index: PlaceIndex, lat: float, lng: float) -> tuple[Area, ...]:
    """The nearest districts a point outside all of them may be meant for, by outline or by their representative points."""
    near = [
        (metres, place.district if isinstance(place, Town) else place)
        for metres, place in index.shapes.near(lat, lng, within=ELSEWHERE_METRES)
    ]
    drawn = {district.pk for _, district in near}
    for district in index.districts:
        if district.pk not in drawn and district.lat is not None and district.lng is not None:
            metres = metres_between(lat, lng, district.lat, district.lng)
            if metres <= ELSEWHERE_METRES:
                near.append((metres, district))
    ordered = dict.fromkeys(district.pk for _, district in sorted(near, key=lambda pair: pair[0]))
    return tuple(index.areas[pk] for pk in list(ordered)[:MAX_POINT_CANDIDATES])


def _locate_text(index: PlaceIndex, text: str, context: Area | None, postal_code: str) -> Location:
    prefecture, rest = take_prefecture(text)
    said, rest = index.take_municipality(rest)
    within = said or ([context] if context else index.municipalities)
    if prefecture:
        within = [area for area in within if prefecture_of_area(area) == prefecture]
    if not said and (called := index.municipality_called(rest)):
        return Location(Precision.MUNICIPALITY, municipality=_only(called))
    names, rest = index.take_town(_AZA.sub("", rest.lstrip()), within, said_municipality=bool(said))
    if names:
        return _best(index, _of_postal_code(index, names, postal_code), rest)
    if said and within:
        return Location(Precision.MUNICIPALITY, municipality=_only(within), rest=rest.strip())
    return Location(Precision.NONE)


def _of_postal_code(index: PlaceIndex, names: list[TownName], postal_code: str) -> list[TownName]:
    """Where municipalities share a town name, the postal code tells them apart."""
    entries = {(entry.municipality.pk, entry.name) for entry in index.postal_towns(postal_code)}
    return [name for name in names if (name.municipality.pk, name.name) in entries] or names


def _best(index: PlaceIndex, names: list[TownName], text: str) -> Location:
    locations = [_in_town_name(index, name, text) for name in names]
    known = [found for found in locations if found.precision != Precision.MUNICIPALITY] or locations
    if len(known) == 1:
        return known[0]
    candidates = {area.pk: area for found in known for area in (*found.candidates, found.district) if area}
    return Location(known[0].precision, candidates=tuple(candidates.values()), rest=known[0].rest)


def _in_town_name(index: PlaceIndex, name: TownName, text: str) -> Location:
    numbers = read_numbers(text, has_chome=name.has_chome)
    town = name.towns.get(numbers.chome)
    if town and (numbers.chome is not None or not name.has_chome):
        found = _in_town(index, town, numbers)
    else:
        found = _of_districts(Precision.TOWN, index.districts_of(name.towns.values()))
        if numbers.chome is not None:  # a 丁目 that does not exist: the town may be a slip of the pen, too
            candidates = index.districts_of(name.towns.values())
            found = Location(Precision.MUNICIPALITY, candidates=candidates)
    address = (
        f"{prefecture_of_area(name.municipality)}{name.municipality.name}{town.name if town else name.name}"
    )
    return replace(
        found,
        municipality=name.municipality,
        normalized=address + numbers.after_town,
        number=numbers.after_town,
        rest=numbers.rest,
    )


def _in_town(index: PlaceIndex, town: Town, numbers: Numbers) -> Location:
    """`block` precision only where blocks decide the district: elsewhere the number was read but adds nothing."""
    exceptions = index.blocks_of(town)
    if not exceptions:
        found = _of_districts(Precision.TOWN, (town.district,))
    elif numbers.block is None:
        found = _of_districts(Precision.TOWN, index.districts_of([town]))
    else:
        pk = next((b.district_id for b in exceptions if b.first_block <= numbers.block <= b.last_block), None)
        found = _of_districts(Precision.BLOCK, (index.areas[pk] if pk else town.district,))
    if town.lat is not None and town.lng is not None:
        found = replace(found, lat=town.lat, lng=town.lng, point_of="town")
    return replace(found, town=town)


def _of_districts(precision: Precision, districts: Sequence[Area]) -> Location:
    """One district is certain and gives its point; several are candidates."""
    if len(districts) != 1:
        return Location(precision, candidates=tuple(districts))
    (district,) = districts
    point_of = "district" if district.lat is not None and district.lng is not None else ""
    return Location(precision, district=district, lat=district.lat, lng=district.lng, point_of=point_of)


def _only(areas: Sequence[Area]) -> Area | None:
    return areas[0] if len(areas) == 1 else None
