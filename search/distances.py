"""Distances on the ground."""

import math

EARTH_M = 6_371_008.8


def metres(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in degrees, by the haversine formula."""
    lat1, lng1, lat2, lng2 = map(math.radians, (*start, *end))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))
