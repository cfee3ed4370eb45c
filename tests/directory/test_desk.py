"""「福祉の相談窓口をさがす」, on the real places."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from areas.models import Area
from tests.factories.directory import CategoryFactory, ResourceFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_places")]


def _ask(client: Client, question: str, status: int = 200) -> BeautifulSoup:
    response = client.get("/desk/", {"q": question})
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("question", ["南烏山6丁目", "世田谷区南烏山６－１２－１", "157-0062"])
def test_an_address_or_postal_code_leads_to_the_desk(client, question):
    district = Area.objects.get(slug="karasuyama", kind="district")
    ResourceFactory(
        name="烏山の窓口",
        categories=[CategoryFactory(code="welfare_desk")],
        venue=VenueFactory(district=district),
    )
    assert "烏山の窓口" in _ask(client, question).get_text()


def test_a_split_town_asks_which_district(client):
    page = _ask(client, "池尻4丁目")
    choices = {link.get_text(strip=True): link["href"] for link in page.select(".choices a")}
    assert set(choices) == {"池尻地区", "代沢地区"}
    chosen = client.get("/desk/" + choices["代沢地区"])
    assert "代沢地区の窓口" in chosen.content.decode()


@pytest.mark.parametrize("question", ["ｚｚｚ", "'; DROP TABLE", "\x00", "🍵", "999-9999", "   "])
def test_what_is_no_address_gets_help(client, question):
    page = _ask(client, question)
    assert page.select_one("input[name=q]")


def test_an_endless_address_is_refused_kindly(client):
    assert "長すぎます" in _ask(client, "あ" * 5000, status=400).get_text()


def test_an_unknown_district_is_not_found(client):
    assert client.get("/desk/?area=nowhere/at/all").status_code == 404
