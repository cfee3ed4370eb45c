"""Plans as queries. Scores are sums of constants, as the plan has them: no statistics of words take part.

The server keeps scores with seven digits. Counted in thousandths they are whole numbers, whose sums are exact, so that
two documents that found the same are equals here as in every other engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, MatchNone, MatchPhrase, Query, Term, Terms

from ...plan import BODY_SLOT, TITLE_SLOT, Group, Literal, Plan, Want
from ..base import EXACT_TITLE
from .storing import pairs

UNIT = 1_000  # of the server's score make one of ours


def plan_query(plan: Plan) -> Query:
    """What a plan finds: every needed group, or the question as one piece of text; scores of both add up."""
    found = Bool(
        should=[_groups(plan.groups), *(_whole(literal) for literal in plan.whole)], minimum_should_match=1
    )
    if not plan.title_keys:
        return found
    exact = _worth(EXACT_TITLE, Terms("title_key", list(plan.title_keys)))
    return Bool(must=[found], should=[exact])


@lru_cache(maxsize=512)
def group_query(group: Group) -> Query:
    """What one group finds: in each slot the best find counts, slots add up. Kept: relaxing asks for a group again."""
    slots: dict[int, list[Query]] = {}
    for want in group.wants:
        for query in _want(want):
            slots.setdefault(want.slot, []).append(query)
    for literal in group.literals:
        slots.setdefault(TITLE_SLOT, []).append(_in_title(literal))
        if not literal.title_only:
            slots.setdefault(BODY_SLOT, []).append(_below_title(literal))
    best = [DisMax(queries=queries) if len(queries) > 1 else queries[0] for queries in slots.values()]
    return Bool(should=best, minimum_should_match=1) if best else MatchNone()


def _groups(groups: Sequence[Group]) -> Query:
    needed = [group_query(group) for group in groups if not group.optional]
    raising = [group_query(group) for group in groups if group.optional]
    return Bool(must=needed, should=raising, minimum_should_match=0 if needed else 1)


def _worth(score: float, query: Query) -> Query:
    return ConstantScore(filter=query, boost=round(score * UNIT))


def _want(want: Want) -> Iterable[Query]:
    """One query for all tokens that are enough alone, one for each combination."""
    ways = [all_of for all_of in dict.fromkeys(want.any_of) if all_of and all(all_of)]
    alone = dict.fromkeys(token for way in ways if len(way) == 1 for token in way[0])
    together = [Bool(filter=[_any(tokens) for tokens in way]) for way in ways if len(way) > 1]
    queries: list[Query] = [_any(tuple(alone))] if alone else []
    queries += together
    if queries:
        yield _worth(
            want.score,
            queries[0] if len(queries) == 1 else Bool(should=queries, minimum_should_match=1),
        )


def _any(tokens: tuple[str, ...]) -> Query:
    return Terms("tokens", list(tokens)) if len(tokens) > 1 else Term("tokens", {"value": tokens[0]})


def _whole(literal: Literal) -> Query:
    """In the title or below it, never both: a bare sum is the right score."""
    places = [_in_title(literal)] + [_below_title(literal)] * (not literal.title_only)
    return Bool(should=places, minimum_should_match=1)


def _in_title(literal: Literal) -> Query:
    return _worth(literal.title_score, _held(literal, "title"))


def _below_title(literal: Literal) -> Query:
    below = Bool(filter=[_held(literal, "other")], must_not=[_held(literal, "title")])
    return _worth(literal.score, below)


def _held(literal: Literal, part: str) -> Query:
    """Documents that hold the needle there. Up to two characters are one term of the index, more a phrase of pairs."""
    field = f"{part}_{'readings' if literal.readings else 'text'}"
    if len(literal.needle) <= 2:
        return Term(field, {"value": literal.needle})
    return MatchPhrase(field, {"query": pairs(literal.needle), "analyzer": "whitespace"})
