"""Metadata for search engines."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.choices import PlaceVisibility
from directory.exporters.jsonld import script
from directory.models import Resource, ScheduleException
from directory.services.occurrences import rebuild_occurrences
from tests.factories.directory import (
    OrganizationContactFactory,
    OrganizationFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)


def _graph(client: Client, path: str) -> dict:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    (element,) = page.select('script[type="application/ld+json"]')
    return json.loads(element.string)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "a\u2028b", "&amp;<!--", '"\\'])
def test_no_text_ends_the_element(text):
    html = script({"name": text}, "abc")
    assert html.count("</script>") == 1
    assert json.loads(BeautifulSoup(html, "html.parser").script.string) == {"name": text}
    assert "\u2028" not in html


@pytest.mark.django_db
@pytest.mark.usefixtures("fixed_clock")
class TestEntry:
    def test_a_service_and_its_dates_are_told(self, client):
        resource = ResourceFactory(schedules=[weekly_spec()], fee_kind="free")
        service, *events = _graph(client, resource.get_absolute_url())["@graph"]
        assert (service["@type"], service["name"]) == ("Service", resource.name)
        assert service["provider"]["name"] == resource.organization.name
        assert service["offers"] == {"@type": "Offer", "price": 0, "priceCurrency": "JPY"}
        place = service["availableChannel"]["serviceLocation"]
        assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 35.668, "longitude": 139.6}
        assert place["address"]["streetAddress"] == "南烏山六丁目1-1"
        assert events[0]["startDate"] == "2026-11-20T10:00:00+09:00"
        assert events[0]["isAccessibleForFree"] is True

    def test_cancelled_and_moved_dates_are_told(self, client):
        resource = ResourceFactory(schedules=[weekly_spec()])
        schedule = resource.schedules.get()
        ScheduleException.objects.create(schedule=schedule, date=date(2026, 11, 20), action="cancel")
        ScheduleException.objects.create(
            schedule=schedule, date=date(2026, 11, 27), action="move", new_date=date(2026, 11, 28)
        )
        rebuild_occurrences([Resource.objects.get(pk=resource.pk)])
        _service, cancelled, moved, *_rest = _graph(client, resource.get_absolute_url())["@graph"]
        assert cancelled["eventStatus"] == "https://schema.org/EventCancelled"
        assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
        assert moved["previousStartDate"] == "2026-11-27"

    def test_a_rough_place_has_no_point(self, client):
        venue = VenueFactory(visibility=PlaceVisibility.DISTRICT)
        service = _graph(client, ResourceFactory(venue=venue).get_absolute_url())["@graph"][0]
        assert "geo" not in service["availableChannel"]["serviceLocation"]
        assert "streetAddress" not in json.dumps(service)

    def test_the_script_carries_the_nonce_of_the_policy(self, client):
        response = client.get(ResourceFactory().get_absolute_url())
        nonce = BeautifulSoup(response.content, "html.parser").select_one(
            'script[type="application/ld+json"]'
        )["nonce"]
        assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_an_organization_tells_its_public_contacts_only(administrator_client):
    organization = OrganizationFactory()
    OrganizationContactFactory(organization=organization)
    OrganizationContactFactory(organization=organization, phone="03-0000-0001", audience="staff")
    data = _graph(administrator_client, organization.get_absolute_url())
    assert data["@type"] == "Organization"
    assert [point["telephone"] for point in data["contactPoint"]] == ["+81300000000"]
