"""The page of an organization."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.factories.directory import (
    OrganizationContactFactory,
    OrganizationFactory,
    PhotoFactory,
    ResourceFactory,
    weekly_spec,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

BUDGET = 12


def test_an_organization_shows_what_it_runs(client):
    organization = OrganizationFactory(description="みんなの会です。")
    ResourceFactory(organization=organization, name="公開の会")
    ResourceFactory(organization=organization, name="下書きの会", live=False)
    ResourceFactory(name="ほかの会")
    text = client.get(organization.get_absolute_url()).content.decode()
    assert "みんなの会です。" in text
    assert "公開の会" in text
    assert "下書きの会" not in text
    assert "ほかの会" not in text


def test_a_picture_without_consent_is_not_shown(client):
    for consent, is_shown in (("missing", False), ("given", True)):
        logo = PhotoFactory(people_consent=consent, description="会の写真")
        text = client.get(OrganizationFactory(logo=logo).get_absolute_url()).content.decode()
        assert ("会の写真" in text) == is_shown


def test_an_organization_that_is_over_says_so(client):
    response = client.get(OrganizationFactory(status="closed", name="終えた会").get_absolute_url())
    assert response.status_code == 410
    assert "終えた会" in response.content.decode()


@pytest.mark.parametrize("page", ["2", "x", "-1", "99999999999", "%00"])
def test_strange_page_numbers_show_a_page(client, page):
    organization = OrganizationFactory()
    ResourceFactory.create_batch(3, organization=organization)
    assert client.get(f"{organization.get_absolute_url()}?page={page}").status_code == 200


def test_a_code_in_small_letters_leads_to_the_page(client):
    organization = OrganizationFactory()
    response = client.get(f"/o/{organization.code.lower()}/")
    assert (response.status_code, response["Location"]) == (301, organization.get_absolute_url())


def test_queries_are_few_whatever_it_runs(client, django_assert_max_num_queries):
    cache.clear()
    organization = OrganizationFactory()
    for count in (1, 6):
        for _number in range(count):
            ResourceFactory(organization=organization, schedules=[weekly_spec()])
            OrganizationContactFactory(organization=organization)
        client.get(organization.get_absolute_url())
        with django_assert_max_num_queries(BUDGET):
            client.get(organization.get_absolute_url())
