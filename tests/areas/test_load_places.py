"""Loading the shipped places."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from areas.choices import AreaKind, Certainty
from areas.models import Area, MunicipalityProfile, PostalCode, Town, TownBlock
from areas.services import PlacesError, load_places, shipped

pytestmark = pytest.mark.django_db


def test_two_municipalities_come_complete() -> None:
    counts = load_places()
    assert Area.objects.municipalities().count() == 2
    assert Area.objects.areas().count() == 5
    assert Area.objects.districts().count() == 28 + 3
    assert Town.objects.filter(municipality__code="131121").count() == 277
    assert Town.objects.filter(municipality__code="132195").count() == 41
    assert PostalCode.objects.count() == 74
    assert TownBlock.objects.count() == 1
    assert counts["outlines"] == 31
    assert not Area.objects.filter(lat=None).exists()


def test_second_run_changes_nothing() -> None:
    load_places()
    counts = load_places()
    assert (counts["created"], counts["updated"], counts["outlines"]) == (0, 0, 0)


def test_facts_carry_their_source_and_certainty() -> None:
    load_places()
    assert not Area.objects.filter(source="").exists()
    assert Town.objects.get(name="千歳台三丁目").certainty == Certainty.UNVERIFIED
    assert Town.objects.get(name="池尻四丁目").certainty == Certainty.PARTLY


def test_founded_district_names_the_one_it_came_from() -> None:
    load_places()
    futako = Area.objects.get(short_name="二子玉川")
    assert futako.valid_from == dt.date(2019, 7, 16)
    assert futako.predecessor.short_name == "用賀"


def test_districts_of_komae_hang_directly_under_the_city() -> None:
    load_places()
    komae = Area.objects.get(code="132195")
    assert {area.kind for area in komae.children.all()} == {AreaKind.DISTRICT}
    profile = MunicipalityProfile.objects.get(municipality=komae)
    assert (profile.area_label, profile.district_label, profile.residents_label) == (
        "",
        "日常生活圏域",
        "市民",
    )


def test_one_municipality_can_be_loaded_alone() -> None:
    load_places("132195")
    assert list(Area.objects.municipalities().values_list("name", flat=True)) == ["狛江市"]
    assert Town.objects.count() == 41


def test_correction_by_staff_survives_a_second_run() -> None:
    load_places()
    funabashi = Area.objects.get(short_name="船橋")
    Town.objects.filter(name="千歳台二丁目").update(district=funabashi)
    load_places()
    assert Town.objects.get(name="千歳台二丁目").district == funabashi


def test_update_brings_the_shipped_facts_back() -> None:
    load_places()
    Town.objects.filter(name="千歳台二丁目").update(district=Area.objects.get(short_name="船橋"))
    assert load_places(update=True)["updated"] == 1
    assert Town.objects.get(name="千歳台二丁目").district.short_name == "祖師谷"


def test_imported_boundary_is_kept() -> None:
    load_places()
    mine = {
        "type": "Polygon",
        "coordinates": [[[139.6, 35.6], [139.61, 35.6], [139.6, 35.61], [139.6, 35.6]]],
    }
    Area.objects.filter(short_name="烏山", kind=AreaKind.DISTRICT).update(boundary=mine)
    load_places(update=True)
    assert Area.objects.get(short_name="烏山", kind=AreaKind.DISTRICT).boundary == mine


def test_unknown_municipality_is_refused_in_words() -> None:
    with pytest.raises(PlacesError, match="世田谷区"):
        load_places("999999")
    with pytest.raises(CommandError, match="999999"):
        call_command("load_places", municipality="999999")


@pytest.mark.django_db(transaction=True)
def test_broken_run_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> dict[object, object]:
        raise OSError

    monkeypatch.setattr(shipped, "shipped_outlines", broken)
    with pytest.raises(OSError):
        load_places()
    assert not Area.objects.exists()


def test_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("load_places", stdout=out)
    assert "追加 433件" in out.getvalue()


@pytest.mark.django_db
def test_locate_answers_before_anything_is_loaded_and_loads_nothing(capsys):
    call_command("locate", "世田谷区池尻4-35-1", json=True)
    assert json.loads(capsys.readouterr().out)["district"] == "代沢"
    assert not Area.objects.exists()
