"""Whether a piece of text really stands in documents whose pairs of characters say that it may."""

# ruff: noqa: S608 - table and column names and numbers are ours
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db import connection

from ..plan import Literal
from .ragged import Array


def read_up(doubts: Sequence[tuple[Literal, Array]], rows: Array) -> list[Array]:
    """For each (literal, places): a mask over these places. One query for all, none when there is nothing to read."""
    parts, needles = [], []
    for number, (literal, places) in enumerate(doubts):
        if len(places):
            column = "readings" if literal.readings else "plain"
            ids = ", ".join(map(str, rows[places].tolist()))
            parts.append(
                f"SELECT {number}, id FROM search_indexeddocument WHERE id IN ({ids}) AND {_position(column)} > 0"
            )
            needles.append(literal.needle)
    held: dict[int, list[int]] = {}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), needles)
            for number, row in cursor.fetchall():
                held.setdefault(number, []).append(row)
    return [np.isin(rows[places], held.get(number, [])) for number, (_, places) in enumerate(doubts)]


def _position(column: str) -> str:
    return f"strpos({column}, %s)" if connection.vendor == "postgresql" else f"instr({column}, %s)"
