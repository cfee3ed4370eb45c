"""When nothing holds every word: what is let go, step by step, and the sentences that say so."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from .engines.base import Answer, Engine
from .plan import Group, Plan
from .planning import make_fuzzy_plan
from .request import SearchRequest
from .understanding import Understood


def relax(
    plan: Plan, understood: Understood, request: SearchRequest, engine: Engine, index: str
) -> tuple[Plan, Answer, list[str]]:
    """First the words that are nowhere go, then the least telling ones, then conditions, then exact spelling."""
    plan = replace(plan, groups=tuple(group for group in plan.groups if not group.optional))
    counts = engine.count_groups(plan, request, index=index)
    absent = frozenset(number for number, count in enumerate(counts) if not count)
    said: list[str] = []
    answer = Answer((), 0)
    if len(absent) < len(counts):
        said = [_without(plan.groups[number]) for number in sorted(absent)]
        plan = plan.without(absent)
        while True:
            if said:
                answer = engine.search(plan, request, index=index)
            if answer.total or len(plan.groups) == 1:
                break
            least = _least_telling(plan)
            said.append(_without(plan.groups[least]))
            plan = plan.without(frozenset({least}))
    if not answer.total:
        plan = make_fuzzy_plan(understood)
        answer = engine.search(plan, request, index=index)
        said = [_("ぴったりのものがないので、よく似たことばでさがしました。")]
    return plan, answer, said if answer.total else []


def _least_telling(plan: Plan) -> int:
    """The lightest word while there are several; then the lightest condition, so that the one word stays."""
    several = sum(not group.condition for group in plan.groups) > 1
    numbers = [number for number, group in enumerate(plan.groups) if group.condition != several]
    return min(numbers or range(len(plan.groups)), key=lambda number: plan.groups[number].weight)


def _without(group: Group) -> str:
    if group.condition:
        return _("「%(word)s」にかぎらずさがしました。") % {"word": group.surface}
    return _("「%(word)s」をのぞいてさがしました。") % {"word": group.surface}
