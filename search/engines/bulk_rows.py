"""Plain rows into a table: what `bulk_create` does, without making, checking and compiling a model object each.

Dates of a year are fifty rows an entry; with model objects they took two thirds of the time of an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


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
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
