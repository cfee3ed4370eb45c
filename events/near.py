"""Which dates take place near a point. Follows `directory.visibility.place_of`: only a point that may be shown is used.

The exact point where event and venue both may be known exactly, the middle of the 町丁目 where the stricter of them
says "block"; nothing else is near anything, or a search around a house would give it away.
"""

from __future__ import annotations

import math

from django.db.models import Case, F, FloatField, Q, When

from directory.choices import PlaceVisibility

from .querysets import EventDateQuerySet

#: Metres of one degree of latitude.
METRES_A_DEGREE = 111_320
_EXACT = PlaceVisibility.EXACT
_KNOWN = (PlaceVisibility.EXACT, PlaceVisibility.BLOCK)


def within(rows: EventDateQuerySet, point: tuple[float, float], metres: int) -> EventDateQuerySet:
    """Those of `rows` at most `metres` from `point` (latitude, longitude). In the database, for pages of any length."""
    lat, lng = point
    marked = rows.annotate(shown_lat=_shown("lat"), shown_lng=_shown("lng"))
    north = (F("shown_lat") - lat) * METRES_A_DEGREE
    east = (F("shown_lng") - lng) * (METRES_A_DEGREE * math.cos(math.radians(lat)))
    return marked.annotate(square=north * north + east * east).filter(square__lte=float(metres) ** 2)


def metres_between(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The way between two points of a town as the crow flies: the same arithmetic as `within`."""
    north = (first[0] - second[0]) * METRES_A_DEGREE
    east = (first[1] - second[1]) * METRES_A_DEGREE * math.cos(math.radians(second[0]))
    return math.hypot(north, east)


def _shown(axis: str) -> Case:
    """The latitude or longitude that may be shown of a date: of its own venue where it has one, else of the event's."""
    own, usual = Q(venue__isnull=False), Q(venue__isnull=True)
    whens = []
    for which, venue in ((own, "venue"), (usual, "event__venue")):
        both = which & Q(**{"event__place_visibility__in": _KNOWN, f"{venue}__visibility__in": _KNOWN})
        exact = both & Q(**{"event__place_visibility": _EXACT, f"{venue}__visibility": _EXACT})
        whens += [When(exact, then=f"{venue}__{axis}"), When(both, then=f"{venue}__town__{axis}")]
    return Case(*whens, output_field=FloatField())
