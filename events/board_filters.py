"""By what one narrows the board: sought or given, what, where, with which words.

A value nobody knows is a mistake in the address: it is told, and the list stays as wide as it was.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from directory.area_paths import area_path
from directory.views.area import find_area

from .choices import OpportunityKind, OpportunityTopic
from .models import Opportunity
from .querysets import OpportunityQuerySet
from .report_filters import Choice

_LONGEST = 60
_MOST_WORDS = 6


@dataclass(frozen=True)
class BoardFilter:
    """One question. `read` gives the meaning of a value, or None."""

    param: str
    title: str | Promise

    def read(self, value: str) -> Any:
        raise NotImplementedError

    def narrow(self, rows: OpportunityQuerySet, meaning: Any) -> OpportunityQuerySet:
        raise NotImplementedError

    def words(self, meaning: Any) -> str:
        return str(meaning)

    def choices(self, rows: OpportunityQuerySet, chosen: str) -> list[Choice]:
        """The values to choose from with their counts; none for free words. One query."""
        return []


@dataclass(frozen=True)
class KindFilter(BoardFilter):
    """A column of a few fixed values."""

    values: Any

    def read(self, value: str) -> str | None:
        return value if value in self.values.values else None

    def narrow(self, rows: OpportunityQuerySet, meaning: str) -> OpportunityQuerySet:
        return rows.filter(**{self.param: meaning})

    def words(self, meaning: str) -> str:
        return str(self.values(meaning).label)

    def choices(self, rows: OpportunityQuerySet, chosen: str) -> list[Choice]:
        counts = dict(rows.order_by().values_list(self.param).annotate(Count("pk")))
        return [
            Choice(value, str(label), counts.get(value, 0), value == chosen)
            for value, label in self.values.choices
        ]


class AreaFilter(BoardFilter):
    """A district, an area, a municipality, by its path; what is for all of it counts too."""

    def read(self, value: str) -> Area | None:
        try:
            return find_area(value)
        except Http404:
            return None

    def narrow(self, rows: OpportunityQuerySet, meaning: Area) -> OpportunityQuerySet:
        return rows.concerning(meaning)

    def words(self, meaning: Area) -> str:
        return meaning.name

    def choices(self, rows: OpportunityQuerySet, chosen: str) -> list[Choice]:
        counts = dict(rows.order_by().values_list("district").annotate(Count("pk")))
        areas = Area.objects.filter(pk__in=[pk for pk in counts if pk]).select_related("parent__parent")
        paths = [(area_path(area), area) for area in areas.defer("boundary").in_order()]
        return [Choice(path, area.name, counts[area.pk], path == chosen) for path, area in paths]


class WordsFilter(BoardFilter):
    """Words that stand in the post, or in the name of its group; all of them."""

    def read(self, value: str) -> tuple[str, ...] | None:
        tidy = unicodedata.normalize("NFKC", value.replace("\x00", " "))
        return tuple(tidy.split()[:_MOST_WORDS]) or None

    def narrow(self, rows: OpportunityQuerySet, meaning: tuple[str, ...]) -> OpportunityQuerySet:
        for word in meaning:
            rows = rows.filter(
                Q(title__icontains=word) | Q(body__icontains=word) | Q(organization__name__icontains=word)
            )
        return rows

    def words(self, meaning: tuple[str, ...]) -> str:
        return f"「{' '.join(meaning)}」"


BOARD_FILTERS: tuple[BoardFilter, ...] = (
    KindFilter("kind", gettext_lazy("募集・できること"), OpportunityKind),
    KindFilter("topic", gettext_lazy("何を"), OpportunityTopic),
    AreaFilter("area", gettext_lazy("地区")),
    WordsFilter("q", gettext_lazy("ことば")),
)


@dataclass(frozen=True)
class BoardQuestion:
    """What an address asks: its texts, their meanings, and what is not known."""

    values: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> BoardQuestion:
        """Read from the parameters of an address."""
        values, meanings, problems = {}, {}, []
        for item in BOARD_FILTERS:
            value = parameters.get(item.param, "").strip()[:_LONGEST]
            meaning = item.read(value) if value else None
            if meaning is not None:
                values[item.param], meanings[item.param] = value, meaning
            elif value:
                problems.append(_("「%(title)s」の条件がわかりませんでした。") % {"title": item.title})
        return cls(values, meanings, tuple(problems))

    def narrowed(self, rows: OpportunityQuerySet, *, but: str = "") -> OpportunityQuerySet:
        """Those of `rows` that are asked for; `but` names a filter to leave out (for its own choices)."""
        for item in BOARD_FILTERS:
            if item.param in self.meanings and item.param != but:
                rows = item.narrow(rows, self.meanings[item.param])
        return rows

    @property
    def words(self) -> list[tuple[str, str]]:
        """(what is asked in words, the address without it) of each condition."""
        return [
            (item.words(self.meanings[item.param]), self.query(without=item.param))
            for item in BOARD_FILTERS
            if item.param in self.meanings
        ]

    def query(self, *, without: str = "") -> str:
        """The address of this question: "?kind=seek", or "?" for all."""
        return "?" + urlencode({name: value for name, value in self.values.items() if name != without})

    def filters(self, rows: OpportunityQuerySet) -> list[dict[str, Any]]:
        """The filters with their choices, counted among what the other filters leave."""
        return [
            {
                "param": item.param,
                "title": item.title,
                "value": self.values.get(item.param, ""),
                "choices": item.choices(self.narrowed(rows, but=item.param), self.values.get(item.param, "")),
            }
            for item in BOARD_FILTERS
        ]


def posts_to_show(rows: OpportunityQuerySet) -> OpportunityQuerySet:
    """With what a card shows."""
    return rows.select_related("organization", "district").defer("district__boundary")


def card_of(post: Opportunity) -> dict[str, Any]:
    """A post as `includes/_resource_card.html` shows it."""
    until = _("%(month)d月%(day)d日まで") % {"month": post.open_until.month, "day": post.open_until.day}
    facts = [("people", post.organization.name), ("clock", post.when_text), ("calendar", until)]
    if post.district is not None:
        facts.insert(1, ("pin", post.district.name))
    return {
        "url": post.get_absolute_url(),
        "name": post.title,
        "kind": f"{post.get_kind_display()}・{post.get_topic_display()}",
        "facts": [(icon, text) for icon, text in facts if text],
    }
