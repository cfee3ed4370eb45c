"""How a Japanese text is read: names of places as their own rows say, dates and counters by rule, the rest by analysis.

The analyser alone is not to be trusted with names: it reads 等々力 as とどりき.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import jaconv
from sudachipy import Dictionary, SplitMode

from areas.models import Area, Town

Segment = tuple[str, str]  # (text, reading in hiragana; empty where none is needed)

KANJI = re.compile(r"[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
REREAD_AFTER_SECONDS = 600

CHOME = dict(
    zip(
        "一二三四五六七八九",
        ("いっ", "に", "さん", "よん", "ご", "ろく", "なな", "はっ", "きゅう"),
        strict=True,
    )
)
WEEKDAYS = {
    "日": "にち",
    "月": "げつ",
    "火": "か",
    "水": "すい",
    "木": "もく",
    "金": "きん",
    "土": "ど",
    "祝": "しゅく",
}
DAYS = {
    "1": "ついたち", "2": "ふつか", "3": "みっか", "4": "よっか", "5": "いつか", "6": "むいか", "7": "なのか",
    "8": "ようか", "9": "ここのか", "10": "とおか", "14": "じゅうよっか", "20": "はつか", "24": "にじゅうよっか",
}  # fmt: skip
SOFT_FUN = "1346890"  # いっぷん, さんぷん … but にふん, ごふん

#: Patterns whose reading the analyser does not know, longest meaning first.
RULES = re.compile(
    r"(?P<chome>[一二三四五六七八九])丁目"
    r"|(?<=月)(?P<day>\d{1,2})日(?!間)"
    r"|(?<=\d)分(?!の)"
    r"|(?<=[((・第\d木火水金土日月])(?P<paren>[日月火水木金土祝])(?=[))・])"
    r"|^(?P<alone>[日月火水木金土])(?=$|・)"
)


@dataclass(frozen=True)
class PlaceReadings:
    """Readings of places' names, and the texts already read with them."""

    readings: dict[str, str]
    pattern: re.Pattern[str] | None
    done: dict[str, tuple[Segment, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> PlaceReadings:
        readings = {name: kana for name, kana in names if name and kana and KANJI.search(name)}
        longest_first = sorted(readings, key=len, reverse=True)
        return cls(readings, re.compile("|".join(map(re.escape, longest_first))) if readings else None)


class _Known:
    """The places of this process; read again after a while, because staff add districts and towns."""

    places: PlaceReadings | None = None
    read_at = 0.0


def known_places() -> PlaceReadings:
    """Names of all areas and towns with their kana: two queries every ten minutes."""
    if _Known.places is None or time.monotonic() - _Known.read_at > REREAD_AFTER_SECONDS:
        towns = Town.objects.order_by().values_list("base_name", "kana").distinct()
        areas = Area.objects.order_by().values_list("short_name", "kana").distinct()
        full_names = Area.objects.order_by().filter(parent=None).values_list("name", "kana")
        _Known.places = PlaceReadings.of([*towns, *areas, *full_names])
        _Known.read_at = time.monotonic()
    return _Known.places


def forget_places(**kwargs: object) -> None:
    """Read the places again at the next page (a signal handler: a name was changed)."""
    _Known.places = None


_local = threading.local()  # a SudachiPy tokenizer must not be shared between threads


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary()


def _tokenize(text: str) -> list[Segment]:
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer(SplitMode.A)
    return [
        (token.surface(), jaconv.kata2hira(token.reading_form())) for token in _local.tokenizer.tokenize(text)
    ]


def segments(text: str, places: PlaceReadings) -> tuple[Segment, ...]:
    """`text` in pieces with readings, in order and complete; pieces without kanji have no reading."""
    if text not in places.done:
        if len(places.done) > 8192:
            places.done.clear()
        places.done[text] = tuple(_segments(text, places))
    return places.done[text]


def _segments(text: str, places: PlaceReadings) -> list[Segment]:
    tokens = _tokenize(text)
    fixed = {**_places_in(text, tokens, places), **_rules_in(text)}
    result: list[Segment] = []
    position = 0  # start of the token in the text
    taken = 0  # how far the text has been given out
    for surface, reading in tokens:
        end = position + len(surface)
        for start in range(max(position, taken), end):
            if start >= taken and start in fixed:
                if start > max(position, taken):
                    result.append((text[max(position, taken) : start], ""))
                piece, kana = fixed[start]
                result.append((piece, kana))
                taken = start + len(piece)
        if taken <= position:
            result.append((surface, reading if KANJI.search(surface) else ""))
            taken = end
        elif taken < end:
            result.append((text[taken:end], ""))
            taken = end
        position = end
    return result


def _places_in(text: str, tokens: list[Segment], places: PlaceReadings) -> dict[int, Segment]:
    """Places by where they start. A short name counts only where a word begins and ends: 桜 is not in 桜井さん."""
    if places.pattern is None:
        return {}
    edges = {0}
    for surface, _reading in tokens:
        edges.add(max(edges) + len(surface))
    return {
        match.start(): (match.group(), places.readings[match.group()])
        for match in places.pattern.finditer(text)
        if len(match.group()) >= 3 or {match.start(), match.end()} <= edges
    }


def _rules_in(text: str) -> dict[int, Segment]:
    """Counters and weekdays by where they start."""
    found = {}
    for match in RULES.finditer(text):
        found[match.start()] = (match.group(), _by_rule(match))
    return {start: segment for start, segment in found.items() if segment[1]}


def _by_rule(match: re.Match[str]) -> str:
    if chome := match["chome"]:
        return f"{CHOME[chome]}ちょうめ"
    if day := match["day"]:
        return DAYS.get(day, "")  # the others the analyser reads right: にち
    if match.group() == "分":
        return "ぷん" if match.string[match.start() - 1] in SOFT_FUN else "ふん"
    return WEEKDAYS[match["paren"] or match["alone"]]
