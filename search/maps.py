"""What a question finds, counted for a map: the same question, the same answer as the list's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .asking import first_asked, settle
from .dictionary import Dictionary, current_dictionary
from .engines.base import Cells, Engine
from .failover import ask
from .registry import registry
from .relaxing import FEW
from .request import SearchRequest, Sort
from .vocabulary import Vocabulary, current_vocabulary


def cells(request: SearchRequest, *, zoom: int, limit: int, user: Any = None) -> Cells:
    """Points of what `search(request)` finds, within `request.box`, counted by tiles of `zoom` (0 to 22).

    At most `limit` cells, those with the most first. One alone is shown only if `user` (None: the public) may see it.
    """
    vocabulary, dictionary = current_vocabulary(), current_dictionary()

    def question(engine: Engine, index: str) -> Cells:
        return cells_of_index(
            request,
            zoom=zoom,
            limit=limit,
            engine=engine,
            index=index,
            vocabulary=vocabulary,
            dictionary=dictionary,
        )

    found = ask(question)
    return _only_visible(found, user)


def cells_of_index(
    request: SearchRequest,
    *,
    zoom: int,
    limit: int,
    engine: Engine,
    index: str,
    vocabulary: Vocabulary,
    dictionary: Dictionary | None = None,
) -> Cells:
    """`cells` on an index of one's own: no second look at visibility. Without `dictionary`, the shipped one."""
    asked = first_asked(request, vocabulary, dictionary)
    found = engine.cells(asked.plan, asked.request, index=index, zoom=zoom, limit=limit)
    if asked.request is request and (not asked.plan.groups or found.total >= FEW):
        return found
    # Few may mean that the list let a word go. That is decided by the whole question, not by what the map shows of it.
    whole = request.with_(box=None, page=1, page_size=1, sort=Sort.RELEVANCE, facets=(), explain=False)
    in_force, _answer = settle(
        whole, engine=engine, index=index, vocabulary=vocabulary, dictionary=dictionary
    )
    if in_force.plan == asked.plan and in_force.request.days == asked.request.days:
        return found
    shown = request.with_(
        open_between=in_force.request.days, open_on=None, radius_m=in_force.request.radius_m
    )
    return engine.cells(in_force.plan, shown, index=index, zoom=zoom, limit=limit)


def _only_visible(found: Cells, user: Any) -> Cells:
    by_type: dict[str, list[str]] = {}
    for cell in found.cells:
        if cell.type:
            by_type.setdefault(cell.type, []).append(cell.id)
    known = {source.type for source in registry.sources}
    visible = {
        (type_, id_)
        for type_, ids in by_type.items()
        if type_ in known
        for id_ in registry.source(type_).visible_ids(ids, user)
    }
    kept = tuple(cell for cell in found.cells if not cell.type or (cell.type, cell.id) in visible)
    return replace(found, total=found.total - (len(found.cells) - len(kept)), cells=kept)
