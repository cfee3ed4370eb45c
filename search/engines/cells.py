"""The map's points counted by tile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..tiles import coarser
from .base import Cell, Cells
from .columns import Columns
from .ragged import Array

Rows = Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]]


def cells_of(places: Array, columns: Columns, *, zoom: int, limit: int, rows: Rows) -> Cells:
    """Documents at `places` by tile, most first, then by the tile's number. One without a point is not counted.

    `rows` reads the documents that are alone in their tile.
    """
    places = places[columns.tile[places] >= 0]
    tiles, first, tile_of, counts = np.unique(
        columns.tile[places] >> coarser(zoom), return_index=True, return_inverse=True, return_counts=True
    )
    lat = np.bincount(tile_of, columns.lat[places], len(tiles)) / np.maximum(counts, 1)
    lng = np.bincount(tile_of, columns.lng[places], len(tiles)) / np.maximum(counts, 1)
    best = np.lexsort((tiles, -counts))[:limit]
    ids = columns.rows[places[first]]
    alone = rows([int(ids[at]) for at in best if counts[at] == 1])
    cells = [
        _cell(
            int(counts[at]),
            float(lat[at]),
            float(lng[at]),
            alone.get(int(ids[at])) if counts[at] == 1 else None,
        )
        for at in best.tolist()
    ]
    return Cells(len(places), tuple(cells))


def _cell(count: int, lat: float, lng: float, row: Mapping[str, Any] | None) -> Cell:
    if row is None:
        return Cell(count, lat, lng)
    return Cell(count, lat, lng, row["type"], row["document_id"], row["title"], row["card"])
