"""「もう登録があるかもしれません」 answers strangers: it must not tell whose telephone or house something is."""

from __future__ import annotations

import pytest

from directory.choices import ContactAudience, PlaceVisibility
from directory.services.same_group import possible_same
from tests.factories.directory import ResourceContactFactory, ResourceFactory, VenueFactory

pytestmark = pytest.mark.django_db

NUMBER, HOUSE = "03-1234-5678", "南烏山六丁目2番19号"
LIKE = {"name": "やすらぎサロン日和", "kana": "やすらぎさろんびより"}


@pytest.mark.parametrize(("audience", "found"), [(ContactAudience.PUBLIC, 1), (ContactAudience.STAFF, 0)])
def test_only_a_public_telephone_finds_an_entry(audience: str, found: int) -> None:
    entry = ResourceFactory(name="やすらぎサロン小春", kana="やすらぎさろんこはる")
    ResourceContactFactory(resource=entry, phone=NUMBER, audience=audience)
    assert len(possible_same(**LIKE, phone=NUMBER, district=entry.district)) == found


@pytest.mark.parametrize(("visibility", "found"), [(PlaceVisibility.EXACT, 1), (PlaceVisibility.DISTRICT, 0)])
def test_only_a_public_house_finds_an_entry(visibility: str, found: int) -> None:
    venue = VenueFactory(address=HOUSE, visibility=visibility)
    entry = ResourceFactory(
        name="やすらぎサロン小春", kana="やすらぎさろんこはる", venue=venue, district=venue.district
    )
    assert len(possible_same(**LIKE, address=HOUSE, district=entry.district)) == found
