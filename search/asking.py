"""One question to one engine, to its end: what was understood, what was asked for, what was let go to find something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from .analysis.dictionary import Dictionary, shipped_dictionary
from .analysis.normalise import compact
from .analysis.terms import bigrams
from .engines.base import Answer, Engine
from .plan import Group, Literal, Plan
from .planning import MAX_NEEDLE, make_plan
from .relaxing import is_weak, relax
from .request import Chip, SearchRequest
from .understanding import understand
from .understanding.pieces import Known, Understood
from .understanding.typing_errors import corrected
from .vocabulary import Vocabulary

NEAR_M = 1_600  # 20 minutes on foot (80 m a minute, as advertisements of homes count)


@dataclass(frozen=True, slots=True)
class Asked:
    """`request` is the visitor's with the days and the distance taken from the words."""

    understood: Understood
    plan: Plan
    request: SearchRequest
    relaxed: tuple[str, ...] = ()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Conditions in force, those that only raise, and "near" where a place is still to be given."""
        surfaces = {
            name for group in self.plan.groups if not group.optional for name in (group.surface, *group.also)
        }
        return tuple(self._chips(surfaces))

    def _chips(self, surfaces: set[str]) -> Iterator[Chip]:
        for chip in self.understood.chips:
            if chip.field == "near":
                yield replace(chip, narrows=self.request.near is not None)
            elif chip.field == "days":
                if self.request.days == self.understood.days:
                    yield chip
            elif not chip.narrows or chip.surface in surfaces:
                yield chip


def first_asked(request: SearchRequest, vocabulary: Vocabulary, dictionary: Dictionary | None) -> Asked:
    """What to ask for first. Days and a distance that were chosen win over those in the words."""
    today = (request.today or timezone.localdate()) if vocabulary.by_surface else None
    understood = understand(request.text, vocabulary, plain=request.plain, dictionary=dictionary, today=today)
    narrowed = request
    if understood.days and request.days is None:
        narrowed = narrowed.with_(open_between=understood.days)
    if understood.near and request.near is not None and request.radius_m is None:
        narrowed = narrowed.with_(radius_m=NEAR_M)
    return Asked(understood, make_plan(understood, dictionary), narrowed)


def settle(
    request: SearchRequest,
    *,
    engine: Engine,
    index: str,
    vocabulary: Vocabulary,
    dictionary: Dictionary | None = None,
) -> tuple[Asked, Answer]:
    """Ask until something is found or nothing is left to let go."""
    engine = engine.at_one_moment()
    asked = first_asked(request, vocabulary, dictionary)
    answer = engine.search(asked.plan, asked.request, index=index)
    if asked.request.days != request.days and (not answer.total or _is_a_title(asked, engine, index)):
        asked = _without_days(asked, request, vocabulary, dictionary, found=bool(answer.total))
        answer = engine.search(asked.plan, asked.request, index=index)
    if asked.request.radius_m != request.radius_m and not answer.total:
        said = _("「%(word)s」にかぎらずさがしました。") % {"word": _("近く")}
        asked = replace(
            asked, request=asked.request.with_(radius_m=request.radius_m), relaxed=(*asked.relaxed, said)
        )
        answer = engine.search(asked.plan, asked.request, index=index)
    if not answer.total:
        asked, answer = _spelt_right(asked, answer, engine, index, vocabulary, dictionary)
    if is_weak(asked.plan, answer, asked.request, engine, index):
        plan, answer, said_more = relax(asked.plan, answer, asked.understood, asked.request, engine, index)
        asked = replace(asked, plan=plan, relaxed=(*asked.relaxed, *said_more))
    return asked, answer


def _spelt_right(
    asked: Asked,
    answer: Answer,
    engine: Engine,
    index: str,
    vocabulary: Vocabulary,
    dictionary: Dictionary | None,
) -> tuple[Asked, Answer]:
    """Words that are nowhere as the known words they are one slip away from, where that finds something."""
    known = Known(vocabulary, dictionary or shipped_dictionary())
    surfaces = {piece.surface for piece in asked.understood.pieces}
    if not corrected(asked.understood, surfaces, known)[1]:
        return asked, answer  # no word is near: nothing to be counted
    counts = engine.count_groups(asked.plan, asked.request, index=index)
    nowhere = [group.surface for group, count in zip(asked.plan.groups, counts, strict=True) if not count]
    understood, read_as = corrected(asked.understood, nowhere, known)
    if not read_as:
        return asked, answer
    said = tuple(
        _("「%(word)s」を「%(other)s」としてさがしました。") % {"word": word, "other": other}
        for word, other in read_as.items()
    )
    plan = make_plan(understood, dictionary)
    other = Asked(understood, plan, asked.request, (*asked.relaxed, *said))
    return other, engine.search(plan, asked.request, index=index)


def _without_days(
    asked: Asked,
    request: SearchRequest,
    vocabulary: Vocabulary,
    dictionary: Dictionary | None,
    *,
    found: bool,
) -> Asked:
    """The words for days as plain words (来週の土曜 keeps its Saturday). Said where nothing was open on those days."""
    understood = understand(request.text, vocabulary, plain=request.plain, dictionary=dictionary)
    words = [piece.surface for piece in asked.understood.pieces if piece.days]
    said = (
        () if found else tuple(_("「%(word)s」にかぎらずさがしました。") % {"word": word} for word in words)
    )
    plain = make_plan(understood, dictionary)
    days = asked.request.with_(open_on=request.open_on, open_between=request.open_between)
    return Asked(understood, plain, days, said)


def _is_a_title(asked: Asked, engine: Engine, index: str) -> bool:
    """Whether a title holds the whole question: 明日の会 is a name and no day. A day alone is a day."""
    words = compact(asked.understood.text)[:MAX_NEEDLE]
    if words == compact("".join(piece.surface for piece in asked.understood.pieces if piece.days)):
        return False
    title = Literal(words, tuple(bigrams("g", words)), 1.0, 0.0, title_only=True)
    plan = Plan(groups=(Group(words, (), (title,)),))
    anywhen = asked.request.with_(open_on=None, open_between=None, page=1, page_size=1, facets=())
    return bool(engine.search(plan, anywhen, index=index).total)
