"""Whom a hidden place serves would tell where it is: no page, file or desk list says so."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from directory.choices import PlaceVisibility
from tests.factories.areas import DistrictFactory
from tests.factories.directory import CategoryFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tail", ["", "print/", "read/", "read.txt", "calendar.ics"])
@pytest.mark.parametrize(("visibility", "is_told"), [("hidden", False), ("district", True)])
def test_areas_served_follow_the_place(client: Client, tail: str, visibility: str, is_told: bool) -> None:
    district = DistrictFactory(name="SERVEDAREA")
    resource = ResourceFactory(place_visibility=visibility, areas_served=[district])
    page = client.get(resource.get_absolute_url() + tail).content.decode()
    assert ("SERVEDAREA" in page) is (is_told and tail != "calendar.ics")


def test_machines_are_told_no_more_than_people(client: Client) -> None:
    resource = ResourceFactory(place_visibility=PlaceVisibility.HIDDEN, areas_served=[DistrictFactory()])
    page = client.get(resource.get_absolute_url()).content.decode()
    graph = json.loads(re.search(r"ld\+json[^>]*>(.*?)</script>", page)[1])["@graph"]
    assert "areaServed" not in graph[0]


def test_a_hidden_desk_is_in_no_district(client: Client) -> None:
    desk = ResourceFactory(
        name="HIDDENDESK",
        place_visibility=PlaceVisibility.HIDDEN,
        categories=[CategoryFactory(code="welfare_desk")],
    )
    assert "HIDDENDESK" not in client.get(desk.district.get_absolute_url()).content.decode()
