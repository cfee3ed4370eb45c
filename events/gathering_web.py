"""The web of wishes of a gathering: who would like to meet whom, as a table and as points on a circle."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .choices import CardState
from .models import Card, ConnectionWish, Gathering, Introduction

_RADIUS, _MIDDLE = 220.0, 300.0


@dataclass(frozen=True)
class Link:
    """Two groups of which at least one would like to meet the other."""

    wish: ConnectionWish
    is_mutual: bool
    introduction: Introduction | None

    @property
    def first(self) -> Card:
        return self.wish.from_card

    @property
    def second(self) -> Card:
        return self.wish.to_card


@dataclass(frozen=True)
class Point:
    """A group on the circle. `x`, `y` of the point, `tx` of its words; `anchor` as SVG knows it."""

    card: Card
    x: float
    y: float
    tx: float
    ty: float
    anchor: str


@dataclass(frozen=True)
class Line:
    """Between two points."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_mutual: bool


@dataclass(frozen=True)
class Web:
    """All of it. `alone` are those nobody chose and who chose nobody."""

    links: list[Link]
    points: list[Point]
    lines: list[Line]
    alone: list[Card]


def web_of(gathering: Gathering) -> Web:
    """The web of `gathering`, mutual wishes first. Three queries."""
    cards = list(gathering.cards.exclude(state=CardState.CANCELLED).select_related("organization"))
    wishes = list(
        ConnectionWish.objects.filter(from_card__gathering=gathering)
        .select_related("from_card__organization", "to_card__organization")
        .order_by("created_at", "pk")
    )
    links = _links(wishes, gathering)
    points = {point.card.pk: point for point in _circle(cards)}
    lines = [
        Line(*_ends(points[link.first.pk], points[link.second.pk]), link.is_mutual)
        for link in links
        if link.first.pk in points and link.second.pk in points
    ]
    met = {card.pk for link in links for card in (link.first, link.second)}
    alone = [card for card in cards if card.pk not in met]
    return Web(links, list(points.values()), lines, alone)


def _links(wishes: list[ConnectionWish], gathering: Gathering) -> list[Link]:
    known = {(wish.from_card_id, wish.to_card_id) for wish in wishes}
    asked = {
        frozenset((row.from_organization_id, row.to_organization_id)): row
        for row in Introduction.objects.filter(gathering=gathering).order_by("pk")
    }
    links: list[Link] = []
    drawn: set[frozenset[int]] = set()
    for wish in wishes:
        pair = frozenset((wish.from_card_id, wish.to_card_id))
        if pair in drawn:
            continue
        drawn.add(pair)
        groups = frozenset((wish.from_card.organization_id, wish.to_card.organization_id))
        links.append(Link(wish, (wish.to_card_id, wish.from_card_id) in known, asked.get(groups)))
    return sorted(links, key=lambda link: not link.is_mutual)


def _circle(cards: list[Card]) -> list[Point]:
    found = []
    for number, card in enumerate(cards):
        angle = 2 * math.pi * number / max(len(cards), 1) - math.pi / 2
        across, down = math.cos(angle), math.sin(angle)
        anchor = "middle" if abs(across) < 0.2 else ("start" if across > 0 else "end")
        found.append(
            Point(
                card,
                round(_MIDDLE + _RADIUS * across, 1),
                round(_MIDDLE + _RADIUS * down, 1),
                round(_MIDDLE + (_RADIUS + 14) * across, 1),
                round(_MIDDLE + (_RADIUS + 14) * down + 4, 1),
                anchor,
            )
        )
    return found


def _ends(first: Point, second: Point) -> tuple[float, float, float, float]:
    return first.x, first.y, second.x, second.y
