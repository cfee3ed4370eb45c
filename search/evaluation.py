"""How good the answers are, on judged questions, in an index of their own."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import SearchDocument
from .engines.base import Engine
from .indexing import index_many
from .registry import Term
from .request import SearchRequest
from .services import search_index
from .understanding.stations import station_terms
from .vocabulary import (
    WEEKDAYS,
    Vocabulary,
    feature_terms,
    free_terms,
    join_terms,
    place_terms,
    time_terms,
    weekday_group_terms,
    weekday_terms,
)

DEPTH = 50
_EVERYONE = re.compile(r"どなた|だれ|誰")
_TIMES = (("morning", 0, 12), ("afternoon", 12, 17), ("evening", 17, 24))
_TIME_LABELS = {"morning": "午前", "afternoon": "午後", "evening": "夜"}
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)\s*[〜～~-]\s*(\d{1,2}):(\d\d)")
_NO_BOOKING = re.compile(r"予約は?(?:不要|いりません)|申込不要")
_PLACE_FIELDS = (("district", 0), ("town", 1), ("area", 2), ("municipality", 3))


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the ids of everything that answers it."""

    question: str
    group: str
    relevant: frozenset[str]


def read_document(row: Mapping[str, Any]) -> SearchDocument:
    """A document from a row of a corpus file (fields as in the shared corpus; what is missing is empty)."""
    keywords: dict[str, tuple[str, ...]] = {
        name: (str(row[name]),) for name, _ in _PLACE_FIELDS if row.get(name)
    }
    keywords |= {name: tuple(map(str, row.get(name) or ())) for name in ("audience", "features", "weekdays")}
    if row.get("category"):
        keywords["category"] = (str(row["category"]),)
    if row.get("fee_yen") == 0:
        keywords["fee"] = ("free",)
    keywords["time"] = _times(str(row.get("schedule_text") or ""))
    if _NO_BOOKING.search(str(row.get("summary") or "")):
        keywords["join"] = ("open",)
    located = row.get("lat") is not None and row.get("lng") is not None
    return SearchDocument(
        id=str(row["id"]),
        type="resource",
        title=str(row.get("title") or ""),
        reading=str(row.get("kana") or ""),
        category=str(row.get("category") or ""),
        place=_join(row, "organization", "municipality", "area", "district", "district_kana", "town"),
        body=_join(row, "summary", "schedule_text", "audience", "features"),
        keywords=keywords,
        location=(float(row["lat"]), float(row["lng"])) if located else None,
    )


def _times(text: str) -> tuple[str, ...]:
    """Parts of the day that the first stretch of time in a timetable meets: 10:00～15:00 is morning and afternoon."""
    found = _CLOCK.search(text)
    if found is None:
        return ()
    start, end = int(found[1]) + int(found[2]) / 60, int(found[3]) + int(found[4]) / 60
    return tuple(name for name, first, last in _TIMES if start < last and end > first)


def _join(row: Mapping[str, Any], *names: str) -> str:
    values = (row.get(name) or "" for name in names)
    return "\n".join(" ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values)


def vocabulary_of(rows: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """The words a register with these rows would know: its places, kinds, audiences, features, weekdays."""
    return Vocabulary.of(_terms(list(rows)))


def _terms(rows: Sequence[Mapping[str, Any]]) -> Iterator[Term]:
    places = list(_places(rows))
    yield from places
    yield from station_terms(places)
    yield from weekday_terms(field="weekdays", values=WEEKDAYS)
    yield from weekday_group_terms(field="weekdays", workdays=WEEKDAYS[:5], weekend=WEEKDAYS[5:])
    yield from time_terms(field="time", labels=_TIME_LABELS)
    yield from free_terms(field="fee", value="free")
    yield from join_terms(field="join", value="open", label="予約がいらない")
    for value in sorted({str(row["category"]) for row in rows if row.get("category")}):
        for surface in dict.fromkeys((value, *re.split(r"[・、/]", value))):
            if len(surface) > 1:
                yield Term(surface=surface, field="category", value=value, label=value, kind="topic")
    for value in _values(rows, "features"):
        yield from feature_terms(field="features", value=value, label=value)
    for value in _values(rows, "audience"):
        if not _EVERYONE.search(value):
            yield Term(surface=value, field="audience", value=value, label=value, kind="audience")


def _places(rows: Sequence[Mapping[str, Any]]) -> Iterator[Term]:
    for name, rank in _PLACE_FIELDS:
        for value, kana in sorted({(str(row.get(name) or ""), _kana(row, name)) for row in rows}):
            if value and not value.startswith(("(", "（")):
                yield from place_terms(field=name, value=value, label=value, reading=kana, rank=rank)


def _kana(row: Mapping[str, Any], name: str) -> str:
    return str(row.get("district_kana") or "") if name == "district" else ""


def _values(rows: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return sorted({str(value) for row in rows for value in row.get(name) or ()})


def evaluate(
    rows: Sequence[Mapping[str, Any]],
    judged: Sequence[Judged],
    *,
    engine: Engine,
    progress: Callable[[int], object] | None = None,
) -> dict[str, Any]:
    """Index `rows` in a scratch index, ask everything, drop the index. Never touches the live index."""
    index = f"scratch-{secrets.token_hex(6)}"
    vocabulary = vocabulary_of(rows)
    try:
        engine.create(index)
        index_many(map(read_document, rows), index=index, engine=engine, progress=progress)
        engine.settle(index)
        results = {
            item.question: [hit.id for hit in _ask(item.question, engine, index, vocabulary)]
            for item in judged
        }
    finally:
        engine.drop(index)
    return {"engine": engine.name, "results": results, "metrics": metrics(judged, results)}


def _ask(question: str, engine: Engine, index: str, vocabulary: Vocabulary) -> Iterable[Any]:
    request = SearchRequest(text=question, page_size=DEPTH)
    return search_index(request, engine=engine, index=index, vocabulary=vocabulary).hits


def metrics(judged: Sequence[Judged], results: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """nDCG@10, recall@50, MRR (means over questions) and questions without an answer: all, and each group."""
    groups: dict[str, list[Judged]] = {}
    for item in judged:
        groups.setdefault(item.group, []).append(item)
    scores = _mean_scores(judged, results)
    return scores | {"groups": {name: _mean_scores(items, results) for name, items in sorted(groups.items())}}


def _mean_scores(judged: Sequence[Judged], results: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    count = max(1, len(judged))
    answers = [(item.relevant, list(results.get(item.question, ()))) for item in judged]
    return {
        "queries": len(judged),
        "ndcg@10": round(sum(ndcg(relevant, found) for relevant, found in answers) / count, 4),
        "recall@50": round(sum(recall(relevant, found) for relevant, found in answers) / count, 4),
        "mrr": round(sum(reciprocal_rank(relevant, found) for relevant, found in answers) / count, 4),
        "empty": sum(not found for _, found in answers),
    }


def ndcg(relevant: frozenset[str], found: Sequence[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with yes/no judgements."""
    gain = sum(1 / math.log2(rank + 2) for rank, id_ in enumerate(found[:depth]) if id_ in relevant)
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(depth, len(relevant))))
    return gain / ideal if ideal else 0.0


def recall(relevant: frozenset[str], found: Sequence[str], depth: int = DEPTH) -> float:
    """Share of what could be found in `depth` places that was found."""
    possible = min(depth, len(relevant))
    return len(relevant.intersection(found[:depth])) / possible if possible else 0.0


def reciprocal_rank(relevant: frozenset[str], found: Sequence[str]) -> float:
    """1 / rank of the first right answer; 0 without one."""
    return next((1 / rank for rank, id_ in enumerate(found, start=1) if id_ in relevant), 0.0)
