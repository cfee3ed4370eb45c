"""Plain rows into a table: what `bulk_create` does, without making, checking and compiling a model object each.

Dates of a year are fifty rows an entry; with model objects they took two thirds of the time of an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

COPIED = 50  # from so many rows on PostgreSQL takes them as one stream


def insert_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert `rows`, each with the values of `fields` in that order, as the database takes them.

    Values are not prepared: dates and times go through `connection.ops.adapt_datefield_value` first where the
    database wants text, and fields with defaults have to be named. Sends no signals and returns no keys.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    named: list[Any] = [model._meta.get_field(name) for name in fields]
    columns = ", ".join(quote(item.column) for item in named)
    table = quote(model._meta.db_table)
    if connection.vendor == "postgresql" and len(rows) >= COPIED:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names of ours


def next_ids(model: type[Model], count: int) -> list[int]:
    """`count` ascending row ids for `insert_rows`, never given before. On SQLite: inside the writing transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return sorted(id_ for (id_,) in cursor.fetchall())
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))
