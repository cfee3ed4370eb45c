"""Paper for a gathering: name cards, ten on an A4 page, and signs for the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.exporters.qr import qr_inline
from directory.visibility import is_public_organization

from ..choices import CardState
from ..models import Card, Gathering

#: 名刺 are 91 × 55 mm: two by five on A4.
ON_A_PAGE = 10
SIGNS_ON_A_PAGE = 2


@dataclass(frozen=True)
class PaperCard:
    """A card with the code that leads to the page of its group; none where the group has no public page."""

    card: Card
    qr: SafeString | str


def name_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """`?each=10`: ten of each group, to be exchanged; otherwise one of each."""
    gathering = _load(pk)
    times = ON_A_PAGE if request.GET.get("each") == str(ON_A_PAGE) else 1
    cards = [paper for paper in _papers(request, gathering) for _time in range(times)]
    context = {"pages": list(_pages(cards, ON_A_PAGE)), "kind": "cards", "each": times}
    return _sheet(request, gathering, _("名刺カード"), context)


def table_signs(request: HttpRequest, pk: int) -> HttpResponse:
    """One sign a group, two on a page, in the order of the tables."""
    gathering = _load(pk)
    papers = sorted(_papers(request, gathering), key=lambda paper: (paper.card.table, paper.card.pk))
    context = {"pages": list(_pages(papers, SIGNS_ON_A_PAGE)), "kind": "signs"}
    return _sheet(request, gathering, _("テーブルの札"), context)


def _papers(request: HttpRequest, gathering: Gathering) -> list[PaperCard]:
    rows = gathering.cards.exclude(state=CardState.CANCELLED).select_related("organization")
    return [PaperCard(card, _code(request, card)) for card in rows]


def _code(request: HttpRequest, card: Card) -> SafeString | str:
    group = card.organization
    if not is_public_organization(group):
        return ""
    return qr_inline(request.build_absolute_uri(group.get_absolute_url()))


def _pages(papers: list[PaperCard], size: int) -> Iterator[list[PaperCard]]:
    for start in range(0, len(papers), size):
        yield papers[start : start + size]


def _sheet(request: HttpRequest, gathering: Gathering, title: str, context: dict[str, Any]) -> HttpResponse:
    values = {"gathering": gathering, "title": title, **context}
    return render(request, "events/gatherings/paper.html", values)


def _load(pk: int) -> Gathering:
    return get_object_or_404(Gathering.objects.select_related("event"), pk=pk)
