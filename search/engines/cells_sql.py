"""The map's points counted by tile, in one SQL statement for SQLite and PostgreSQL."""

# ruff: noqa: S608 - table and column names are ours; every value is a parameter
from __future__ import annotations

from typing import Any

from ..plan import Plan
from ..request import SearchRequest
from ..tiles import coarser
from .dialects import Dialect
from .sql import Statement, _candidates, _where


def cells_statement(
    plan: Plan, request: SearchRequest, dialect: Dialect, *, index: str, zoom: int, limit: int
) -> tuple[str, list[Any]]:
    """Rows (documents of the tile, mean lat, mean lng, lowest row id, documents of all tiles), most first.

    A document without a point has no tile and is not counted.
    """
    statement = Statement()
    _candidates(statement, plan, dialect)
    source = "c JOIN search_indexeddocument d ON d.id = c.id" if plan.groups else "search_indexeddocument d"
    where = _where(request, [], dialect, index, statement.params)
    statement.ctes.append(
        f"t AS (SELECT d.tile >> {coarser(zoom)} AS cell, COUNT(*) AS n, AVG(d.lat) AS lat, AVG(d.lng) AS lng, "
        f"MIN(d.id) AS one FROM {source} WHERE {where} AND d.tile IS NOT NULL GROUP BY cell)"
    )
    statement.params.append(limit)
    tail = "SELECT n, lat, lng, one, SUM(n) OVER () FROM t ORDER BY n DESC, cell LIMIT %s"
    return statement.with_ctes(tail), statement.params
