"""Plan and request → one SQL statement that gives hits, exact total and facets together."""

# ruff: noqa: S608 - table and column names are ours; every value is a parameter
from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..plan import SLOTS, Group, Literal, Plan, Want
from ..request import SearchRequest, Sort
from .dialects import Dialect

EARTH_M = 6_371_008.8
EXACT_TITLE = 40.0
_COLUMNS = "abcde"


class Statement:
    """SQL text and its parameters, in the order they stand in the text."""

    def __init__(self) -> None:
        self.ctes: list[str] = []
        self.params: list[Any] = []

    def with_ctes(self, tail: str) -> str:
        """The statement that ends in `tail`."""
        return f"WITH {', '.join(self.ctes)} {tail}" if self.ctes else tail


def search_statement(
    plan: Plan, request: SearchRequest, dialect: Dialect, *, index: str, today: date
) -> tuple[str, list[Any]]:
    """Rows (kind, field, value, n, score): one 'total', the page's 'hit's (n: row id, value: rank), 'facet's."""
    statement = Statement()
    _candidates(statement, plan, dialect)
    own = [name for name in request.facets if request.filters.get(name)]
    _matches(statement, plan, request, own, dialect, index=index, today=today)
    everything = " AND ".join(f"own{number} = 1" for number in range(len(own))) or "1 = 1"
    parts = [
        f"SELECT 'total' AS kind, '' AS field, '' AS value, COUNT(*) AS n, 0.0 AS score, 0 AS place "
        f"FROM m WHERE {everything}",
        f"SELECT * FROM (SELECT 'hit' AS kind, '' AS field, '' AS value, id AS n, score, "
        f"ROW_NUMBER() OVER (ORDER BY {_order(request, dialect)}) AS place FROM m WHERE {everything} "
        f"ORDER BY place LIMIT %s OFFSET %s) AS page",
    ]
    statement.params += [request.page_size, request.offset]
    others = [name for name in request.facets if name not in own]
    if others:
        parts.append(_facet(everything, others))
        statement.params += others
    for number, name in enumerate(own):
        rest = " AND ".join(f"own{other} = 1" for other in range(len(own)) if other != number) or "1 = 1"
        parts.append(_facet(rest, [name]))
        statement.params.append(name)
    return statement.with_ctes(" UNION ALL ".join(parts)), statement.params


def _facet(condition: str, names: list[str]) -> str:
    return (
        "SELECT 'facet' AS kind, k.field, k.value, COUNT(*) AS n, 0.0 AS score, 0 AS place FROM m "
        f"CROSS JOIN search_indexedkeyword k WHERE k.document_id = m.id AND {condition} "
        f"AND k.field IN ({_marks(names)}) GROUP BY k.field, k.value"
    )


def group_counts_statement(
    plan: Plan, request: SearchRequest, dialect: Dialect, *, index: str
) -> tuple[str, list[Any]]:
    """Rows (group number, documents that hold it within the filters)."""
    statement = Statement()
    parts = []
    for number, group in enumerate(plan.groups):
        statement.ctes.append(f"g{number} AS ({_group(group, dialect, statement.params)})")
    tail_params: list[Any] = []
    for number in range(len(plan.groups)):
        where = _where(request, [], dialect, index, tail_params)
        parts.append(
            f"SELECT {number} AS number, COUNT(*) AS n FROM g{number} "
            f"JOIN search_indexeddocument d ON d.id = g{number}.id WHERE {where}"
        )
    return statement.with_ctes(" UNION ALL ".join(parts)), statement.params + tail_params


def explain_statement(plan: Plan, ids: list[int], dialect: Dialect) -> tuple[str, list[Any]]:
    """Rows (group number, row id, score of the group there)."""
    statement = Statement()
    for number, group in enumerate(plan.groups):
        statement.ctes.append(f"g{number} AS ({_group(group, dialect, statement.params)})")
    parts = [
        f"SELECT {number}, id, s FROM g{number} WHERE id IN ({_marks(ids)})"
        for number in range(len(plan.groups))
    ]
    return statement.with_ctes(" UNION ALL ".join(parts)), statement.params + ids * len(parts)


def _candidates(statement: Statement, plan: Plan, dialect: Dialect) -> None:
    """CTE `c` (id, s): documents that hold every group, or the question as one piece of text."""
    if not plan.groups:
        return
    for number, group in enumerate(plan.groups):
        statement.ctes.append(f"g{number} AS ({_group(group, dialect, statement.params)})")
    needed = [number for number, group in enumerate(plan.groups) if not group.optional]
    joins = " ".join(
        f"{'LEFT ' * group.optional}JOIN g{number} ON g{number}.id = g{needed[0]}.id"
        for number, group in enumerate(plan.groups)
        if number != needed[0]
    )
    total = " + ".join(f"COALESCE(g{number}.s, 0.0)" for number in range(len(plan.groups)))
    sources = [f"SELECT g{needed[0]}.id AS id, {total} AS s FROM g{needed[0]} {joins}"]
    sources += [
        _literal(literal, dialect, statement.params, "SELECT d.id AS id, {title} + {body} AS s")
        for literal in plan.whole
    ]
    statement.ctes.append(
        f"c AS (SELECT id, SUM(s) AS s FROM ({' UNION ALL '.join(sources)}) AS u GROUP BY id)"
    )


def _group(group: Group, dialect: Dialect, params: list[Any]) -> str:
    finds = [_want(want, dialect, params) for want in group.wants]
    columns = "{title} AS a, 0.0 AS b, 0.0 AS c, {body} AS d, 0.0 AS e"
    finds += [
        _literal(literal, dialect, params, f"SELECT d.id AS id, {columns}") for literal in group.literals
    ]
    best = " + ".join(f"MAX({column})" for column in _COLUMNS[:SLOTS])
    return (
        f"SELECT id, {best} AS s FROM ({' UNION ALL '.join(find for find in finds if find)}) AS u GROUP BY id"
    )


def _want(want: Want, dialect: Dialect, params: list[Any]) -> str:
    expression = dialect.expression(want.any_of)
    if not expression:
        return ""
    params.append(expression)
    scores = ", ".join(
        f"{want.score if slot == want.slot else 0.0} AS {column}"
        for slot, column in enumerate(_COLUMNS[:SLOTS])
    )
    return f"SELECT t.id AS id, {scores} FROM ({dialect.matching()}) AS t"


def _literal(literal: Literal, dialect: Dialect, params: list[Any], select: str) -> str:
    """Rows whose grams are all there, verified on the text itself; the first line of it is the title."""
    column = "d.readings" if literal.readings else "d.plain"
    position = dialect.contains.format(column=column)
    in_title = f"{position} < {column}_title_end"
    title, body = f"CASE WHEN {in_title} THEN {literal.title_score} ELSE 0.0 END", "0.0"
    params.append(literal.needle)
    if not literal.title_only:
        body = f"CASE WHEN {in_title} THEN 0.0 ELSE {literal.score} END"
        params.append(literal.needle)
    params += [dialect.expression([tuple((gram,) for gram in literal.grams)]), literal.needle]
    sql = (
        f"{select.format(title=title, body=body)} FROM ({dialect.matching()}) AS t "
        f"JOIN search_indexeddocument d ON d.id = t.id WHERE {position} > 0"
    )
    if literal.title_only:
        params.append(literal.needle)
        sql += f" AND {in_title}"
    return sql


def _matches(
    statement: Statement,
    plan: Plan,
    request: SearchRequest,
    own: list[str],
    dialect: Dialect,
    *,
    index: str,
    today: date,
) -> None:
    """CTE `m`: candidates within the filters, with what they are ordered by and one flag a filtered facet."""
    params = statement.params
    columns = [
        "d.id AS id",
        "d.verified_on AS verified_on",
        "d.sort_key AS sort_key",
        "d.document_id AS name",
    ]
    score = "c.s" if plan.groups else "0.0"
    if plan.title_keys and plan.groups:
        score += f" + CASE WHEN d.title_key IN ({_marks(plan.title_keys)}) THEN {EXACT_TITLE} ELSE 0.0 END"
        params += plan.title_keys
    columns.append(f"{score} AS score")
    columns.append(f"{_distance(request, params)} AS distance")
    columns.append(_next_day(request, params, today))
    for number, name in enumerate(own):
        columns.append(
            f"CASE WHEN {_has_keyword(name, request.filters[name], params)} THEN 1 ELSE 0 END AS own{number}"
        )
    source = "c JOIN search_indexeddocument d ON d.id = c.id" if plan.groups else "search_indexeddocument d"
    where = _where(request, own, dialect, index, params)
    statement.ctes.append(f"m AS MATERIALIZED (SELECT {', '.join(columns)} FROM {source} WHERE {where})")


def _where(request: SearchRequest, own: list[str], dialect: Dialect, index: str, params: list[Any]) -> str:
    parts = ["d.index = %s".replace("d.index", 'd."index"')]
    params.append(index)
    if request.types:
        parts.append(f"d.type IN ({_marks(request.types)})")
        params += request.types
    for name, values in request.filters.items():
        if name not in own:
            parts.append(_has_keyword(name, values, params))
    if request.days:
        parts.append(
            "EXISTS (SELECT 1 FROM search_indexeddate o WHERE o.document_id = d.id AND o.day BETWEEN %s AND %s)"
        )
        params += request.days
    if request.box:
        south, west, north, east = request.box
        params += [south, north, west, east]
        parts.append("d.lat BETWEEN %s AND %s AND d.lng BETWEEN %s AND %s")
    if request.near and request.radius_m:
        parts.append(_box(request, params))
        parts.append(f"{_distance(request, params)} <= {float(request.radius_m)}")
    return " AND ".join(parts)


def _has_keyword(name: str, values: tuple[str, ...], params: list[Any]) -> str:
    params += [name, *values]
    return (
        "d.id IN (SELECT k.document_id FROM search_indexedkeyword k "
        f"WHERE k.field = %s AND k.value IN ({_marks(values)}))"
    )


def _box(request: SearchRequest, params: list[Any]) -> str:
    lat, lng = request.near or (0.0, 0.0)
    height = math.degrees((request.radius_m or 0) / EARTH_M) * 1.01
    width = min(180.0, height / max(0.01, math.cos(math.radians(lat))))
    params += [lat - height, lat + height, lng - width, lng + width]
    return "d.lat BETWEEN %s AND %s AND d.lng BETWEEN %s AND %s"


def _distance(request: SearchRequest, params: list[Any]) -> str:
    """Metres by the haversine formula; NULL without a place on either side."""
    if request.near is None:
        return "NULL"
    lat, lng = request.near
    params += [lat, math.cos(math.radians(lat)), lng]
    return (
        f"{2 * EARTH_M} * ASIN(SQRT(POWER(SIN(RADIANS(d.lat - %s) / 2), 2) "
        "+ %s * COS(RADIANS(d.lat)) * POWER(SIN(RADIANS(d.lng - %s) / 2), 2)))"
    )


def _next_day(request: SearchRequest, params: list[Any], today: date) -> str:
    if request.sort not in (Sort.RELEVANCE, Sort.NEXT_DATE):
        return "NULL AS next_day"
    params.append(max(today, request.days[0]) if request.days else today)
    return (
        "(SELECT MIN(o.day) FROM search_indexeddate o WHERE o.document_id = d.id AND o.day >= %s) AS next_day"
    )


def _order(request: SearchRequest, dialect: Dialect) -> str:
    """Among equals the nearer, then what is open sooner, then what was confirmed lately. Ends in the document's own
    name, so that pages never repeat or skip a hit."""
    name = f"sort_key{dialect.by_code_point}, name{dialect.by_code_point}"
    ties = f"verified_on IS NULL, verified_on DESC, {name}"
    near = "distance IS NULL, distance, " if request.near else ""
    orders = {
        Sort.RELEVANCE: f"score DESC, {near}next_day IS NULL, next_day, {ties}",
        Sort.DISTANCE: f"{near}score DESC, {ties}",
        Sort.NEXT_DATE: f"next_day IS NULL, next_day, {near}score DESC, {ties}",
        Sort.TITLE: name,
    }
    return orders[Sort(request.sort)]


def _marks(values: Iterable[object]) -> str:
    return ", ".join("%s" for _ in values)
