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
WEAKER = 3.0  # what several words found in passing earn each, however many documents hold them
BETTER = 2.0  # of many finds a word is let go only where the others find this many times as well
FEW = 5
BEST = 10  # how many hits tell how well something was found


def is_weak(plan: Plan, answer: Answer, request: SearchRequest, engine: Engine, index: str) -> bool:
    """Whether nothing was found, or words in passing only: of a few finds one word, of many all.

    Every page and every order of one question must come to the same end: the best score is asked for where the page at
    hand does not begin with it.
    """
    if not answer.total:
        return bool(plan.groups)
    words = [group for group in plan.groups if not group.condition and not group.optional]
    if len(words) < 2:
        return False
    few = answer.total < FEW
    if few or request.page > 1 or request.sort != Sort.RELEVANCE:
        answer = engine.search(plan, _best_of(request, 1).with_(explain=few), index=index)
    best = answer.found[0]
    if few and any(best.parts.get(group.surface, WEAKER) < WEAKER for group in words):
        return True
    enough = WEAK if few else WEAKER
    return best.score - _worth_of_conditions(plan) < enough * len(words)


def _best_of(request: SearchRequest, count: int) -> SearchRequest:
    return request.with_(page=1, page_size=count, sort=Sort.RELEVANCE, facets=(), explain=False)


def _worth_of_conditions(plan: Plan) -> float:
    return sum(_worth(group) for group in plan.groups if group.condition)


def _worth(condition: Group) -> float:
    return PLACE_SCORES[0] if condition.weight >= PLACE_WEIGHT else CONDITION_SCORE


def relax(
    plan: Plan, first: Answer, understood: Understood, request: SearchRequest, engine: Engine, index: str
) -> tuple[Plan, Answer, list[str]]:
    """First the words that are nowhere are let go, then those without which the others are found best, then conditions,
    then exact spelling. A word let go still raises what has it.
    """
    wanted = [number for number, group in enumerate(plan.groups) if not group.optional]
    counts = dict(enumerate(engine.count_groups(plan, request, index=index)))
    present = [number for number in wanted if counts[number]]
    if not _has_word(plan, present):
        # 外国籍 only raised beside 住民; where 住民 is nowhere it is what is left to ask for.
        present += [number for number, group in enumerate(plan.groups) if group.optional and counts[number]]
    enough = _value(first, plan) * (BETTER if first.total >= FEW else 1.0)
    for choices in _steps(plan, present, counts) if _has_word(plan, present) else ():
        told = _best_choice(
            plan, [told for told in choices if told != wanted], request, engine, index, enough
        )
        if told is not None:
            said = [_without(plan.groups[number]) for number in wanted if number not in told]
            relaxed = _asking_for(plan, told)
            return relaxed, engine.search(relaxed, request, index=index), said
        if first.total and len(choices) > 1:
            break  # what holds all words in passing is better than less
    if first.total:
        return plan, first, []
    return _alike(plan, present, understood, request, engine, index)


def _has_word(plan: Plan, numbers: list[int]) -> bool:
    return any(not plan.groups[number].condition for number in numbers)


def _best_choice(
    plan: Plan,
    choices: list[list[int]],
    request: SearchRequest,
    engine: Engine,
    index: str,
    enough: float,
) -> list[int] | None:
    """Of several sets of words to ask for, the one that finds best; None where none finds more than `enough`."""
    best: list[int] | None = None
    for told in choices:
        asked = _asking_for(plan, told)
        value = _value(engine.search(asked, _best_of(request, BEST), index=index), asked)
        if value > enough:
            best, enough = told, value
    return best


def _value(answer: Answer, plan: Plan) -> float:
    """How well something was found: the scores of the best hits, without what all have for the conditions, and more
    where longer words were found."""
    conditions = _worth_of_conditions(plan)
    telling = sum(group.weight for group in plan.groups if not group.condition and not group.optional)
    return telling * sum(max(0.1, found.score - conditions) for found in answer.found[:BEST])


def _steps(plan: Plan, present: list[int], counts: Mapping[int, int]) -> Iterator[list[list[int]]]:
    """Sets of groups to choose from, step by step: all that are somewhere; all but one word; but two, of which the
    commonest is one; in the end one word with fewer and fewer conditions."""
    told = list(present)
    yield [told]
    words = [number for number in told if not plan.groups[number].condition]
    while len(words) > 1:
        yield [[number for number in told if number != word] for word in words]
        commonest = max(words, key=lambda number: counts[number])
        told = [number for number in told if number != commonest]
        words.remove(commonest)
    while len(told) > 1:
        lightest = min((n for n in told if n not in words), key=lambda number: plan.groups[number].weight)
        told = [number for number in told if number != lightest]
        yield [told]


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
        groups=tuple(replace(group, optional=number not in told) for number, group in enumerate(plan.groups)),
    )


def _without(group: Group) -> str:
    if group.condition:
        return _("「%(word)s」にかぎらずさがしました。") % {"word": group.surface}
    return _("「%(word)s」をのぞいてさがしました。") % {"word": group.surface}
