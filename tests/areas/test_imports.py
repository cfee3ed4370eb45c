"""Coordinates and boundaries from public files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from areas.locate import locate_address
from areas.models import Area, Town
from areas.place_index import places
from areas.services import PlacesError, import_boundaries, import_towns
from tests.factories.areas import DistrictFactory, MunicipalityFactory, TownFactory, square

pytestmark = pytest.mark.django_db

GEOLONIA = (
    "都道府県コード,都道府県名,都道府県名カナ,都道府県名ローマ字,市区町村コード,市区町村名,市区町村名カナ,市区町村名ローマ字,"
    "大字町丁目コード,大字町丁目名,大字町丁目名カナ,大字町丁目名ローマ字,小字・通称名,緯度,経度"
)


@pytest.fixture
def town() -> Town:
    """本町一丁目 of a city with one district."""
    city = MunicipalityFactory(code="139998", name="見本市")
    return TownFactory(base_name="本町", district=DistrictFactory(parent=city, name="中央地区"))


def geolonia(code: str, name: str, kana: str, lat: object, lng: object) -> str:
    return f"13,東京都,トウキョウト,TOKYO TO,{code},見本市,ミホンシ,MIHON SHI,{code}0001,{name},{kana},HONCHO 1,,{lat},{lng}"


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_geolonia_list_sets_coordinates(town: Town, tmp_path: Path, encoding: str) -> None:
    line = geolonia("13999", "本町一丁目", "ホンチョウ 1", 35.651, 139.601)
    counts = import_towns(written(tmp_path / "latest.csv", GEOLONIA, line, encoding=encoding))
    town.refresh_from_db()
    assert (town.lat, town.lng, counts["updated"]) == (35.651, 139.601, 1)
    assert locate_address("見本市本町1-1").lat == 35.651


def test_second_import_changes_nothing(town: Town, tmp_path: Path) -> None:
    file = written(
        tmp_path / "latest.csv", GEOLONIA, geolonia("13999", "本町一丁目", "ホンチョウ 1", 35.65, 139.6)
    )
    import_towns(file)
    counts = import_towns(file)
    assert (counts["updated"], counts["added"], counts["unchanged"]) == (0, 0, 1)


def test_rows_of_other_municipalities_are_passed_over(town: Town, tmp_path: Path) -> None:
    lines = [geolonia(code, "本町一丁目", "ホンチョウ 1", 35.65, 139.6) for code in ("13999", "13102")]
    assert import_towns(written(tmp_path / "latest.csv", GEOLONIA, *lines))["elsewhere"] == 1


def test_unknown_town_is_added_where_the_polygon_says(town: Town, tmp_path: Path) -> None:
    town.district.boundary = square(35.65, 139.60)
    town.district.save()
    line = geolonia("13999", "新本町二丁目", "シンホンチョウ 2", 35.655, 139.605)
    assert import_towns(written(tmp_path / "latest.csv", GEOLONIA, line))["added"] == 1
    added = Town.objects.get(name="新本町二丁目")
    assert (added.district, added.base_name, added.chome, added.kana) == (
        town.district,
        "新本町",
        2,
        "シンホンチョウ",
    )


def test_unknown_town_without_a_district_is_an_error_and_nothing_is_written(
    town: Town, tmp_path: Path
) -> None:
    lines = [
        geolonia("13999", "本町一丁目", "ホンチョウ 1", 35.65, 139.6),
        geolonia("13999", "遠町", "トオチョウ", 43.0, 141.0),
    ]
    with pytest.raises(PlacesError, match="3行目:遠町の地区"):
        import_towns(written(tmp_path / "latest.csv", GEOLONIA, *lines))
    town.refresh_from_db()
    assert town.lat is None


@pytest.mark.parametrize(
    ("lat", "lng", "reason"),
    [("x", 139.6, "数字ではありません"), (139.6, 35.6, "入れ替わって"), ("nan", 139.6, "日本の範囲")],
)
def test_broken_coordinates_are_named_by_line(
    town: Town, tmp_path: Path, lat: object, lng: object, reason: str
) -> None:
    lines = [geolonia("13999", "本町一丁目", "", 35.65, 139.6), geolonia("13999", "本町一丁目", "", lat, lng)]
    with pytest.raises(PlacesError, match=f"3行目:.*{reason}"):
        import_towns(written(tmp_path / "latest.csv", GEOLONIA, *lines))
    town.refresh_from_db()
    assert town.lat is None


def test_many_broken_rows_are_cut_to_a_readable_list(town: Town, tmp_path: Path) -> None:
    lines = [geolonia("13999", "本町一丁目", "", "x", "y")] * 50
    with pytest.raises(PlacesError, match="ほかに30件"):
        import_towns(written(tmp_path / "latest.csv", GEOLONIA, *lines))


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"a,b\n1,2\n", b"PK\x03\x04"])
def test_file_that_is_no_town_list_is_refused_in_words(town: Town, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(CommandError, match=r"列がありません|読めません"):
        call_command("import_towns", str(tmp_path / "x.csv"))


def test_missing_file_and_unknown_municipality_are_refused_in_words(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="読めません"):
        call_command("import_towns", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="登録されていません"):
        call_command("import_towns", str(tmp_path / "none.csv"), municipality="000000")
    with pytest.raises(CommandError, match="読めません"):
        call_command("import_boundaries", str(tmp_path / "none.geojson"))


def test_point_outside_the_towns_own_polygon_is_not_taken(town: Town, tmp_path: Path) -> None:
    town.boundary, town.lat, town.lng = square(35.65, 139.60), 35.655, 139.605
    town.save()
    file = written(tmp_path / "latest.csv", GEOLONIA, geolonia("13999", "本町一丁目", "", 35.67, 139.60))
    assert import_towns(file)["kept_point"] == 1
    town.refresh_from_db()
    assert town.lat == 35.655


def geojson(path: Path, *features: tuple[dict[str, object], object]) -> Path:
    listed = [{"type": "Feature", "properties": props, "geometry": geometry} for props, geometry in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "properties",
    [{"town": "本町一丁目"}, {"S_NAME": "本町１丁目", "KEY_CODE": "13999001001"}, {"町丁目": "本町1丁目"}],
)
def test_boundary_finds_its_town_by_any_usual_name(
    town: Town, tmp_path: Path, properties: dict[str, object]
) -> None:
    counts = import_boundaries(geojson(tmp_path / "b.geojson", (properties, square(35.65, 139.60))))
    town.refresh_from_db()
    assert counts["towns"] == 1
    assert town.boundary["type"] == "Polygon"
    assert 35.65 < town.lat < 35.66


@pytest.mark.parametrize("name", ["中央地区", "中央"])
def test_boundary_finds_its_district_by_name(town: Town, tmp_path: Path, name: str) -> None:
    DistrictFactory.create(name="別地区")
    counts = import_boundaries(geojson(tmp_path / "b.geojson", ({"district": name}, square(35.65, 139.60))))
    town.district.refresh_from_db()
    assert counts["districts"] == 1
    assert town.district.boundary


def test_municipal_boundary_is_found_by_its_code(town: Town, tmp_path: Path) -> None:
    counts = import_boundaries(geojson(tmp_path / "b.geojson", ({"N03_007": "13999"}, square(35.65, 139.60))))
    assert counts["municipalities"] == 1


def test_several_parts_of_one_town_are_joined(town: Town, tmp_path: Path) -> None:
    parts = [({"town": "本町一丁目"}, square(35.65, 139.60)), ({"town": "本町一丁目"}, square(35.67, 139.60))]
    import_boundaries(geojson(tmp_path / "b.geojson", *parts))
    town.refresh_from_db()
    assert town.boundary["type"] == "MultiPolygon"


def test_good_point_is_kept_and_a_bad_one_moved_inside(town: Town, tmp_path: Path) -> None:
    file = geojson(tmp_path / "b.geojson", ({"town": "本町一丁目"}, square(35.65, 139.60)))
    Town.objects.filter(pk=town.pk).update(lat=35.651, lng=139.601)
    import_boundaries(file)
    town.refresh_from_db()
    assert town.lat == 35.651
    Town.objects.filter(pk=town.pk).update(lat=35.9, lng=139.601)
    import_boundaries(file)
    town.refresh_from_db()
    assert 35.65 < town.lat < 35.66


def test_name_in_two_municipalities_asks_which(town: Town, tmp_path: Path) -> None:
    twin = TownFactory(base_name="本町")
    file = geojson(tmp_path / "b.geojson", ({"town": "本町一丁目"}, square(35.65, 139.60)))
    with pytest.raises(PlacesError, match="--municipality"):
        import_boundaries(file)
    import_boundaries(file, twin.municipality.code)
    twin.refresh_from_db()
    assert twin.boundary


def test_features_of_others_and_without_name_are_passed_over(town: Town, tmp_path: Path) -> None:
    file = geojson(
        tmp_path / "b.geojson",
        ({"town": "本町一丁目"}, square(35.65, 139.60)),
        ({"S_NAME": "", "KEY_CODE": "139990"}, square(35.65, 139.60)),
        ({"S_NAME": "銀座１丁目", "KEY_CODE": "13102001001"}, square(35.65, 139.60)),
    )
    assert import_boundaries(file)["towns"] == 1


BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[139.6, 35.6], [139.61, 35.61], [139.61, 35.6], [139.6, 35.61], [139.6, 35.6]]],
}


@pytest.mark.parametrize(
    ("properties", "geometry", "reason"),
    [
        ({"town": "本町一丁目"}, BOWTIE, "線が交わって"),
        ({"town": "本町一丁目"}, {"type": "Point", "coordinates": [139.6, 35.6]}, "Polygon"),
        ({"town": "本町一丁目"}, square(139.6, 35.6), "日本の範囲"),
        ({"town": "本町一丁目"}, None, "読めません"),
        ({"town": "無い町"}, square(35.6, 139.6), "ありません"),
    ],
)
def test_broken_feature_is_named_and_nothing_is_written(
    town: Town, tmp_path: Path, properties: dict[str, object], geometry: object, reason: str
) -> None:
    good = ({"district": "中央"}, square(35.65, 139.60))
    with pytest.raises(PlacesError, match=f"図形2:.*{reason}"):
        import_boundaries(geojson(tmp_path / "b.geojson", good, (properties, geometry)))
    assert not Area.objects.exclude(boundary=None).exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"features": []}', '{"features": 1}', "\x00", "[" * 100_000]
)
def test_file_that_is_no_geojson_is_refused_in_words(town: Town, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.geojson").write_text(content)
    with pytest.raises(CommandError, match="GeoJSON"):
        call_command("import_boundaries", str(tmp_path / "x.geojson"))


@pytest.mark.parametrize(
    "content", ['{"features": [1, {"geometry": 1}, null]}', '{"features": [{"properties": 1}]}']
)
def test_features_that_are_none_are_named(town: Town, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.geojson").write_text(content)
    with pytest.raises(CommandError, match="図形1"):
        call_command("import_boundaries", str(tmp_path / "x.geojson"))


@pytest.mark.shared
def test_public_lists_fit_the_shipped_places(real_places: None, shared_dir: Path) -> None:
    data = shared_dir / "data"
    drawn = sum(
        import_boundaries(data / f"{kind}_polygons_{name}.geojson").total()
        for kind in ("district", "town")
        for name in ("setagaya", "komae")
    )
    assert drawn == 31 + 318
    counts = import_towns(data / "towns.csv")
    assert counts["added"] == 0
    assert counts["kept_point"] == 1  # 元和泉三丁目: the public point lies in 猪方四丁目
    outside = [
        town.name
        for town in Town.objects.all()
        if town not in [i for _, i in places().shapes.near(town.lat, town.lng, within=30)]
    ]
    assert outside == []
    with (data / "towns.csv").open(encoding="utf-8") as file:
        assert sum(1 for _ in csv.DictReader(file)) == counts["updated"] + counts["unchanged"]
