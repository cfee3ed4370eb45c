"""Introductions in figures, by district and fiscal year: what was asked, made, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from directory.visit_counts import fiscal_year_of

from .choices import IntroductionOutcome, IntroductionState
from .models import Introduction

#: Kept for rows that belong to no district.
NOWHERE = None


@dataclass(frozen=True)
class Line:
    """One line of the table: a place, and its figures in the order of `heads`."""

    name: str
    figures: tuple[int, ...]


def heads() -> list[str]:
    """What the columns count. A request counts in the year it was made, an introduction in the year of its mail, an
    outcome (and an end without one) in the year it was written down.
    """
    outcomes = [str(label) for label in IntroductionOutcome.labels]
    return [_("申込み"), _("つないだ"), *outcomes, _("見送り・取り下げ")]


_KEYS = ("asked", "introduced", *IntroductionOutcome.values, "ended")
_ENDED = (IntroductionState.DECLINED, IntroductionState.WITHDRAWN)


def lines(rows: QuerySet[Introduction], districts: Iterable[Area], year: int) -> list[Line]:
    """All places together, then each of `districts` with something to count. One question."""
    counted: Counter[tuple[int | None, str]] = Counter()
    for district, state, outcome, asked, made, closed in rows.order_by().values_list(
        "district_id", "state", "outcome", "created_at", "introduced_at", "closed_at"
    ):
        for key in _keys_in(year, state, outcome, asked, made, closed):
            counted[district, key] += 1
    total = tuple(sum(n for (_at, of), n in counted.items() if of == key) for key in _KEYS)
    named = [(area.short_name, area.pk) for area in districts] + [(_("地区なし"), NOWHERE)]
    by_place = [Line(name, tuple(counted[pk, key] for key in _KEYS)) for name, pk in named]
    return [Line(_("合計"), total), *(line for line in by_place if any(line.figures))]


def _keys_in(
    year: int, state: str, outcome: str, asked: object, made: object, closed: object
) -> Iterator[str]:
    if _is_in(year, asked):
        yield "asked"
    if _is_in(year, made):
        yield "introduced"
    if _is_in(year, closed):
        if outcome:
            yield outcome
        if state in _ENDED:
            yield "ended"


def _is_in(year: int, moment: object) -> bool:
    return moment is not None and fiscal_year_of(_day(moment)) == year


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]
