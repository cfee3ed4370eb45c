"""The best of what was found, in order. All is never sorted: what cannot be among the best is left out key by key."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date

import numpy as np

from ..distances import EARTH_M
from ..request import SearchRequest, Sort
from .columns import Columns
from .matching import Matches
from .ragged import Array


def page_of(matches: Matches, request: SearchRequest, columns: Columns, today: date) -> Array:
    """Which of the matches (numbers into `matches.places`) are on the page asked for, best first.

    Among equals the nearer, then what is open sooner, then what was confirmed lately. Ends in the document's own
    name, so that pages never repeat or skip a hit.
    """
    keys = _keys(matches, request, columns, today)
    wanted = min(request.offset + request.page_size, len(matches.places))
    chosen, rest = _narrowed(keys, len(matches.places), wanted)
    places = matches.places
    if len(chosen) + len(rest) > wanted:
        rest = heapq.nsmallest(wanted - len(chosen), rest, key=lambda at: columns.names.text(int(places[at])))
    best = [*chosen, *rest]
    columns_of = [key[best].tolist() for key in keys]
    names = [columns.names.text(int(places[at])) for at in best]
    order = sorted(range(len(best)), key=lambda n: (*(column[n] for column in columns_of), names[n]))
    return np.array(best, np.int64)[order][request.offset :]


def _narrowed(keys: Sequence[Array], count: int, wanted: int) -> tuple[list[int], list[int]]:
    """Who is surely among the `wanted` best, and who is equal to the last of them by every key that was needed."""
    sure: list[int] = []
    rest = np.arange(count)
    for key in keys:
        missing = wanted - len(sure)
        if len(rest) <= missing or missing <= 0:
            break
        values = key[rest]
        last = np.partition(values, missing - 1)[missing - 1]
        sure += rest[values < last].tolist()
        rest = rest[values == last]
    return sure, rest.tolist()


def _keys(matches: Matches, request: SearchRequest, columns: Columns, today: date) -> list[Array]:
    """What is compared, the smaller the better, in order."""
    places = matches.places
    score = -matches.scores
    first = max(today, request.days[0]) if request.days else today
    ties = [-columns.verified[places], columns.head[places]]
    near = [] if request.near is None else [far_last(distances(request.near, columns, places))]
    if request.sort == Sort.TITLE:
        return [columns.head[places]]
    if request.sort == Sort.DISTANCE:
        return [*near, score, *ties]
    next_day = columns.next_days(first)[places]
    if request.sort == Sort.NEXT_DATE:
        return [next_day, *near, score, *ties]
    return [score, *near, next_day, *ties]


def far_last(metres: Array) -> Array:
    """What has no place is farthest."""
    return np.where(np.isnan(metres), np.inf, metres)


def distances(here: tuple[float, float], columns: Columns, places: Array) -> Array:
    """Metres to the documents at `places` by the haversine formula; NaN without a place."""
    lat, lng = np.radians(columns.lat[places]), np.radians(columns.lng[places])
    here_lat, here_lng = np.radians(here[0]), np.radians(here[1])
    square = (
        np.sin((lat - here_lat) / 2) ** 2 + np.cos(here_lat) * np.cos(lat) * np.sin((lng - here_lng) / 2) ** 2
    )
    return 2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(square, 1.0)))
