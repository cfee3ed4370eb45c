"""One small town and one walk through it for all sweeps: visiting every page once is enough to read it ten times."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.project.visits import Walk, walk
from tests.project.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture(scope="session")
def walked(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Walk:
    """Every public address as a stranger saw it. The town is gone again afterwards; the answers stay."""
    with django_db_blocker.unblock(), transaction.atomic():
        seen = walk(Client(raise_request_exception=False), build_world())
        transaction.set_rollback(True)
    return seen
