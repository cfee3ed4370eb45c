"""Every place by its name, held in memory: addresses are looked up without a query each.

`places()` costs one small query, which asks whether anything changed (`PlacesVersion`); the places themselves are read
again only then. A loop over many addresses fetches the index once and hands it to `areas.locate`.
"""

from __future__ import annotations

import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from .address_text import number_follows, place_key
from .choices import AreaKind
from .geometry import ShapeIndex, read_geometry
from .models import Area, PlacesVersion, PostalCode, Town, TownBlock
from .prefectures import prefecture_of

T = TypeVar("T")
_THE_ONE_ROW = 1
# What may stand behind a town name in an address; 「船橋市」 and 「玉川村」 are other places than 船橋 and 玉川.
_BREAK = re.compile(r"$|[ ,、。()\-]")
_FOREIGN_WORD = re.compile(r"[ァ-ヴーA-Za-z]")


@dataclass(frozen=True, slots=True)
class TownName:
    """A 町 of one municipality with its 丁目: `towns` is keyed by 丁目, None for a town without."""

    municipality: Area
    name: str
    towns: dict[int | None, Town] = field(default_factory=dict)

    @property
    def has_chome(self) -> bool:
        return any(chome is not None for chome in self.towns)


@dataclass(frozen=True, slots=True)
class PostalTown:
    """What a postal code stands for: a town name, or the whole municipality when `name` is empty."""

    municipality: Area
    name: str


class PlaceIndex:
    """A snapshot of all places. Its objects are shared by all who ask: read them, never change them."""

    def __init__(self, token: uuid.UUID | None) -> None:
        self.token = token
        self.areas = _areas_with_parents()
        self.municipalities = [a for a in self.areas.values() if a.kind == AreaKind.MUNICIPALITY]
        self.districts = sorted(
            (a for a in self.areas.values() if a.kind == AreaKind.DISTRICT), key=_tree_order
        )
        self.towns = self._read_towns()
        self._blocks = self._read_blocks()
        self._names = self._group_names()
        self._by_key = _by_key((key, name) for name in self._names.values() for key in _town_keys(name))
        self._municipality_keys = _by_key(
            (place_key(n), a) for a in self.municipalities for n in (a.name, a.kana)
        )
        self._short_keys = _by_key((place_key(a.short_name), a) for a in self.municipalities)
        self._postal = self._read_postal_codes()

    def blocks_of(self, town: Town) -> list[TownBlock]:
        return self._blocks.get(town.pk, [])

    def districts_of(self, towns: Iterable[Town]) -> tuple[Area, ...]:
        """Every district one of the towns may belong to, block exceptions included, in tree order."""
        found = set()
        for town in towns:
            found.add(town.district_id)
            found.update(block.district_id for block in self.blocks_of(town))
        return tuple(sorted((self.areas[pk] for pk in found), key=_tree_order))

    def postal_towns(self, code: str) -> list[PostalTown]:
        return self._postal.get(code, [])

    def town_name(self, municipality: Area, name: str) -> TownName | None:
        return self._names.get((municipality.pk, name))

    def municipality_called(self, text: str) -> list[Area]:
        """Municipalities whose short name is the whole text: 「狛江」."""
        return self._short_keys.get(place_key(text), [])

    def take_municipality(self, text: str) -> tuple[list[Area], str]:
        """Municipalities whose full name the text begins with, and what follows."""
        for found, rest in _prefixes(text, self._municipality_keys):
            return found, rest
        return [], text

    def take_town(
        self, text: str, within: Collection[Area], *, said_municipality: bool
    ) -> tuple[list[TownName], str]:
        """Towns of `within` the text begins with (several when municipalities share a name), and what follows.

        A name counts only up to a break or a number. Behind a spoken municipality a building in katakana or Latin
        letters may follow directly (「三軒茶屋キャロットタワー」).
        """
        allowed = {area.pk for area in within}
        for names, rest in _prefixes(text, self._by_key):
            here = [name for name in names if name.municipality.pk in allowed]
            if here and (
                _BREAK.match(rest)
                or number_follows(rest)
                or (said_municipality and _FOREIGN_WORD.match(rest))
            ):
                return here, rest
        return [], text

    @cached_property
    def shapes(self) -> ShapeIndex[Town | Area]:
        """Boundaries of towns and districts, towns first; read at the first question about a point."""
        pairs: list[tuple[Town | Area, object]] = []
        towns = Town.objects.filter(boundary__isnull=False).values_list("pk", "boundary")
        pairs += [(self.towns[pk], boundary) for pk, boundary in towns if pk in self.towns]
        areas = Area.objects.districts().filter(boundary__isnull=False).values_list("pk", "boundary")
        pairs += [(self.areas[pk], boundary) for pk, boundary in areas if pk in self.areas]
        read = ((item, read_geometry(boundary)) for item, boundary in pairs)
        return ShapeIndex((item, geometry) for item, geometry in read if geometry is not None)

    def _read_towns(self) -> dict[int, Town]:
        towns = {}
        for town in Town.objects.defer("boundary").order_by("pk"):
            town.municipality = self.areas[town.municipality_id]
            town.district = self.areas[town.district_id]
            towns[town.pk] = town
        return towns

    def _read_blocks(self) -> dict[int, list[TownBlock]]:
        blocks: dict[int, list[TownBlock]] = defaultdict(list)
        for block in TownBlock.objects.order_by("first_block"):
            blocks[block.town_id].append(block)
        return dict(blocks)

    def _group_names(self) -> dict[tuple[int, str], TownName]:
        names: dict[tuple[int, str], TownName] = {}
        for town in self.towns.values():
            key = (town.municipality_id, town.base_name)
            name = names.setdefault(key, TownName(town.municipality, town.base_name))
            name.towns[town.chome] = town
        return names

    def _read_postal_codes(self) -> dict[str, list[PostalTown]]:
        codes: dict[str, list[PostalTown]] = defaultdict(list)
        for code, pk, name in PostalCode.objects.values_list("code", "municipality", "town_name"):
            codes[code].append(PostalTown(self.areas[pk], name))
        for town in self.towns.values():
            entry = PostalTown(town.municipality, town.base_name)
            if town.postal_code and entry not in codes[town.postal_code]:
                codes[town.postal_code].append(entry)
        return dict(codes)


_lock = threading.Lock()
_current: PlaceIndex | None = None


def places() -> PlaceIndex:
    """The index of places as they are now: one query, and all of them again when something changed."""
    global _current
    # Read before the places: if they change in between, the next caller sees another token and reads again.
    token = PlacesVersion.objects.values_list("token", flat=True).first()
    with _lock:
        if _current is None or _current.token != token:
            _current = PlaceIndex(token)
        return _current


def places_changed() -> None:
    """Tell every process to read places again. Saving and deleting objects does this; `update()` and bulk writes must."""
    PlacesVersion.objects.bulk_create(
        [PlacesVersion(pk=_THE_ONE_ROW, token=uuid.uuid4())],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["token"],
    )


def prefecture_of_area(area: Area) -> str:
    """「東京都」 of the municipality above `area`."""
    return prefecture_of(area.municipality.code)


def _areas_with_parents() -> dict[int, Area]:
    areas = {area.pk: area for area in Area.objects.defer("boundary", "description").order_by("order", "pk")}
    for area in areas.values():
        if area.parent_id is not None:
            area.parent = areas[area.parent_id]
    return areas


def _tree_order(area: Area) -> tuple[tuple[int, int], ...]:
    path: list[tuple[int, int]] = []
    node: Area | None = area
    while node is not None:
        path.append((node.order, node.pk))
        node = node.parent
    return tuple(reversed(path))


def _town_keys(name: TownName) -> set[str]:
    return {place_key(name.name), *(place_key(town.kana) for town in name.towns.values())} - {""}


def _by_key(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    keyed: dict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        if key and item not in keyed[key]:
            keyed[key].append(item)
    return dict(keyed)


def _prefixes(text: str, keyed: dict[str, list[T]]) -> Iterator[tuple[list[T], str]]:
    """What is keyed under a beginning of the text, longest beginning first, each with what follows."""
    longest = max(map(len, keyed), default=0) * 2  # ヶ and spaces make a spelling longer than its key
    for end in range(min(longest, len(text)), 0, -1):
        found = keyed.get(place_key(text[:end]))
        if found:
            yield found, text[end:]
