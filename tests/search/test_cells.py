"""The map's grid, the same for every engine: what is counted, where it is drawn, what is left out."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from search.engines.base import Cells
from search.plan import Plan
from search.planning import make_plan
from search.request import SearchRequest
from search.tiles import FINEST, coarser, tile_number
from search.understanding import understand
from search.vocabulary import Vocabulary

from .conftest import INDEX, doc

SHIBUYA = (35.6581, 139.7017)
KARASUYAMA = (35.6703, 139.6013)


@pytest.fixture
def cells(engine):
    """Count by tiles of a zoom: `cells("体操", zoom=12, box=…)`."""

    def ask(text: str = "", *, zoom: int = 12, limit: int = 100, **options: object) -> Cells:
        plan = make_plan(understand(text, Vocabulary())) if text else Plan()
        return engine.cells(plan, SearchRequest(text=text, **options), index=INDEX, zoom=zoom, limit=limit)

    return ask


# Tiles


def test_tiles_are_those_of_the_web_map():
    x, y, zoom = 58181, 25809, 16  # in the address of a tile that shows Karasuyama
    number = sum((x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1 for bit in range(zoom))
    assert tile_number(*KARASUYAMA, zoom) == number


@pytest.mark.parametrize("zoom", range(FINEST + 1))
def test_a_coarser_tile_is_the_finest_shifted(zoom):
    chance = random.Random(zoom)
    for _ in range(50):
        point = chance.uniform(-89, 89), chance.uniform(-180, 180)
        assert tile_number(*point) >> coarser(zoom) == tile_number(*point, zoom)


def test_every_point_of_the_earth_has_a_tile():
    for lat in (-90.0, -85.06, 0.0, 85.06, 90.0):
        for lng in (-180.0, 0.0, 180.0):
            assert 0 <= tile_number(lat, lng) < 4**FINEST


# Cells


@pytest.mark.django_db
@pytest.mark.postgres
class TestCells:
    def test_one_alone_comes_with_its_card(self, put, cells):
        put(doc("a", "体操の会", location=KARASUYAMA, card={"name": "体操の会"}))
        (cell,) = cells().cells
        assert (cell.count, cell.type, cell.id, cell.title) == (1, "resource", "a", "体操の会")
        assert cell.card == {"name": "体操の会"}
        assert (cell.lat, cell.lng) == pytest.approx(KARASUYAMA, abs=1e-6)

    def test_several_are_a_number_in_their_middle(self, put, cells):
        lat, lng = KARASUYAMA
        put(doc("a", location=(lat, lng)), doc("b", location=(lat + 0.001, lng)), doc("c", location=SHIBUYA))
        found = cells(zoom=12)
        assert found.total == 3
        assert [cell.count for cell in found.cells] == [2, 1]
        assert (found.cells[0].lat, found.cells[0].lng) == pytest.approx((lat + 0.0005, lng), abs=1e-5)
        assert (found.cells[0].id, found.cells[0].card) == ("", {})

    def test_closer_by_the_same_documents_part(self, put, cells):
        lat, lng = KARASUYAMA
        put(doc("a", location=(lat, lng)), doc("b", location=(lat + 0.001, lng)))
        assert [len(cells(zoom=zoom).cells) for zoom in (0, 10, 18)] == [1, 1, 2]

    def test_what_has_no_point_is_not_on_the_map(self, put, cells):
        put(doc("a", location=KARASUYAMA), doc("b"))
        assert (cells().total, len(cells().cells)) == (1, 1)

    def test_a_box_holds_what_is_inside_with_an_exact_total(self, put, cells):
        put(doc("a", location=KARASUYAMA), doc("b", location=SHIBUYA))
        found = cells(box=(35.66, 139.59, 35.68, 139.61))
        assert (found.total, [cell.id for cell in found.cells]) == (1, ["a"])
        assert cells(box=(0.0, 0.0, 1.0, 1.0)) == Cells(0, ())

    def test_words_and_filters_narrow_the_map(self, put, cells):
        put(
            doc("a", "体操の会", location=KARASUYAMA, keywords={"fee": ("free",)}),
            doc("b", "体操教室", location=SHIBUYA),
            doc("c", "麻雀", location=SHIBUYA, keywords={"fee": ("free",)}),
        )
        assert cells("体操").total == 2
        assert [cell.id for cell in cells("体操", filters={"fee": ("free",)}).cells] == ["a"]
        assert cells("そんな言葉はない").total == 0
        assert cells("体操", types=("organization",)).total == 0

    def test_the_fullest_come_first_and_the_total_counts_those_left_out(self, put, cells):
        lat, lng = KARASUYAMA
        put(
            *(doc(f"a{n}", location=(lat, lng)) for n in range(3)),
            *(doc(f"b{n}", location=SHIBUYA) for n in range(2)),
            doc("c", location=(35.0, 135.0)),
        )
        found = cells(limit=2)
        assert ([cell.count for cell in found.cells], found.total) == ([3, 2], 6)

    def test_punctuation_alone_finds_nothing(self, put, cells):
        put(doc("a", location=KARASUYAMA))
        assert cells("。、").total == 0

    @pytest.mark.parametrize("zoom", [0, 5, 9, 13, 17, 22])
    def test_counts_are_those_of_counting_by_hand(self, zoom, put, cells):
        chance = random.Random(7)
        points = [(35.55 + chance.random() / 5, 139.5 + chance.random() / 4) for _ in range(300)]
        put(*(doc(str(number), location=point) for number, point in enumerate(points)))
        by_hand = Counter(tile_number(*point, zoom) for point in points)
        found = cells(zoom=zoom, limit=1_000)
        assert Counter(cell.count for cell in found.cells) == Counter(by_hand.values())
        assert {tile_number(cell.lat, cell.lng, zoom) for cell in found.cells} == set(by_hand)

    def test_the_poles_and_the_date_line_are_counted(self, put, cells):
        put(doc("a", location=(89.9, 179.9)), doc("b", location=(-89.9, -180.0)))
        assert cells(zoom=3).total == 2
