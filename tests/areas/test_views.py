"""The postal-code end point and the admin screens."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from areas.models import Area, Town
from tests.factories.areas import PostalCodeFactory


@pytest.mark.parametrize("typed", ["1540001", "154-0001", "１５４０００１", "１５４－０００１"])
def test_postal_code_gives_its_town(real_places: None, client: Client, typed: str) -> None:
    response = client.get(f"/api/postal/{typed}/")
    assert response.json() == {
        "code": "1540001",
        "prefecture": "東京都",
        "city": "世田谷区",
        "towns": [{"name": "池尻", "kana": "いけじり"}],
    }
    assert "public" in response["Cache-Control"]


def test_code_of_a_whole_municipality_has_no_towns(real_places: None, client: Client) -> None:
    response = client.get("/api/postal/2010000/").json()
    assert (response["city"], response["towns"]) == ("狛江市", [])


@pytest.mark.django_db
def test_code_with_several_towns_lists_all(client: Client) -> None:
    first = PostalCodeFactory(code="1990003")
    PostalCodeFactory(code="1990003", municipality=first.municipality, town_name="次町")
    assert [town["name"] for town in client.get("/api/postal/1990003/").json()["towns"]] == [
        first.town_name,
        "次町",
    ]


@pytest.mark.django_db
def test_code_over_two_cities_leaves_the_city_to_the_reader(client: Client) -> None:
    first, second = PostalCodeFactory(code="1990004"), PostalCodeFactory(code="1990004")
    answer = client.get("/api/postal/1990004/").json()
    assert answer["city"] == ""
    assert [town["name"] for town in answer["towns"]] == [
        f"{row.municipality.name}{row.town_name}" for row in (first, second)
    ]


@pytest.mark.django_db
def test_unknown_code_is_a_japanese_404(client: Client) -> None:
    response = client.get("/api/postal/9999999/")
    assert response.status_code == 404
    assert "見つかりません" in response.json()["error"]


@pytest.mark.parametrize("nonsense", ["abc", "154", "15400011", "154-000x", "%00", "あ" * 100, "' OR 1=1"])
@pytest.mark.django_db
def test_nonsense_is_a_japanese_400(client: Client, nonsense: str) -> None:
    response = client.get(f"/api/postal/{nonsense}/")
    assert response.status_code == 400
    assert "7桁" in response.json()["error"]


@pytest.mark.django_db
def test_postal_code_is_only_read(client: Client) -> None:
    assert client.post("/api/postal/1540001/").status_code == 405


def test_command_prints_the_agreed_shape(real_places: None) -> None:
    out = StringIO()
    call_command("locate", "世田谷区池尻4-35-1", json=True, stdout=out)
    answer = json.loads(out.getvalue())
    assert list(answer) == ["precision", "municipality", "town", "district", "candidates", "lat", "lng"]
    assert answer["municipality"] == "131121"
    assert (answer["town"], answer["district"], answer["candidates"]) == ("池尻四丁目", "代沢", [])


def test_command_says_candidates_in_words(real_places: None) -> None:
    out = StringIO()
    call_command("locate", "三軒茶屋", stdout=out)
    assert "太子堂地区、若林地区" in out.getvalue()


@pytest.mark.django_db
def test_command_refuses_an_unknown_municipality() -> None:
    with pytest.raises(CommandError, match="6桁"):
        call_command("locate", "三軒茶屋", municipality="1")


@pytest.mark.parametrize("model", ["area", "town", "municipalityprofile"])
def test_admin_lists_and_adds_places(real_places: None, administrator_client: Client, model: str) -> None:
    base = f"/admin/snippets/areas/{model}/"
    assert administrator_client.get(base).status_code == 200
    assert administrator_client.get(f"{base}add/").status_code == 200


def test_admin_edits_blocks_of_a_town(real_places: None, administrator_client: Client) -> None:
    town = Town.objects.get(name="池尻四丁目")
    page = administrator_client.get(f"/admin/snippets/areas/town/edit/{town.pk}/")
    assert page.status_code == 200
    assert "番地ごとの例外" in page.content.decode()
    assert 'value="33"' in page.content.decode()


def test_admin_search_finds_a_town_by_reading(real_places: None, administrator_client: Client) -> None:
    page = administrator_client.get("/admin/snippets/areas/town/", {"q": "いけじり"})
    assert "池尻四丁目" in page.content.decode()
    assert "三軒茶屋一丁目" not in page.content.decode()


@pytest.mark.parametrize(("model", "name"), [(Area, "松原地区"), (Town, "松原一丁目")])
def test_admin_never_deletes_a_place(
    real_places: None, administrator_client: Client, model: type[Area | Town], name: str
) -> None:
    place = model.objects.get(name=name)
    kind = model._meta.model_name
    administrator_client.post(f"/admin/snippets/areas/{kind}/delete/{place.pk}/")
    administrator_client.post(f"/admin/bulk/areas/{kind}/delete/?id={place.pk}")
    assert model.objects.filter(pk=place.pk).exists()


def test_resident_does_not_enter_the_admin(real_places: None, resident_client: Client) -> None:
    assert resident_client.get("/admin/snippets/areas/area/").status_code in (302, 403)
