"""Fixtures of the pages' tests."""

import pytest
from django.core.cache import cache

from areas.models import Area
from pages.models import HomePage
from pages.readings import forget_places
from pages.services import create_site_pages


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test():
    cache.clear()
    forget_places()


@pytest.fixture
def home(real_places: None) -> HomePage:
    """The site as it begins, for Setagaya."""
    return create_site_pages(Area.objects.get(code="131121"))
