"""When nothing holds every word: what is let go, step by step, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Mapping
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

    A word let go still raises what has it: what holds all words stays first.
    """
    wanted = [number for number, group in enumerate(plan.groups) if not group.optional]
    counts = dict(enumerate(engine.count_groups(plan, request, index=index)))
    told = [number for number in wanted if counts[number]]
    said = [_without(plan.groups[number]) for number in wanted if not counts[number]]
    answer = first
    if any(not plan.groups[number].condition for number in told):
        while True:
            if said:
                answer = engine.search(_asking_for(plan, told), request, index=index)
            if answer.total > first.total or len(told) == 1:
                break
            least = _least_telling(plan, told, counts)
            told.remove(least)
            said.append(_without(plan.groups[least]))
    if answer.total:
        return plan, answer, said if answer.total > first.total else []
    return _alike(plan, told, said, understood, request, engine, index)


def _alike(
    plan: Plan,
    told: list[int],
    said: list[str],
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
    if told:
        answer = engine.search(_asking_for(plan, told), request, index=index)
    return plan, answer, said if answer.total else []


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
