"""Documents of a made-up district: as many as wanted, the same ones for the same seed."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from ..documents import SearchDocument
from ..registry import Term
from ..vocabulary import WEEKDAYS, Vocabulary, feature_terms, free_terms, place_terms, weekday_terms
from .words import (
    AUDIENCES,
    FEATURES,
    FORMS,
    KINDS,
    NAMES,
    NUMBERS,
    PASSING,
    PLACE_HEADS,
    PLACE_READINGS,
    PLACE_TAILS,
    VENUES,
)

TODAY = date(2026, 11, 21)
SOUTH_WEST = (35.60, 139.55)
SPAN = 0.20  # degrees
_SYLLABLES = "あいうえおかきくけこさしすせそたちつてとなにのはひふまみむもやゆよらりるれわ"
_RARE_KANJI = (
    "愛旭梓綾郁泉樹伊壱宇瑛央薫華京圭恵虹彩朔紗志周潤翔真寿星蒼空巧丈朋奈希春悠遥光史穂舞澪実弥由葉蘭理律玲"
)


class Zipf:
    """Draws from a list so that the n-th item comes up in proportion to 1/n."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        self.sums = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def draw(self, chance: random.Random) -> str:
        """One item."""
        return self.items[bisect(self.sums, chance.random() * self.sums[-1])]


@dataclass(frozen=True, slots=True)
class Place:
    """A town with the larger places it belongs to, and its middle (degrees)."""

    town: str
    district: str
    area: str
    municipality: str
    reading: str
    middle: tuple[float, float]


class Town:
    """The words and places documents and questions are made of."""

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        chance = random.Random(seed)  # noqa: S311 - made-up words
        self.places = list(_places(chance))
        self.kinds = Zipf(chance.sample(list(KINDS), len(KINDS)))
        self.names = Zipf([*NAMES, *(_invented(chance) for _ in range(20_000))])
        self.passing = Zipf([*PASSING, *(_invented(chance) for _ in range(20_000))])

    def documents(self, count: int) -> Iterator[SearchDocument]:
        """The first `count` documents."""
        chance = random.Random(self.seed + 1)  # noqa: S311 - made-up words
        for number in range(count):
            yield self._document(number, chance)

    def _document(self, number: int, chance: random.Random) -> SearchDocument:
        place = chance.choice(self.places)
        kind, name = self.kinds.draw(chance), self.names.draw(chance)
        title = chance.choice(FORMS).format(kind=kind, name=name, place=place.district)
        weekday = chance.randrange(7)
        fee = chance.choice((0, 0, 0, 100, 200, 300, 500))
        features = tuple(sorted(set(chance.choices(FEATURES, k=3))))
        audiences = tuple(sorted(set(chance.choices(AUDIENCES, k=2))))
        schedule, days = _days(chance, weekday)
        passing = " ".join(self.passing.draw(chance) for _ in range(chance.randint(3, 12)))
        lat, lng = (middle + chance.gauss(0, 0.004) for middle in place.middle)
        organization = f"{place.area}{self.names.draw(chance)}の会"
        return SearchDocument(
            id=f"bench-{number}",
            type="organization" if number % 12 == 0 else "resource",
            title=title,
            category=kind,
            place="\n".join(
                (
                    organization,
                    place.municipality,
                    place.area,
                    place.district,
                    place.town,
                    chance.choice(VENUES),
                )
            ),
            body="\n".join((KINDS[kind], passing, schedule, " ".join(audiences), " ".join(features))),
            keywords={
                "area": (place.municipality, place.area, place.district, place.town),
                "category": (kind,),
                "audience": audiences,
                "features": features,
                "weekdays": (WEEKDAYS[weekday],),
                "fee": ("free" if fee == 0 else "paid",),
                "time": (chance.choice(("morning", "afternoon", "evening")),),
            },
            dates=days,
            numbers={"fee_yen": fee},
            location=None if chance.random() < 0.05 else (lat, lng),
            verified_on=None if chance.random() < 0.2 else TODAY - timedelta(chance.randrange(500)),
            card={"name": title, "summary": KINDS[kind], "place": place.town, "facts": [schedule, fee]},
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words a register of these documents would know."""
        return Vocabulary.of(self._terms())

    def _terms(self) -> Iterator[Term]:
        yield from weekday_terms(field="weekdays", values=WEEKDAYS)
        yield from free_terms(field="fee", value="free")
        for rank, names in enumerate(("district", "town", "area", "municipality")):
            for label in sorted({getattr(place, names) for place in self.places}):
                yield from place_terms(field="area", value=label, label=label, rank=rank)
        for value in KINDS:
            yield Term(surface=value, field="category", value=value, label=value, kind="topic")
        for value in FEATURES:
            yield from feature_terms(field="features", value=value, label=value)
        for value in AUDIENCES[1:]:
            yield Term(surface=value, field="audience", value=value, label=value, kind="audience")


def _places(chance: random.Random) -> Iterator[Place]:
    """Four towns a district, five districts an area, five areas a municipality."""
    names = [head + tail for head in PLACE_HEADS for tail in PLACE_TAILS]
    chance.shuffle(names)
    for number in range(400):
        district = number // 4
        area, municipality = district // 5, district // 25
        name = names[district]
        reading = "".join(PLACE_READINGS[char] for char in name)
        middle = SOUTH_WEST[0] + SPAN * chance.random(), SOUTH_WEST[1] + SPAN * chance.random()
        yield Place(
            f"{names[100 + number]}{NUMBERS[number % 9]}丁目",
            f"{name}地区", f"{names[area * 5]}地域", f"{names[municipality * 25]}市", reading, middle,
        )  # fmt: skip


def _invented(chance: random.Random) -> str:
    """A word of nobody's: two kanji, or four kana."""
    if chance.random() < 0.5:
        return "".join(chance.choices(_RARE_KANJI, k=2))
    return "".join(chance.choices(_SYLLABLES, k=4))


def _days(chance: random.Random, weekday: int) -> tuple[str, tuple[date, ...]]:
    """Timetable in words, and the days of a year."""
    name, first = WEEKDAYS[weekday], TODAY + timedelta((weekday - TODAY.weekday()) % 7)
    start = f"{chance.randint(9, 18)}:{chance.choice(('00', '30'))}"
    every = chance.random()
    if every < 0.5:
        return f"毎週{name}曜日 {start}から", tuple(first + timedelta(7 * week) for week in range(52))
    if every < 0.85:
        which = chance.randint(1, 4)
        return f"第{which}{name}曜日 {start}から", tuple(
            day
            for day in (first + timedelta(7 * week) for week in range(52))
            if (day.day - 1) // 7 == which - 1
        )
    return "不定期", ()
