"""Stations as names of the places around them: 成城学園前 means 成城地区."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..analysis.normalise import key
from ..registry import Term

FILE = Path(__file__).resolve().parent.parent / "data" / "stations.tsv"


@dataclass(frozen=True, slots=True)
class Station:
    """A line of the file. `bare`: whether the name without 駅 means the station."""

    name: str
    reading: str
    others: tuple[str, ...]
    near: tuple[str, ...]
    bare: bool


@lru_cache(maxsize=1)
def stations() -> tuple[Station, ...]:
    """The stations that are shipped."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_station(line) for line in lines if line and not line.startswith("#"))


def _station(line: str) -> Station:
    name, reading, others, near, bare = [*line.split("\t"), ""][:5]
    return Station(
        name, reading, tuple(filter(None, others.split(","))), tuple(near.split(",")), bare != "no"
    )


def station_terms(places: Iterable[Term]) -> Iterator[Term]:
    """Names of stations beside known places. A name that is a place's own keeps meaning the place; with 駅 it is new."""
    by_name: dict[str, list[Term]] = {}
    for term in places:
        by_name.setdefault(key(term.surface), []).append(term)
    for station in stations():
        near = [term for name in station.near for term in _narrowest(by_name.get(key(name), []))]
        for surface in _surfaces(station):
            if key(surface) not in by_name:
                reading = "" if surface in station.others else station.reading
                yield from (_named(term, surface, reading, station.name) for term in near)


def _narrowest(terms: list[Term]) -> list[Term]:
    rank = min((term.rank for term in terms), default=0)
    return [term for term in terms if term.rank == rank]


def _surfaces(station: Station) -> Iterator[str]:
    yield f"{station.name}駅"
    if station.bare:
        yield station.name
        yield from station.others


def _named(place: Term, surface: str, reading: str, name: str) -> Term:
    spoken = f"{reading}えき" if surface.endswith("駅") else reading
    label = f"{place.label}({name}駅)"
    return Term(
        surface=surface, field=place.field, value=place.value, label=label, reading=spoken, kind="place"
    )
