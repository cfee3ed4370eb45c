"""A database of one's own for a measurement: nothing live is touched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

APPS = ("contenttypes", "search", "wagtailsearch")


@contextmanager
def scratch_database() -> Iterator[Path | None]:
    """On SQLite: an empty file in a temporary folder stands for the default database until the end.

    On PostgreSQL the database stays (None is given): measurements there use an index name of their own.
    """
    debug, settings.DEBUG = settings.DEBUG, False  # no list of all queries
    try:
        if connection.vendor != "sqlite":
            yield None
            return
        with (
            tempfile.TemporaryDirectory(prefix="bench-search-") as folder,
            _moved_to(Path(folder) / "bench.sqlite3") as file,
        ):
            yield file
    finally:
        settings.DEBUG = debug


@contextmanager
def _moved_to(file: Path) -> Iterator[Path]:
    live = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    try:
        for app in APPS:
            call_command("migrate", app, verbosity=0, interactive=False)
        yield file
    finally:
        connection.close()
        connection.settings_dict["NAME"] = live


def size_mb(file: Path | None) -> float:
    """Megabytes of the scratch database with all it holds, its log written back."""
    if file is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return round(cursor.fetchone()[0] / 1e6, 1)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return round(file.stat().st_size / 1e6, 1)
