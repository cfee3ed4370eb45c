"""SQLite as migrations leave it, kept from one run of the tests to the next.

Migrating takes most of the time of a short run. What it made is kept beside the other scratch files under a name made
of every migration and of what is installed, and copied into the memory of the next process that would make the same.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import inspect
import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from unittest import mock

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader


@contextlib.contextmanager
def migrating_once(folder: Path) -> Iterator[None]:
    """While it lasts, `migrate` on a SQLite database in memory is a copy where one is in `folder`."""
    migrate_really = migrate.Command.handle

    def handle(command: migrate.Command, *args: Any, **options: Any) -> Any:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            return migrate_really(command, *args, **options)
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{_name()}.sqlite3"
        connection.ensure_connection()
        with _alone(folder / "lock"):
            if kept.exists():
                with contextlib.closing(sqlite3.connect(kept)) as source:
                    source.backup(connection.connection)
                return None
            migrate_really(command, *args, **options)
            _keep(connection.connection, kept)
        return None

    with mock.patch.object(migrate.Command, "handle", handle):
        yield


def _name() -> str:
    """One for every state of the migrations, of what is installed, and of the models that permissions are named after."""
    told = hashlib.sha256()
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(f"{app}.{name}".encode())
        told.update(Path(inspect.getfile(type(migration))).read_bytes())
    for installed in sorted(f"{row.name}=={row.version}" for row in metadata.distributions()):
        told.update(installed.encode())
    for model in apps.get_models():
        told.update(f"{model._meta.label} {model._meta.verbose_name} {model._meta.permissions}".encode())
    return told.hexdigest()[:20]


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _keep(memory: sqlite3.Connection, kept: Path) -> None:
    for old in kept.parent.glob("*.sqlite3*"):
        old.unlink()
    half = kept.with_suffix(".sqlite3-half")
    with contextlib.closing(sqlite3.connect(half)) as target:
        memory.backup(target)
    half.rename(kept)
