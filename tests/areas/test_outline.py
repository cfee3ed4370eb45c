"""The map of outlines."""

from __future__ import annotations

import json
import re

import pytest
import shapely
from shapely.geometry import shape

from areas.models import Area
from areas.outline import outline_map
from areas.shipped_data import DATA_DIR, shipped_outlines
from tests.factories.areas import DistrictFactory, MunicipalityFactory, square

PATH = re.compile(r"(M-?\d+ -?\d+(L-?\d+ -?\d+){2,}Z)+")


@pytest.mark.django_db
def test_no_boundaries_no_map() -> None:
    assert outline_map(DistrictFactory().parent) is None


@pytest.mark.django_db
def test_districts_are_drawn_with_a_label_inside() -> None:
    city = MunicipalityFactory()
    south = DistrictFactory(parent=city, order=1, boundary=square(35.60, 139.60))
    DistrictFactory(parent=city, order=2, boundary=square(35.61, 139.60))
    drawn = outline_map(city)
    assert drawn.view_box.startswith("0 0 1000 ")
    first, second = drawn.shapes
    assert first.area == south
    assert first.label_y > second.label_y  # north is up
    assert all(PATH.fullmatch(item.path) for item in drawn.shapes)
    assert 0 < first.label_x < 1000


@pytest.mark.django_db
def test_changed_boundary_is_drawn_anew() -> None:
    district = DistrictFactory(boundary=square(35.60, 139.60))
    before = outline_map(district.parent)
    assert outline_map(district.parent) is before
    district.boundary = {
        "type": "Polygon",
        "coordinates": [[[139.6, 35.6], [139.61, 35.6], [139.6, 35.61], [139.6, 35.6]]],
    }
    district.save()
    assert outline_map(district.parent).shapes[0].path != before.shapes[0].path


def test_second_map_costs_one_query(real_places: None, django_assert_num_queries) -> None:
    setagaya = Area.objects.get(code="131121")
    outline_map(setagaya)
    with django_assert_num_queries(1):
        drawn = outline_map(setagaya)
        assert [str(item.area.get_absolute_url) for item in drawn.shapes]
    assert len(drawn.shapes) == 28
    assert sum(len(item.path) for item in drawn.shapes) < 12_000


def test_shipped_outlines_are_small_valid_and_do_not_overlap() -> None:
    assert (DATA_DIR / "outlines.json").stat().st_size < 60_000
    document = json.loads((DATA_DIR / "outlines.json").read_text(encoding="utf-8"))
    assert "e-Stat" in document["source"]
    outlines = [shape(geometry) for geometry in shipped_outlines().values()]
    assert len(outlines) == 31
    assert all(outline.is_valid for outline in outlines)
    together = shapely.union_all(outlines).area
    assert sum(outline.area for outline in outlines) == pytest.approx(together, rel=1e-4)
