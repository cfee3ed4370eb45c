"""When nothing holds every word: what is let go, step by step, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from .engines.base import Answer, Engine
from .plan import Group, Plan
from .planning import CONDITION_SCORE, PLACE_SCORES, PLACE_WEIGHT, make_fuzzy_plan
from .request import SearchRequest, Sort
from .understanding import Understood

WEAK = 9.0  # a word found in a title or kind earns more than this, one found in passing less
FEW = 5


def is_weak(plan: Plan, answer: Answer, request: SearchRequest, engine: Engine, index: str) -> bool:
    """Whether nothing was found, or only a few that hold several words in passing.

    Every page and every order of one question must come to the same end: the best score is asked for where the page at
    hand does not begin with it.
    """
    if not answer.total:
        return bool(plan.groups)
    words = [group for group in plan.groups if not group.condition and not group.optional]
    if len(words) < 2 or answer.total >= FEW:
        return False
    if request.page > 1 or request.sort != Sort.RELEVANCE:
        best = request.with_(page=1, page_size=1, sort=Sort.RELEVANCE, facets=(), explain=False)
        answer = engine.search(plan, best, index=index)
    conditions = sum(_worth(group) for group in plan.groups if group.condition)
    return answer.found[0].score - conditions < WEAK * len(words)


def _worth(condition: Group) -> float:
    return PLACE_SCORES[0] if condition.weight >= PLACE_WEIGHT else CONDITION_SCORE


def relax(
    plan: Plan, first: Answer, understood: Understood, request: SearchRequest, engine: Engine, index: str
) -> tuple[Plan, Answer, list[str]]:
    """First the words that are nowhere are let go, then the commonest, then conditions, then exact spelling.

    A word let go still raises what has it.
    """
    wanted = [number for number, group in enumerate(plan.groups) if not group.optional]
    counts = dict(enumerate(engine.count_groups(plan, request, index=index)))
    present = [number for number in wanted if counts[number]]
    for told in _steps(plan, present, counts) if any(not plan.groups[n].condition for n in present) else ():
        if told == wanted:
            continue
        answer = engine.search(_asking_for(plan, told), request, index=index)
        if answer.total > first.total:
            said = [_without(plan.groups[number]) for number in wanted if number not in told]
            return _asking_for(plan, told), answer, said
    if first.total:
        return plan, first, []
    return _alike(plan, present, understood, request, engine, index)


def _steps(plan: Plan, present: list[int], counts: Mapping[int, int]) -> Iterator[list[int]]:
    """What to ask for next: the commonest word goes first, the last one stays while conditions go; then each word alone."""
    told = list(present)
    yield list(told)
    while len(told) > 1:
        told.remove(_least_telling(plan, told, counts))
        yield list(told)
    conditions = [number for number in present if plan.groups[number].condition]
    words = [number for number in present if number not in conditions and number not in told]
    for number in sorted(words, key=lambda word: counts[word]):
        yield sorted([*conditions, number])


def _alike(
    plan: Plan,
    present: list[int],
    understood: Understood,
    request: SearchRequest,
    engine: Engine,
    index: str,
) -> tuple[Plan, Answer, list[str]]:
    """Words that look like those typed; failing that, what keeps the conditions."""
    fuzzy = make_fuzzy_plan(understood)
    answer = engine.search(fuzzy, request, index=index)
    if answer.total:
        return fuzzy, answer, [_("ぴったりのものがないので、よく似たことばでさがしました。")]
    if not present:
        return plan, answer, []
    plan = _asking_for(plan, present)
    said = [_without(group) for group in plan.groups if group.optional and not group.condition]
    return plan, engine.search(plan, request, index=index), said


def _asking_for(plan: Plan, told: list[int]) -> Plan:
    """The plan with only these groups required; the question as a whole is still looked for."""
    return replace(
        plan,
        groups=tuple(
            group if number in told else replace(group, optional=True)
            for number, group in enumerate(plan.groups)
        ),
    )


def _least_telling(plan: Plan, told: list[int], counts: Mapping[int, int]) -> int:
    """The commonest word while there are several; then the lightest condition, so that the one word stays."""
    words = [number for number in told if not plan.groups[number].condition]
    if len(words) > 1:
        return max(words, key=lambda number: counts[number])
    conditions = [number for number in told if plan.groups[number].condition]
    return min(conditions or words, key=lambda number: plan.groups[number].weight)


def _without(group: Group) -> str:
    if group.condition:
        return _("「%(word)s」にかぎらずさがしました。") % {"word": group.surface}
    return _("「%(word)s」をのぞいてさがしました。") % {"word": group.surface}
