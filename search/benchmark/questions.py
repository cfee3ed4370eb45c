"""Questions as people ask them of the made-up district: words by Zipf's law, places, conditions, positions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from ..request import SearchRequest
from .documents import SOUTH_WEST, SPAN, TODAY, Town
from .words import FEATURES, KINDS

FACETS = ("area", "category", "audience", "features", "weekdays", "fee", "time")
PREFIXES = ("からす", "子ども", "たい", "ひ", "さくら", "麻", "けんこう")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked of an engine. `words` are the plain words in it, for engines that know nothing else."""

    kind: str
    request: SearchRequest = field(default_factory=SearchRequest)
    words: str = ""
    typed: str = ""
    zoom: int = 0


def questions(town: Town, count: int) -> list[Question]:
    """`count` questions of each kind, the same for the same town."""
    chance = random.Random(town.seed + 2)  # noqa: S311 - made-up words
    makers: dict[str, Callable[[Town, random.Random], Question]] = {
        "words": _words,
        "filters": _filters,
        "near": _near,
        "browse": _browse,
        "complete": _complete,
        "map": _map,
    }
    return [make(town, chance) for make in makers.values() for _ in range(count)]


def _some_words(town: Town, chance: random.Random) -> str:
    drawn = (town.passing.draw, town.kinds.draw, town.names.draw)
    count = chance.choices((1, 2, 3), weights=(6, 3, 1))[0]
    return " ".join(chance.choice(drawn)(chance) for _ in range(count))


def _words(town: Town, chance: random.Random) -> Question:
    words = _some_words(town, chance)
    return Question("words", SearchRequest(text=words, facets=FACETS, today=TODAY), words)


def _filters(town: Town, chance: random.Random) -> Question:
    words = _some_words(town, chance)
    place = chance.choice(town.places)
    filters: dict[str, tuple[str, ...]] = {
        "area": (chance.choice((place.municipality, place.area, place.district)),)
    }
    if chance.random() < 0.5:
        filters["features"] = tuple(chance.sample(FEATURES, 2))
    if chance.random() < 0.3:
        filters["fee"] = ("free",)
    days = (TODAY, TODAY + timedelta(chance.randrange(7))) if chance.random() < 0.3 else None
    request = SearchRequest(text=words, filters=filters, open_between=days, facets=FACETS, today=TODAY)
    return Question("filters", request, words)


def _near(town: Town, chance: random.Random) -> Question:
    words = _some_words(town, chance) if chance.random() < 0.5 else ""
    here = SOUTH_WEST[0] + SPAN * chance.random(), SOUTH_WEST[1] + SPAN * chance.random()
    request = SearchRequest(
        text=words,
        near=here,
        radius_m=chance.choice((500, 1_000, 3_000)),
        sort="distance",
        facets=FACETS,
        today=TODAY,
    )
    return Question("near", request, words)


def _browse(town: Town, chance: random.Random) -> Question:
    filters = {"category": (chance.choice(list(KINDS)),)} if chance.random() < 0.5 else {}
    sort = chance.choice(("relevance", "next_date", "title"))
    page = chance.choice((1, 1, 1, 2, 5))
    return Question(
        "browse", SearchRequest(filters=filters, sort=sort, page=page, facets=FACETS, today=TODAY)
    )


def _complete(town: Town, chance: random.Random) -> Question:
    typed = chance.choice((*PREFIXES, town.names.draw(chance), chance.choice(town.places).reading))
    return Question("complete", typed=typed[: chance.randint(1, 4)])


def _map(town: Town, chance: random.Random) -> Question:
    zoom = chance.randint(9, 18)
    width = min(SPAN, 360 / 2**zoom * 4)
    south, west = SOUTH_WEST[0] + SPAN * chance.random(), SOUTH_WEST[1] + SPAN * chance.random()
    words = town.kinds.draw(chance) if chance.random() < 0.5 else ""
    request = SearchRequest(text=words, box=(south, west, south + width, west + width), today=TODAY)
    return Question("map", request, words, zoom=zoom)
