"""Fixtures for every test. The network ends at loopback and the order is shuffled (`addopts`)."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from areas.services import load_places
from members.models import User
from tests.directory.racing import forget_kept, keep_as_migrated
from tests.factories.members import StaffAssignmentFactory, UserFactory
from tests.migrated import migrating_once

ROOT = Path(__file__).resolve().parents[1]
#: The walk over every public address.
WALK = "test_addresses.py"

#: A Friday without a holiday near it: 第3金曜, the 20th of November 2026, ten in the morning in Tokyo.
FIXED_NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def fixed_clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at `FIXED_NOW`; `fixed_clock.move_to(…)` or `.shift(…)` moves it."""
    with time_machine.travel(FIXED_NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of shared open data (TSUNAGU_SHARED, else `../shared`). It is not part of the repository."""
    folder = Path(os.environ.get("TSUNAGU_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("SHARED DATA MISSING: set TSUNAGU_SHARED to the folder that holds data/ and search/")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """pytest-django's: while databases are set up, migrations that were run before are not run again."""
    with migrating_once(settings.VAR_DIR / "test-migrated"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's, and a copy of the database as migrated, for races."""
    with django_db_blocker.unblock():
        keep_as_migrated()
    yield
    with django_db_blocker.unblock():
        forget_kept()


@pytest.fixture(autouse=True)
def _uploads_go_to_a_scratch_folder(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture
def real_places(db: None) -> None:
    """The shipped tree of places: Setagaya and Komae with areas, districts, towns and postal codes."""
    load_places()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """`client_of(user)` → a client logged in as that user."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def resident(db: None) -> User:
    """Someone who follows districts; may enter no staff screen."""
    return UserFactory()


@pytest.fixture
def administrator(db: None) -> User:
    """May do everything, everywhere."""
    return UserFactory(administrator=True)


@pytest.fixture
def resident_client(resident: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(resident)


@pytest.fixture
def administrator_client(administrator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(administrator)


@pytest.fixture
def staff_client(db: None, client_of: Callable[[User], Client]) -> Callable[..., Client]:
    """`staff_client(StaffRole.CSW, district)` → a client of staff with that role in that place."""

    def of_role(role: str, area: object) -> Client:
        return client_of(StaffAssignmentFactory(role=role, area=area).user)

    return of_role


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="only what another database may answer differently: tests that touch the database, and of each table of "
        "cases the first two, unless the test is marked `postgres`",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--second-database"):
        return
    asked = [item for item in items if _uses_database(item) and _is_asked_again(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asked)])
    items[:] = asked


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there now stays to the end: looking through it for garbage took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _is_asked_again(item: pytest.Item) -> bool:
    """Tests that send requests were seen on the first database; the walks over all addresses open each on both. The
    cases of a table differ in what is typed or who asks; the statements sent are those of the first ones."""
    if item.get_closest_marker("postgres") or item.path.stem.endswith("_races"):
        return True
    cases = getattr(item, "callspec", None)
    is_first = cases is None or max(cases.indices.values()) < 2
    return is_first and (item.path.name == WALK or not _sends_requests(item.path))


@functools.cache
def _sends_requests(path: Path) -> bool:
    return re.search(r"\b[Cc]lient\b", path.read_text(encoding="utf-8")) is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a cluster its tests are skipped, loudly; in CI only where they were left to their own part."""
    if item.get_closest_marker("cluster") and not os.environ.get("TEST_ELASTICSEARCH_URLS"):
        pytest.skip("NO SEARCH CLUSTER: python -m scripts.with_cluster pytest -m cluster")


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", []))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"})
