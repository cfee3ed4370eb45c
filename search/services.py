"""The one entry point for asking: `search(SearchRequest(text="からすやま まーじゃん"))`."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from .asking import settle
from .dictionary import Dictionary, current_dictionary
from .distances import metres
from .engines.base import Engine, Found
from .failover import ask
from .highlighting import spans
from .registry import registry
from .request import Hit, SearchRequest, SearchResult
from .vocabulary import Vocabulary, current_vocabulary


def search(request: SearchRequest, *, user: Any = None, understanding: bool = True) -> SearchResult:
    """Answer `request` with what `user` (None: the public) may see. Never raises for anything typed.

    Without `understanding`, places and conditions in the text are plain words.
    """
    vocabulary = current_vocabulary() if understanding else Vocabulary()
    dictionary = current_dictionary()

    def question(engine: Engine, index: str) -> SearchResult:
        return search_index(request, engine=engine, index=index, vocabulary=vocabulary, dictionary=dictionary)

    return only_visible(ask(question), user)


def search_index(
    request: SearchRequest,
    *,
    engine: Engine,
    index: str,
    vocabulary: Vocabulary,
    dictionary: Dictionary | None = None,
) -> SearchResult:
    """`search` on an index of one's own: no second look at visibility. Without `dictionary`, the shipped one."""
    started = time.perf_counter()
    asked, answer = settle(request, engine=engine, index=index, vocabulary=vocabulary, dictionary=dictionary)
    plan = asked.plan
    words = tuple(group.surface for group in plan.groups)
    return SearchResult(
        hits=tuple(_hit(found, words, request) for found in answer.found),
        total=answer.total,
        page=request.page,
        page_size=request.page_size,
        facets=answer.facets,
        understood=asked.chips,
        relaxed=asked.relaxed,
        words=words,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _hit(found: Found, words: tuple[str, ...], request: SearchRequest) -> Hit:
    return Hit(
        id=found.id,
        type=found.type,
        score=found.score,
        card=found.card,
        title=found.title,
        highlight=spans(found.title, words),
        distance_m=_distance(found, request),
        next_date=found.next_date,
        parts=found.parts,
    )


def _distance(found: Found, request: SearchRequest) -> int | None:
    if request.near is None or found.location is None:
        return None
    return round(metres(request.near, found.location))


def only_visible(result: SearchResult, user: Any) -> SearchResult:
    """The index holds public entries only; one that was hidden a moment ago is not shown either."""
    by_type: dict[str, list[str]] = {}
    for hit in result.hits:
        by_type.setdefault(hit.type, []).append(hit.id)
    known = {source.type for source in registry.sources}
    visible = {
        (type_, id_)
        for type_, ids in by_type.items()
        if type_ in known
        for id_ in registry.source(type_).visible_ids(ids, user)
    }
    hits = tuple(hit for hit in result.hits if (hit.type, hit.id) in visible)
    return replace(result, hits=hits)
