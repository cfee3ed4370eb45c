"""Several people at the same moment, each with a connection of their own, on a database that many may open.

The tests' own database lies in memory (SQLite) or in a transaction. A race gets a copy of it: a file opened as the
site opens its own, or a database beside it on the server. Nothing is left behind.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

ALIAS = "default"


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A migrated database of this test alone, which every thread may open."""
    with django_db_blocker.unblock():
        own = connections[ALIAS]
        shared = connections.settings[ALIAS]  # what new connections, of any thread, are made from
        before = dict(shared)
        is_file = own.vendor == "sqlite"
        copied = _file(tmp_path / "race.sqlite3") if is_file else _database_beside()
        shared.update(own.settings_dict | copied)
        del connections[ALIAS]
        try:
            yield
        finally:
            connections[ALIAS].close()
            shared.clear()
            shared.update(before)
            connections[ALIAS] = own
            if not is_file:
                _drop(copied["NAME"])


@pytest.fixture(autouse=True)
def _django_db_helper() -> None:
    """In the place of pytest-django's, which would hold the database to be copied in a transaction."""


def _file(path: Path) -> dict[str, Any]:
    target = connection.Database.connect(path)
    _kept["memory"].backup(target)
    target.execute(
        "PRAGMA journal_mode=WAL"
    )  # as the site's file is: nobody may wait while another turns it on
    target.close()
    return {"NAME": str(path), "OPTIONS": dict(settings.SQLITE_OPTIONS)}


#: The database as migrations left it. A test that commits empties every table afterwards, what migrations wrote too.
_kept: dict[str, Any] = {}


def keep_as_migrated() -> None:
    """Called once, before the first test: what races get a copy of."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _kept["memory"] = connection.Database.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept["memory"])
        return
    _kept["name"] = f"{connection.settings_dict['NAME']}_kept"
    _copy_database(connection.settings_dict["NAME"], _kept["name"])


def forget_kept() -> None:
    """Called once, after the last test."""
    if "memory" in _kept:
        _kept.pop("memory").close()
    if "name" in _kept:
        _drop(_kept.pop("name"))


def _database_beside() -> dict[str, Any]:
    copy = f"{connection.settings_dict['NAME']}_race"
    _copy_database(_kept["name"], copy)
    return {"NAME": copy}


def _copy_database(name: str, copy: str) -> None:
    connection.close()
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')


def _drop(name: str) -> None:
    with _server() as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _server() -> Any:
    here = connection.settings_dict
    return connection.Database.connect(
        dbname="postgres",
        autocommit=True,
        host=here["HOST"],
        port=here["PORT"],
        user=here["USER"],
        password=here["PASSWORD"],
    )


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run each action in a thread of its own, started together. What it returned, or raised, in the same order."""
    outcomes: list[Any] = [None] * len(actions)
    gate = threading.Barrier(len(actions))

    def run(number: int, action: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=60)
            outcomes[number] = action()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
