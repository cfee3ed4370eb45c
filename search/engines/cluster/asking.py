"""Requests as the cluster takes them: filters, order, facets, cells, completions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Bool, Exists, GeoDistance, MatchAll, Prefix, Query, Range, Term, Terms

from ...plan import Plan
from ...request import SearchRequest, Sort
from ..completion_sql import FORMS, SAME
from .queries import group_query, plan_query

CARD = ("type", "id", "title", "card", "lat", "lng", "dates")
MOST_VALUES = 30_000  # of a facet, and tiles of a map: a request may have 65,535 buckets in all
MOST_TILES = 20_000
_SIGNS = re.compile(r"([^\w])", re.ASCII)


def first_day(request: SearchRequest) -> date:
    """The day that 'next' counts from."""
    today = request.today or timezone.localdate()
    return max(today, request.days[0]) if request.days else today


def page_search(plan: Plan, request: SearchRequest) -> Search:
    """A page of hits with the exact total and facets. Filters on counted fields come after counting."""
    own = [name for name in request.facets if request.filters.get(name)]
    search = Search().query(_matching(plan, request, own)).extra(track_total_hits=True, track_scores=True)
    search = search[request.offset : request.offset + request.page_size].source(list(CARD))
    search = search.sort(*_order(plan, request))
    if own:
        search = search.post_filter(Bool(filter=[_keyword(name, request) for name in own]))
    for number, name in enumerate(request.facets):
        others = [other for other in own if other != name]
        counted = A("terms", field=f"keywords.{name}", size=MOST_VALUES)
        if others:
            within = A("filter", filter=Bool(filter=[_keyword(other, request) for other in others]))
            search.aggs.bucket(f"facet{number}", within).bucket("values", counted)
        else:
            search.aggs.bucket(f"facet{number}", counted)
    return search


def groups_search(plan: Plan, request: SearchRequest) -> Search:
    """Counts, for each group alone, what holds it within the filters."""
    search = Search().query(Bool(filter=_filters(request))).extra(size=0, track_total_hits=False)
    filters = {str(number): group_query(group).to_dict() for number, group in enumerate(plan.groups)}
    search.aggs.bucket("groups", A("filters", filters=filters))
    return search


def parts_searches(plan: Plan, ids: Sequence[str]) -> list[Search]:
    """For each group, its score for each of these documents (the cluster's ids)."""
    among = Terms("_id", list(ids))
    return [
        Search().query(Bool(must=[group_query(group)], filter=[among])).extra(size=len(ids), _source=False)
        for group in plan.groups
    ]


def cells_search(plan: Plan, request: SearchRequest, *, zoom: int, limit: int) -> Search:
    """Counts everything with a point by tiles of the map; one document alone comes along."""
    matching = Bool(filter=[_matching(plan, request, []), Exists(field="lat")])
    search = Search().query(matching).extra(size=0, track_total_hits=True)
    tiles = A("geotile_grid", field="point", precision=zoom, size=limit, shard_size=MOST_TILES)
    tiles.metric("lat", A("avg", field="lat")).metric("lng", A("avg", field="lng"))
    tiles.metric("one", A("top_hits", size=1, _source=list(CARD)))
    search.aggs.bucket("tiles", tiles)
    return search


def completion_search(typed: str, types: Sequence[str]) -> Search:
    """The first forms of the index that begin with what is typed, each with some of its documents."""
    filters: list[Query] = [Prefix("completions", {"value": typed})]
    if types:
        filters.append(Terms("type", list(types)))
    search = Search().query(Bool(filter=filters)).extra(size=0, track_total_hits=False)
    forms = A("terms", field="completions", include=f"{_SIGNS.sub(_literally, typed)}.*", size=FORMS)
    forms = A("terms", **{**forms.to_dict()["terms"], "order": {"_key": "asc"}, "shard_size": FORMS})
    order: list[Any] = ["type", "id"]
    forms.metric("some", A("top_hits", size=SAME, sort=order, _source=["type", "id", "title", "sort_key"]))
    search.aggs.bucket("forms", forms)
    return search


def fingerprints_search(after: Sequence[str] | None, size: int) -> Search:
    """The next documents in the order of their keys."""
    search = Search().query(MatchAll()).sort("type", "id").extra(size=size, track_total_hits=False)
    search = search.extra(_source=False, docvalue_fields=["fingerprint"])
    return search.extra(search_after=list(after)) if after else search


def _literally(match: re.Match[str]) -> str:
    """A sign that stands for itself in the server's patterns; letters beyond ASCII need nothing."""
    return f"\\{match.group()}" if match.group().isascii() else match.group()


def _matching(plan: Plan, request: SearchRequest, own: Sequence[str]) -> Query:
    filters = _filters(request, own)
    if not plan.groups:
        return Bool(filter=filters or [MatchAll()])
    return Bool(must=[plan_query(plan)], filter=filters)


def _filters(request: SearchRequest, own: Sequence[str] = ()) -> list[Query]:
    filters: list[Query] = [_keyword(name, request) for name in request.filters if name not in own]
    if request.types:
        filters.append(Terms("type", list(request.types)))
    if request.days:
        first, last = request.days
        filters.append(Range("dates", {"gte": first.isoformat(), "lte": last.isoformat()}))
    if request.box:
        south, west, north, east = request.box
        filters += [Range("lat", {"gte": south, "lte": north}), Range("lng", {"gte": west, "lte": east})]
    if request.near and request.radius_m:
        filters.append(
            GeoDistance("point", _point(request.near), distance=f"{request.radius_m}m", distance_type="arc")
        )
    return filters


def _keyword(name: str, request: SearchRequest) -> Query:
    values = list(request.filters[name])
    return (
        Terms(f"keywords.{name}", values)
        if len(values) > 1
        else Term(f"keywords.{name}", {"value": values[0]})
    )


def _point(place: tuple[float, float]) -> dict[str, float]:
    return {"lat": place[0], "lon": place[1]}


def _order(plan: Plan, request: SearchRequest) -> list[Any]:
    """The same order as every engine (`sql._order`): without a place, a day or a date last among equals."""
    score: list[Any] = [{"_score": {"order": "desc"}}] if plan.groups else []
    near: list[Any] = [_by_distance(request.near)] if request.near else []
    soon: list[Any] = [_by_next_day(first_day(request))]
    name: list[Any] = ["sort_key", "id", "type"]
    ties = [{"verified_on": {"order": "desc", "missing": "_last"}}, *name]
    orders = {
        Sort.RELEVANCE: [*score, *near, *soon, *ties],
        Sort.DISTANCE: [*near, *score, *ties],
        Sort.NEXT_DATE: [*soon, *near, *score, *ties],
        Sort.TITLE: name,
    }
    return orders[Sort(request.sort)]


def _by_distance(place: tuple[float, float]) -> dict[str, Any]:
    return {"_geo_distance": {"point": _point(place), "order": "asc", "unit": "m", "distance_type": "arc"}}


def _by_next_day(day: date) -> dict[str, Any]:
    later = {"range": {"days.day": {"gte": day.isoformat()}}}
    nested = {"path": "days", "filter": later}
    return {"days.day": {"order": "asc", "mode": "min", "missing": "_last", "nested": nested}}
