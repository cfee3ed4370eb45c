"""Web-mercator tiles: the grid by which a map's points are counted, the same for every engine.

A tile's number is its quadkey as an integer (the bits of x and y taken in turn), so that the tile of a coarser zoom is
the number shifted right by two bits a step. Source of the projection: the tile scheme of OpenStreetMap.
"""

from __future__ import annotations

import math

FINEST = 22
MAX_LATITUDE = 85.0511


def tile_number(lat: float, lng: float, zoom: int = FINEST) -> int:
    """Number of the tile that holds a point (degrees) at a zoom of 0 to `FINEST`."""
    size = 1 << zoom
    sine = math.sin(math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))))
    x = int((lng + 180.0) / 360.0 * size)
    y = int((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size)
    return _spread(min(max(x, 0), size - 1)) | _spread(min(max(y, 0), size - 1)) << 1


def coarser(zoom: int) -> int:
    """By how many bits a number of the finest zoom is shifted right to get the tile at `zoom`."""
    return 2 * (FINEST - min(max(zoom, 0), FINEST))


def _spread(value: int) -> int:
    """The bits of a number with a zero before each."""
    spread = 0
    for bit in range(FINEST + 1):
        spread |= (value >> bit & 1) << 2 * bit
    return spread
