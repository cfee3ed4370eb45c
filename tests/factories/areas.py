"""Places for tests and demo data: a fictional municipality in Tokyo, its areas, districts and towns."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from areas.choices import AreaKind, Certainty
from areas.models import Area, AreaPopulation, MunicipalityProfile, PostalCode, Town, TownBlock
from areas.municipality_codes import full_code


class MunicipalityFactory(DjangoModelFactory):
    """A municipality with a valid code in Tokyo (13): its prefecture is 東京都."""

    class Meta:
        model = Area

    kind = AreaKind.MUNICIPALITY
    code = factory.Sequence(lambda n: full_code(f"13{900 + n % 100:03d}"))
    name = factory.Sequence(lambda n: f"見本{n}市")
    short_name = factory.LazyAttribute(lambda area: area.name.removesuffix("市"))
    kana = factory.Sequence(lambda n: f"みほん{n}し")
    romaji = factory.Sequence(lambda n: f"Mihon {n}")
    slug = factory.Sequence(lambda n: f"mihon-{n}")
    order = factory.Sequence(lambda n: 100 + n)
    lat = 35.7
    lng = 139.5


class MunicipalityProfileFactory(DjangoModelFactory):
    class Meta:
        model = MunicipalityProfile

    municipality = factory.SubFactory(MunicipalityFactory)
    residents_label = "市民"


class AreaFactory(DjangoModelFactory):
    """地域: the level between municipality and district."""

    class Meta:
        model = Area

    kind = AreaKind.AREA
    parent = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"第{n}地域")
    short_name = factory.LazyAttribute(lambda area: area.name.removesuffix("地域"))
    kana = factory.Sequence(lambda n: f"だい{n}")
    slug = factory.Sequence(lambda n: f"area-{n}")
    order = factory.Sequence(int)


class DistrictFactory(DjangoModelFactory):
    """A district; directly under a municipality unless `parent` is an area."""

    class Meta:
        model = Area

    kind = AreaKind.DISTRICT
    parent = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"見本{n}地区")
    short_name = factory.LazyAttribute(lambda area: area.name.removesuffix("地区"))
    kana = factory.Sequence(lambda n: f"みほん{n}")
    slug = factory.Sequence(lambda n: f"district-{n}")
    order = factory.Sequence(int)
    certainty = Certainty.VERIFIED


class TownFactory(DjangoModelFactory):
    """A 町丁目 of the district's municipality: 「見本町0一丁目」."""

    class Meta:
        model = Town

    district = factory.SubFactory(DistrictFactory)
    municipality = factory.LazyAttribute(lambda town: town.district.municipality)
    base_name = factory.Sequence(lambda n: f"見本町{n}")
    chome = 1
    name = factory.LazyAttribute(lambda town: f"{town.base_name}{_chome(town.chome)}")
    kana = factory.Sequence(lambda n: f"みほんちょう{n}")
    certainty = Certainty.VERIFIED


class TownBlockFactory(DjangoModelFactory):
    class Meta:
        model = TownBlock

    town = factory.SubFactory(TownFactory)
    district = factory.SubFactory(DistrictFactory)
    first_block = 1
    last_block = 9


class PostalCodeFactory(DjangoModelFactory):
    class Meta:
        model = PostalCode

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence(lambda n: f"{9000000 + n}")
    prefecture = "東京都"
    town_name = factory.Sequence(lambda n: f"見本町{n}")
    town_kana = factory.Sequence(lambda n: f"みほんちょう{n}")


class AreaPopulationFactory(DjangoModelFactory):
    class Meta:
        model = AreaPopulation

    area = factory.SubFactory(DistrictFactory)
    year = 2026
    total = 20_000


def square(lat: float, lng: float, side: float = 0.01) -> dict[str, object]:
    """A GeoJSON square with its south-west corner at the point; `side` in degrees."""
    north, east = lat + side, lng + side
    return {
        "type": "Polygon",
        "coordinates": [[[lng, lat], [east, lat], [east, north], [lng, north], [lng, lat]]],
    }


def _chome(number: int | None) -> str:
    return f"{'〇一二三四五六七八九'[number]}丁目" if number else ""
