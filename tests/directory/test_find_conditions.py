"""Days, ages and "near" in the words of a question, as the find page shows and links them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from directory.models import Organization, Resource
from search.upkeep.rebuilding import rebuild
from tests.factories.directory import AudienceFactory, OrganizationFactory

from .test_find_page import district, fresh_words, make, names, text_of  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock", "fresh_words")]


def test_a_day_in_the_words_is_a_chip_with_its_date_and_a_way_back(client: Client, make) -> None:  # noqa: F811
    make("体操の会", "FREQ=WEEKLY;BYDAY=FR")
    make("水曜の体操", "FREQ=WEEKLY;BYDAY=WE")
    rebuild()
    response = client.get("/find/", {"q": "12月2日 体操"})
    assert names(response) == ["水曜の体操"]
    assert "12月2日(水)" in text_of(response)
    assert f"plain={quote('12月2日')}" in response.content.decode()
    assert len(names(client.get("/find/", {"q": "12月2日 体操", "plain": "12月2日"}))) == 2


def test_near_without_a_place_asks_where_and_hides_nothing(client: Client, make) -> None:  # noqa: F811
    make("体操の会")
    rebuild()
    response = client.get("/find/", {"q": "近くの体操"})
    assert names(response) == ["体操の会"]
    assert "どこの近くかを教えてください" in text_of(response)
    assert "/find/near/" in response.content.decode()


def test_near_with_a_place_narrows_and_asks_no_more(client: Client, make) -> None:  # noqa: F811
    make("体操の会")
    rebuild()
    page = client.get("/find/", {"q": "近くの体操", "near": "35.668,139.6"})
    assert names(page) == ["体操の会"]
    assert "どこの近くか" not in text_of(page)
    # Nothing is within twenty minutes on foot: what there is is shown, and that is said.
    far = client.get("/find/", {"q": "近くの体操", "near": "35.9,139.6"})
    assert names(far) == ["体操の会"]
    assert "「近く」にかぎらず" in text_of(far)


def test_an_age_raises_and_ticks_no_box(client: Client, make) -> None:  # noqa: F811
    babies = AudienceFactory(code="baby", name="乳幼児")
    first = make("体操の会")
    second = make("親子体操")
    second.audiences.add(babies)
    rebuild()
    page = client.get("/find/", {"q": "3歳 体操"})
    assert set(names(page)) == {first.name, second.name}
    assert "対象:乳幼児" in text_of(page)
    assert 'value="baby" checked' not in page.content.decode()


@pytest.mark.parametrize("change", [str, str.lower])
def test_the_short_code_finds_its_entry_and_its_group(change, client: Client, make) -> None:  # noqa: F811
    entry: Resource = make("体操の会")
    make("ほかの会")
    group: Organization = OrganizationFactory(name="見本の会")
    rebuild()
    assert names(client.get("/find/", {"q": change(entry.code)})) == ["体操の会"]
    assert names(client.get("/find/", {"q": change(group.code)})) == ["見本の会"]


@pytest.mark.parametrize("code", ["AX2F9", "98J6K", "KU8CK", "22E45", "5MAN8"])
def test_a_code_is_not_cut_into_letters_and_figures(code: str, client: Client, make) -> None:  # noqa: F811
    entry: Resource = make("体操の会")
    Resource.objects.filter(pk=entry.pk).update(code=code)
    make("2と8と9の会 AX KU MAN")
    rebuild()
    typed = code.lower().translate({ord(letter): ord(letter) + 0xFEE0 for letter in code.lower()})
    assert names(client.get("/find/", {"q": typed})) == ["体操の会"]
