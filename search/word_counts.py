"""How many documents hold each word of a question: which word failed."""

from __future__ import annotations

from dataclasses import dataclass

from .asking import first_asked
from .dictionary import current_dictionary
from .engines.base import Answer, Engine
from .failover import ask
from .request import SearchRequest
from .vocabulary import current_vocabulary


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word or condition as it was typed; `count` documents hold it within the filters."""

    surface: str
    count: int
    condition: bool


def word_counts(request: SearchRequest) -> tuple[WordCount, ...]:
    """Each required word and condition of the question alone, in order. One question to the engine."""
    asked = first_asked(request, current_vocabulary(), current_dictionary())
    groups = asked.plan.groups
    if not groups:
        return ()

    def question(engine: Engine, index: str) -> tuple[int, ...]:
        return engine.count_groups(asked.plan, asked.request, index=index)

    counts = ask(question)
    return tuple(
        WordCount(group.surface, count, group.condition)
        for group, count in zip(groups, counts, strict=True)
        if not group.optional
    )


def facet_counts(request: SearchRequest, field: str) -> tuple[int, dict[str, int]]:
    """How many documents hold the whole question, and how many of them each value of a field has. Nothing is let go."""
    asked = first_asked(request, current_vocabulary(), current_dictionary())
    one = asked.request.with_(page=1, page_size=1, facets=(field,))

    def question(engine: Engine, index: str) -> Answer:
        return engine.search(asked.plan, one, index=index)

    answer = ask(question)
    return answer.total, dict(answer.facets.get(field, ()))
