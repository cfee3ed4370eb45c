"""What a request narrows to, as masks, and how often each value is held by what is left."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from ..distances import EARTH_M
from ..request import SearchRequest
from .columns import EPOCH, LAST_DAY, TYPE, Columns
from .ordering import distances
from .ragged import Array

Facet = tuple[tuple[str, int], ...]


def narrowed(request: SearchRequest, columns: Columns, *, but: Collection[str] = ()) -> Array:
    """Documents within the filters (without those on the fields `but`), the days, the box and the radius."""
    mask = columns.alive.copy()
    if request.types:
        mask &= columns.having(TYPE, request.types)
    for name, values in request.filters.items():
        if name not in but:
            mask &= columns.having(name, values)
    if request.days:
        first, last = request.days
        mask &= columns.next_days(first) <= min(last.toordinal() - EPOCH, LAST_DAY - 1)
    if request.box:
        mask &= _inside(request.box, columns)
    if request.near and request.radius_m:
        mask &= _inside(_around(request.near, request.radius_m), columns)
        places = np.flatnonzero(mask)
        mask[places] = distances(request.near, columns, places) <= request.radius_m
    return mask


def _inside(box: tuple[float, float, float, float], columns: Columns) -> Array:
    south, west, north, east = box
    lat, lng = columns.lat, columns.lng
    inside: Array = (lat >= south) & (lat <= north) & (lng >= west) & (lng <= east)
    return inside


def _around(here: tuple[float, float], radius_m: int) -> tuple[float, float, float, float]:
    """A box that surely holds the circle."""
    lat, lng = here
    height = math.degrees(radius_m / EARTH_M) * 1.01
    width = min(180.0, height / max(0.01, math.cos(math.radians(lat))))
    return lat - height, lng - width, lat + height, lng + width


def facets(mask: Array, names: Sequence[str], columns: Columns) -> dict[str, Facet]:
    """Of each field, how many documents of the mask hold each value; the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    if not names:
        return {}
    counts = columns.counts(mask)
    for number in np.flatnonzero(counts).tolist():
        name, value = columns.values[number]
        if name in found:
            found[name].append((value, int(counts[number])))
    return {
        name: tuple(sorted(values, key=lambda pair: (-pair[1], pair[0]))) for name, values in found.items()
    }
