"""What the database of this run can keep."""

from __future__ import annotations

from django.db import connection


def storable(text: str) -> str:
    """`text`, on PostgreSQL without the NUL it refuses; SQLite keeps it, and so old rows may hold it."""
    return text.replace("\x00", "") if connection.vendor == "postgresql" else text
