"""What a question finds, counted for a map: the same question, the same answer as the list's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .dictionary import Dictionary, current_dictionary
from .engines.base import Cells, Engine
from .failover import ask
from .plan import Plan
from .planning import make_plan
from .registry import registry
from .relaxing import FEW, is_weak, relax
from .request import SearchRequest, Sort
from .understanding import Understood, understand
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
    understood = understand(request.text, vocabulary, plain=request.plain, dictionary=dictionary)
    plan = make_plan(understood, dictionary)
    found = engine.cells(plan, request, index=index, zoom=zoom, limit=limit)
    if not plan.groups or found.total >= FEW:
        return found
    # Few may mean that the list let a word go. That is decided by the whole question, not by what the map shows of it.
    whole = request.with_(box=None, page=1, page_size=1, sort=Sort.RELEVANCE, facets=(), explain=False)
    in_force = _plan_in_force(plan, understood, whole, engine, index)
    if in_force is plan:
        return found
    return engine.cells(in_force, request, index=index, zoom=zoom, limit=limit)


def _plan_in_force(
    plan: Plan, understood: Understood, request: SearchRequest, engine: Engine, index: str
) -> Plan:
    answer = engine.search(plan, request, index=index)
    if is_weak(plan, answer, request, engine, index):
        plan, _answer, _said = relax(plan, answer, understood, request, engine, index)
    return plan


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
