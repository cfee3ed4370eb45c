"""A small town with one of everything public, so that every kind of address can be visited."""

from __future__ import annotations

from dataclasses import dataclass

from areas.models import Area
from areas.services import load_places


@dataclass(frozen=True)
class World:
    """What samples of addresses are made of."""

    municipality: Area
    area: Area
    district: Area


def build_world() -> World:
    """Load the shipped places and put one of everything into 烏山."""
    load_places("131121")
    district = Area.objects.select_related("parent__parent").get(slug="karasuyama", kind="district")
    return World(municipality=district.municipality, area=district.parent, district=district)
