"""A small town with one of everything public, so that every kind of address can be visited."""

from __future__ import annotations

from dataclasses import dataclass

from areas.models import Area
from areas.services import load_places
from directory.models import MistakeReport, Organization, Resource
from pages.services import create_site_pages
from search.upkeep.rebuilding import rebuild
from tests.factories.directory import (
    OrganizationContactFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)

RECEIPT = "ABC234"


@dataclass(frozen=True)
class World:
    """What samples of addresses are made of."""

    municipality: Area
    area: Area
    district: Area
    resource: Resource
    organization: Organization


def build_world() -> World:
    """Load the shipped places, put one of everything into 烏山, and make it findable."""
    load_places("131121")
    district = Area.objects.select_related("parent__parent").get(slug="karasuyama", kind="district")
    create_site_pages(district.municipality)
    resource = ResourceFactory(venue=VenueFactory(district=district), schedules=[weekly_spec()])
    ResourceContactFactory(resource=resource)
    OrganizationContactFactory(organization=resource.organization)
    MistakeReport.objects.create(resource=resource, receipt=RECEIPT)
    rebuild()
    return World(district.municipality, district.parent, district, resource, resource.organization)
