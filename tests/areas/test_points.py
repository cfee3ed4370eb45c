"""Points in degrees, against squares of our own and against the public boundaries."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from areas.choices import Precision
from areas.geometry import ShapeIndex, metres_between, read_geometry
from areas.locate import locate, locate_address, locate_point
from areas.models import Area, Town
from areas.place_index import places
from areas.services import import_boundaries
from tests.factories.areas import DistrictFactory, MunicipalityFactory, TownBlockFactory, TownFactory, square

METRE = 1 / 111_320  # degrees of latitude


@pytest.fixture
def neighbours(db: None) -> tuple[Area, Area]:
    """Two districts, the second 20 m north of the first: a gap as simplified boundaries leave."""
    municipality = MunicipalityFactory()
    south = DistrictFactory(parent=municipality, boundary=square(35.60, 139.60))
    north = DistrictFactory(parent=municipality, boundary=square(35.61 + 20 * METRE, 139.60))
    return south, north


def test_point_inside_a_district_is_there(neighbours: tuple[Area, Area]) -> None:
    found = locate_point(35.605, 139.605)
    assert (found.precision, found.district) == (Precision.POINT, neighbours[0])
    assert (found.lat, found.lng, found.point_of) == (35.605, 139.605, "point")
    assert found.municipality == neighbours[0].parent


def test_point_in_a_gap_goes_to_the_nearer_side(neighbours: tuple[Area, Area]) -> None:
    south, north = neighbours
    assert locate_point(35.61 + 5 * METRE, 139.605).district == south
    assert locate_point(35.61 + 15 * METRE, 139.605).district == north


def test_point_well_outside_gets_candidates_not_a_guess(neighbours: tuple[Area, Area]) -> None:
    found = locate_point(35.60 - 200 * METRE, 139.605)
    assert found.district is None
    assert found.candidates == neighbours


def test_point_kilometres_away_is_elsewhere(neighbours: tuple[Area, Area]) -> None:
    found = locate_point(35.60 - 2_100 * METRE, 139.605)
    assert (found.precision, found.candidates) == (Precision.NONE, ())


def test_without_boundaries_the_nearest_districts_are_only_candidates(db: None) -> None:
    near = DistrictFactory(lat=35.60, lng=139.60)
    DistrictFactory(lat=36.60, lng=139.60)
    assert locate_point(35.601, 139.60).candidates == (near,)


def test_town_boundary_is_preferred_to_the_districts(neighbours: tuple[Area, Area]) -> None:
    town = TownFactory(district=neighbours[0], boundary=square(35.60, 139.60, side=0.005))
    assert locate_point(35.602, 139.602).town == town
    assert locate_point(35.608, 139.608).town is None


def test_point_in_a_town_divided_by_blocks_gives_candidates(neighbours: tuple[Area, Area]) -> None:
    south, north = neighbours
    town = TownFactory(district=south, boundary=square(35.60, 139.60))
    TownBlockFactory(town=town, district=north)
    found = locate_point(35.605, 139.605)
    assert (found.town, found.district, found.candidates) == (town, None, (south, north))


def test_broken_boundary_is_passed_over(db: None) -> None:
    DistrictFactory(boundary={"type": "Polygon", "coordinates": "?"})
    assert locate_point(35.6, 139.6).precision == Precision.NONE


@pytest.mark.parametrize("pair", [(139.6, 35.6), (math.nan, 139.6), (math.inf, 0), (-91, 0), (0, 181)])
def test_impossible_coordinates_are_nowhere(db: None, pair: tuple[float, float]) -> None:
    found = locate_point(*pair)
    assert (found.precision, found.lat, found.lng) == (Precision.NONE, None, None)


@pytest.mark.parametrize(
    "text", ["35.605,139.605", "(35.605, 139.605)", "３５．６０５、１３９．６０５", "35.605 139.605"]
)
def test_typed_point_is_understood(neighbours: tuple[Area, Area], text: str) -> None:
    assert locate(text).district == neighbours[0]


@settings(deadline=None)  # a loaded machine is no failure
@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 3_000))
def test_distance_north_is_what_it_should_be(lat: float, lng: float, metres: float) -> None:
    assert metres_between(lat, lng, lat + metres * METRE, lng) == pytest.approx(metres, abs=0.01)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "x",
        {},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
    ],
)
def test_only_polygons_are_boundaries(value: object) -> None:
    assert read_geometry(value) is None


def test_empty_index_is_near_nothing() -> None:
    assert ShapeIndex([]).near(35.6, 139.6, within=100) == []


@pytest.mark.shared
class TestPublicData:
    """What the open data says, against what we answer."""

    @pytest.fixture(autouse=True)
    def _boundaries(self, real_places: None, shared_dir: Path) -> None:
        self.data = shared_dir / "data"
        for name in ("setagaya", "komae"):
            import_boundaries(self.data / f"town_polygons_{name}.geojson")

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.data / name).open(encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def test_every_public_hall_is_placed_by_address_and_point_alike(self) -> None:
        index = places()
        differing = []
        for row in self.rows("facilities_setagaya_komae.csv"):
            by_text = locate_address(row["住所"], index=index)
            by_point = locate_point(float(row["緯度"]), float(row["経度"]), index=index)
            assert by_text.town, row["住所"]
            assert by_text.municipality.name == row["市区町村名"]
            if by_text.district != by_point.district:
                differing.append((row["名称"], by_text.district, by_point.district))
        assert differing == []

    def test_every_town_of_the_public_list_lies_in_its_district(self) -> None:
        index = places()
        rows = self.rows("towns.csv")
        for row in rows:
            found = locate_address(f"{row['municipality']}{row['town_chome']}", index=index)
            districts = [found.district] if found.district else found.candidates
            assert row["district"] in [district.name for district in districts], row["town_chome"]
        assert len(rows) == Town.objects.count() == 318

    def test_postal_codes_of_the_public_list_are_ours(self) -> None:
        index = places()
        for row in self.rows("postal_setagaya_komae.csv"):
            towns = index.postal_towns(row["postal_code"].replace("-", ""))
            assert [(town.municipality.name, town.name) for town in towns] == [(row["city"], row["town"])]
