"""Rebuilds while others write, killed in the middle and repeated, in real processes on a real database file or server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.conftest import ROOT

# Transactional, because a database in use cannot be copied; of the tests' own only `search` is emptied afterwards.
pytestmark = [
    pytest.mark.django_db(transaction=True, available_apps=["search"]),
    pytest.mark.postgres,
]

SLICES = 4
SETTLED_SECONDS = 60  # the issue's own figure: after trouble the index equals the database within it


class Site:
    """A site of its own, of several processes."""

    def __init__(self, database_url: str, folder: Path, engine: str, cluster_urls: str) -> None:
        self.engine = engine
        self.running: list[subprocess.Popen[str]] = []
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DEBUG": "0",
            "DATABASE_URL": database_url,
            "VAR_DIR": str(folder),
            "SEARCH_ENGINE": engine,
            "ELASTICSEARCH_URLS": cluster_urls,
            "ELASTICSEARCH_PREFIX": "tsunagu-restless",
            "PYTHONWARNINGS": "ignore",
            "LOG_LEVEL": "ERROR",
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self._environment, start_new_session=True, **pipes
        )
        self.running.append(process)
        return process

    def work(self, call: str) -> subprocess.Popen[str]:
        """A process that does `restless.{call}`."""
        return self.start(
            "-c", f"import django; django.setup(); from tests.search import restless; restless.{call}"
        )

    def manage(self, *arguments: str) -> tuple[int, str]:
        process = self.start("manage.py", *arguments)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def watch(self) -> subprocess.Popen[str]:
        worker = self.start("manage.py", "process_search_outbox", "--watch", "--interval", "0.2")
        wait_for(worker, "Keeping")
        return worker

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert any(word in line for line in process.stdout), f"ended without {word!r}"


def told(process: subprocess.Popen[str]) -> dict[str, int]:
    """Ask a process to end; what it said at last."""
    output, _ = process.communicate("\n", timeout=300)
    assert process.returncode == 0
    result: dict[str, int] = json.loads(output.splitlines()[-1])
    return result


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database that processes can share: a copy of the tests' own."""
    if connection.vendor == "sqlite":
        yield _copied_file(tmp_path / "site.sqlite3")
    else:
        yield from _copied_server_database()


def _copied_file(path: Path) -> str:
    sqlite3 = connection.Database
    connection.ensure_connection()
    target = sqlite3.connect(path)
    connection.connection.backup(target)
    target.close()
    return f"sqlite:///{path}"


def _copied_server_database() -> Iterator[str]:
    here = connection.settings_dict
    name, copy = here["NAME"], f"{here['NAME']}_restless"
    connection.close()
    address = {"host": here["HOST"], "port": here["PORT"], "user": here["USER"], "password": here["PASSWORD"]}
    with connection.Database.connect(dbname="postgres", autocommit=True, **address) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        try:
            yield f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{copy}"
        finally:
            server.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.cluster)])
def site(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Site]:
    """Two thousand groups, indexed; somebody writes and somebody asks, all the time."""
    site = Site(database_url, tmp_path, request.param, os.environ.get("TEST_ELASTICSEARCH_URLS", ""))
    try:
        filled = told(site.work(f"fill({SLICES})"))
        assert filled["filled"] > 0
        yield site
    finally:
        site.end()


def test_rebuilds_under_writes_lose_nothing_and_leave_no_hole(site):
    worker = site.watch()
    asker, writer = site.work("ask()"), site.work("write()")
    wait_for(asker, "asking")

    killed = site.work(f"build({site.engine!r})")
    for _ in range(SLICES // 2):
        wait_for(killed, "slice")
    killed.kill()
    worker.kill()  # with the lease in hand, perhaps
    second_worker = site.watch()
    assert told(site.work(f"build({site.engine!r})"))["built"] > 0

    assert told(writer)["writes"] > 0
    asked = told(asker)
    assert asked["least"] > SLICES, asked
    assert _settles(site)
    second_worker.terminate()
    assert second_worker.wait(60) == 0


def _settles(site: Site) -> bool:
    """Whether all indexes come to equal the database."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while True:
        status, output = site.manage("check_search_index")
        if status == 0 or time.monotonic() > deadline:
            assert status == 0, output[-2000:]
            return True
