"""Places of the demo: made-up halls inside each district's real outline."""

from __future__ import annotations

import random

from shapely.geometry import Point, shape

from areas.models import Area, Town
from directory.choices import Answer
from directory.models import Feature, Venue
from tests.factories.directory import VenueFactory, VenueFeatureFactory

from .content.words import NICKNAMES, VENUE_NAMES

_VENUES_A_DISTRICT = 4


def make_venues(district: Area, features: list[Feature], chance: random.Random) -> list[Venue]:
    """Four venues in `district`, each with answers about some features; others stay unknown."""
    towns = list(Town.objects.filter(district=district))
    return [
        _venue(district, chance.choice(towns), number, features, chance)
        for number in range(_VENUES_A_DISTRICT)
    ]


def _venue(district: Area, town: Town, number: int, features: list[Feature], chance: random.Random) -> Venue:
    nick, nick_kana = chance.choice(NICKNAMES)
    name, kana, floor = VENUE_NAMES[number % len(VENUE_NAMES)]
    lat, lng = _point_in(district, chance)
    venue = VenueFactory(
        name=name.format(town=town.base_name, nick=nick),
        kana=kana.format(town=town.kana, nick=nick_kana),
        # 99番99号 exists nowhere: nobody is to knock at a real door.
        address=f"{district.municipality.name}{town.name}99番99号",
        city=district.municipality.name,
        town_name=town.name,
        block="99-99",
        floor=floor,
        postal_code=town.postal_code,
        town=town,
        district=district,
        lat=lat,
        lng=lng,
        precision="point",
        access_note=chance.choice(["駅から歩いて5分", "駅から歩いて8分", "バス停のすぐ前", ""]),
        is_lendable=number == 0,
        lend_capacity=30 if number == 0 else None,
        lend_fee="1時間300円" if number == 0 else "",
    )
    for feature in chance.sample(features, 6):
        VenueFeatureFactory(
            venue=venue,
            feature=feature,
            answer=chance.choice([Answer.YES, Answer.YES, Answer.YES, Answer.NO]),
        )
    return venue


def _point_in(district: Area, chance: random.Random) -> tuple[float, float]:
    """A point inside the district's outline, to four decimals; its representative point where there is none."""
    if district.boundary:
        outline = shape(district.boundary)
        west, south, east, north = outline.bounds
        for _try in range(50):
            lng, lat = chance.uniform(west, east), chance.uniform(south, north)
            if outline.contains(Point(lng, lat)):
                return round(lat, 4), round(lng, 4)
    return district.lat or 35.64, district.lng or 139.62
