"""Staff at an entry of their district: what the tests of the editing screens share."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Resource
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_forms_data import resource_data
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec
from tests.factories.members import UserFactory


@pytest.fixture
def district(db: None) -> object:
    return DistrictFactory()


def staff_of(area: object, role: str = StaffRole.DISTRICT_STAFF) -> Client:
    client = Client()
    client.force_login(assign_staff(user=UserFactory(), role=role, area=area).user)
    return client


@pytest.fixture
def staff(district: object) -> Client:
    return staff_of(district)


@pytest.fixture
def entry(district: object) -> Resource:
    return ResourceFactory(
        name="ひだまりサロン",
        venue=VenueFactory(district=district),
        schedules=[weekly_spec()],
        organization=None,
    )


def edit_url(row: object) -> str:
    return reverse("directory_resources:edit", args=[row.pk])


def opened(client: Client, url: str) -> dict[str, str]:
    """The marks of the version somebody sees when opening the form."""
    context = client.get(url).context
    marks = {"loaded_version": context["loaded_version"]}
    latest = context["object"].latest_revision
    if latest:
        marks |= {
            "loaded_revision_id": str(latest.pk),
            "loaded_revision_created_at": latest.created_at.isoformat(),
        }
    return marks


def saved(entry: Resource, client: Client, marks: dict, **changes: object) -> object:
    return client.post(edit_url(entry), resource_data(venue=str(entry.venue_id), **changes) | marks)
