"""Old numbers lead on; they never tell the number of something the public may not see."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.choices import LifeStatus
from directory.models import Organization, Resource
from tests.factories.directory import OrganizationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kept", "answer"),
    [({}, 302), ({"live": False}, 404), ({"life_status": LifeStatus.FOUND}, 404)],
    ids=["public", "draft", "only found"],
)
def test_the_old_number_of_an_entry_leads_only_to_what_is_public(client: Client, kept, answer) -> None:
    kept, old = ResourceFactory(**kept), ResourceFactory()
    Resource.objects.filter(pk=old.pk).update(merged_into=kept)
    response = client.get(f"/r/{old.code}/")
    assert response.status_code == answer
    assert (kept.code in response.headers.get("Location", "")) is (answer == 302)


@pytest.mark.parametrize("live", [True, False])
def test_the_old_number_of_a_group_leads_only_to_what_is_public(client: Client, live: bool) -> None:
    kept, old = OrganizationFactory(live=live), OrganizationFactory()
    Organization.objects.filter(pk=old.pk).update(merged_into=kept)
    response = client.get(f"/o/{old.code}/")
    assert response.status_code == (302 if live else 404)
    assert (kept.code in response.headers.get("Location", "")) is live
