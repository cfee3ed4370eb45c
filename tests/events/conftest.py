"""Shared by the tests of events."""

from __future__ import annotations

import pytest
from django.test import Client

from areas.models import Area
from tests.directory.review_world import reviewer
from tests.factories.areas import DistrictFactory


@pytest.fixture
def district(db: None) -> Area:
    return DistrictFactory()


@pytest.fixture
def staff(district: Area) -> Client:
    """Somebody who reviews in `district`."""
    client = Client()
    client.force_login(reviewer(district))
    return client
