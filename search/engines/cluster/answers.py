"""What the cluster answers, as the contract has it. An answer that is not whole is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from ...request import SearchRequest
from ...tiles import tile_number
from ..base import Answer, Cell, Cells, DocumentKey, EngineUnavailable, Found
from .queries import UNIT

P = ParamSpec("P")
T = TypeVar("T")
Body = Mapping[str, Any]


def _as_promised(read: Callable[P, T]) -> Callable[P, T]:
    """Whatever an answer lacks means that the engine cannot be relied on now."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise EngineUnavailable(
                f"the search cluster's answer is malformed: {type(error).__name__}"
            ) from error

    return reading


@_as_promised
def whole(body: Body) -> Body:
    """The answer, if every part of the index took part in it."""
    shards = body["_shards"]
    if body["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
        raise EngineUnavailable(
            f"only {shards['successful']} of {shards['total']} parts of the search index answered"
        )
    return body


@_as_promised
def read_answer(
    body: Body, request: SearchRequest, day: date, parts: Mapping[str, Mapping[str, float]]
) -> Answer:
    """A page. `parts`: scores by group for each of the cluster's ids."""
    total = body["hits"]["total"]
    if total["relation"] != "eq":
        raise EngineUnavailable("the search cluster did not count to the end")
    found = tuple(_found(hit, day, parts.get(hit["_id"], {})) for hit in body["hits"]["hits"])
    aggregations = body.get("aggregations") or {}
    facets = {name: _facet(aggregations[f"facet{number}"]) for number, name in enumerate(request.facets)}
    return Answer(found, int(total["value"]), facets)


def _found(hit: Body, day: date, parts: Mapping[str, float]) -> Found:
    source = hit["_source"]
    days = (date.fromisoformat(text) for text in source.get("dates", ()))
    return Found(
        type=source["type"],
        id=source["id"],
        score=(hit["_score"] or 0.0) / UNIT,
        title=source["title"],
        card=source.get("card", {}),  # some servers leave out what is empty
        location=(source["lat"], source["lng"]) if "lat" in source else None,
        next_date=min((other for other in days if other >= day), default=None),
        parts=parts,
    )


def _facet(bucket: Body) -> tuple[tuple[str, int], ...]:
    counted = bucket.get("values", bucket)
    if counted["sum_other_doc_count"] or counted["doc_count_error_upper_bound"]:
        raise EngineUnavailable("a facet has more values than the search cluster counts exactly")
    values = ((item["key"], item["doc_count"]) for item in counted["buckets"])
    return tuple(sorted(values, key=lambda pair: (-pair[1], pair[0])))


@_as_promised
def read_group_counts(body: Body, count: int) -> tuple[int, ...]:
    """Documents of each group."""
    buckets = body["aggregations"]["groups"]["buckets"]
    return tuple(int(buckets[str(number)]["doc_count"]) for number in range(count))


@_as_promised
def read_parts(bodies: Sequence[Body], surfaces: Sequence[str]) -> dict[str, dict[str, float]]:
    """Scores by group for each of the cluster's ids."""
    parts: dict[str, dict[str, float]] = {}
    for body, surface in zip(bodies, surfaces, strict=True):
        for hit in whole(body)["hits"]["hits"]:
            parts.setdefault(hit["_id"], {})[surface] = hit["_score"] / UNIT
    return parts


@_as_promised
def read_cells(body: Body, zoom: int) -> Cells:
    """The map's tiles, the fullest first."""
    buckets = body["aggregations"]["tiles"]["buckets"]
    cells = [_cell(bucket) for bucket in buckets]
    cells.sort(key=lambda cell: (-cell.count, tile_number(cell.lat, cell.lng, zoom)))
    return Cells(int(body["hits"]["total"]["value"]), tuple(cells))


def _cell(bucket: Body) -> Cell:
    count, lat, lng = bucket["doc_count"], bucket["lat"]["value"], bucket["lng"]["value"]
    if count > 1:
        return Cell(count, lat, lng)
    source = bucket["one"]["hits"]["hits"][0]["_source"]
    return Cell(1, lat, lng, source["type"], source["id"], source["title"], source.get("card", {}))


@_as_promised
def read_completions(body: Body) -> list[tuple[str, str, str, str, str]]:
    """Rows of (form, type, id, title, sort key)."""
    return [
        (bucket["key"], source["type"], source["id"], source["title"], source["sort_key"])
        for bucket in body["aggregations"]["forms"]["buckets"]
        for source in (hit["_source"] for hit in bucket["some"]["hits"]["hits"])
    ]


@_as_promised
def read_fingerprints(body: Body) -> Iterator[tuple[DocumentKey, str]]:
    """Keys and fingerprints, in the order of the keys."""
    return iter(
        [((hit["sort"][0], hit["sort"][1]), hit["fields"]["fingerprint"][0]) for hit in body["hits"]["hits"]]
    )
