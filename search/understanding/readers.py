"""Conditions that are read by their shape and not from a list: days, hours, 火・木, ages, "near me"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..analysis.normalise import key
from ..analysis.tokens import Token, tokenize
from ..registry import Term
from ..vocabulary import WEEKDAYS, Vocabulary
from .days import day_words
from .pieces import NARROWING, Known, Piece

Span = tuple[int, int, Piece]  # start, end in the text, what it means

_KANA = re.compile("[ぁ-ん]+")
_KANA_END = re.compile(r"[ぁ-ん]$")
_GOES_ON = re.compile(r"[ぁ-んァ-ヶー]")
_PARTICLE = re.compile(r"の|に|は|で|から|まで|が|を|って|、")
_HOUR = re.compile(
    r"(?P<half>午前|午後|朝|夜)?(?<![0-9])(?P<hour>[0-9]{1,2})時(?!間)(?:半|[0-9]{1,2}分)?(?:から|以降|ごろ|頃|過ぎ|すぎ|まで)?"
)
_WEEKDAYS = re.compile(
    rf"(?<![第0-9])[(（]?(?P<days>[{WEEKDAYS}](?:曜日?)?(?:[・、,/とか][{WEEKDAYS}](?:曜日?)?)+)(?![一-龠])[)）]?"
)
_BRACKETED = re.compile(rf"[(（](?P<days>[{WEEKDAYS}])[)）]")
_AGE = re.compile(
    r"生後(?P<months>[0-9]{1,2})[かヶヵケカ]月|(?<![0-9])(?P<age>[0-9]{1,3})(?:歳|才|さい)(?P<decade>代)?(?:以上|から|の子)?児?"
    r"|(?<![0-9])(?P<tens>[2-9]0)代"
)
_NEAR = re.compile(
    r"(?:(?:家|うち|自宅|ここ|いえ|私)の?)?(?:すぐ)?(?:近く|ちかく|近所|そば|近場|付近|周辺)|最寄りの?|最寄の?|もより"
    r"|(?:家|うち|自宅)から近い|歩いて行ける|徒歩で行ける|徒歩圏内?|この(?:辺り?|へん|あたり)|いまいる(?:場所|ところ)"
)

_COST = re.compile(r"[0-9,]+円(?:以下|以内|まで|未満|くらい|ぐらい|程度)?")

# From – to in years. Matched by a piece of the audience's name; a wider one (everybody) comes with less.
_AGES = (
    ("乳児", 0, 1), ("乳幼児", 0, 6), ("幼児", 0, 6), ("未就学", 0, 6), ("赤ちゃん", 0, 2), ("小学生", 6, 12),
    ("中学生", 12, 15), ("高校生", 15, 18), ("中高生", 12, 18), ("子ども", 0, 17), ("こども", 0, 17), ("児童", 0, 17),
    ("若者", 15, 39), ("青年", 15, 39), ("若い", 15, 39), ("高齢", 65, 150), ("シニア", 60, 150), ("お年寄り", 65, 150),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text with the borders of its words."""

    text: str
    borders: frozenset[int]
    known: Known


def conditions(text: str, known: Known) -> list[Span]:
    """The conditions of a text (see `tokens.prepare`), in order, not overlapping. Refused ones are left in the text."""
    tokens = tokenize(text)
    borders = frozenset({0, len(text)} | {t.start for t in tokens} | {t.end for t in tokens})
    asked = _Asked(text, borders, known)
    found = [span for reader in _READERS for span in reader(asked)]
    kept: list[Span] = []
    for start, end, piece in sorted(found, key=lambda span: (span[0], -span[1])):
        if key(piece.surface) not in known.refused and (not kept or start >= kept[-1][1]):
            kept.append((start, end, piece))
    return [(start, _behind_particles(end, tokens), piece) for start, end, piece in kept]


def _behind_particles(end: int, tokens: Sequence[Token]) -> int:
    """近所で: what joins a condition to the next word belongs to neither."""
    for token in tokens:
        if token.start == end and token.silent and _KANA.fullmatch(token.surface):
            end = token.end
    return end


def _days(asked: _Asked) -> Iterator[Span]:
    if asked.known.today is None:
        return
    for words in day_words(asked.text, asked.known.today):
        surface = asked.text[words.start : words.end]
        if words.start in asked.borders and _ends_here(asked, surface, words.end):
            yield words.start, words.end, Piece(surface, days=(words.first, words.last))


def _ends_here(asked: _Asked, surface: str, end: int) -> bool:
    """きょう is no day in きょうどう; 今日 is none in 今日も元気に or 今日子."""
    rest = asked.text[end:]
    if end not in asked.borders:
        return False
    if _KANA_END.search(surface) or rest.startswith("も"):
        return not _GOES_ON.match(rest) or bool(_PARTICLE.match(rest))
    return True


def _hours(asked: _Asked) -> Iterator[Span]:
    for match in _HOUR.finditer(asked.text):
        hour = int(match["hour"]) + 12 * (match["half"] in ("午後", "夜") and int(match["hour"]) < 12)
        if hour <= 24:
            name = "午前" if hour < 12 else "午後" if hour < 17 else "夜"
            yield from _meaning(asked, match, [name])


def _weekdays(asked: _Asked) -> Iterator[Span]:
    for pattern in (_WEEKDAYS, _BRACKETED):
        for match in pattern.finditer(asked.text):
            names = re.sub("曜日?", "", match["days"])
            yield from _meaning(asked, match, [f"{name}曜日" for name in names if name in WEEKDAYS])


def _meaning(asked: _Asked, match: re.Match[str], names: list[str]) -> Iterator[Span]:
    """The matched words as the conditions of these names, where the register has such conditions."""
    found = (term for name in names for term in asked.known.vocabulary.by_surface.get(key(name), ()))
    terms = tuple(dict.fromkeys(term for term in found if term.kind in NARROWING))
    if terms:
        yield match.start(), match.end(), Piece(match[0], terms)


def _ages(asked: _Asked) -> Iterator[Span]:
    for match in _AGE.finditer(asked.text):
        years = 0 if match["months"] else int(match["age"] or match["tens"])
        span = 10 if match["decade"] or match["tens"] else 1
        terms = audiences_of(years, years + span - 1, asked.known.vocabulary)
        if terms:
            yield match.start(), match.end(), Piece(match[0], terms, raises=True)


def audiences_of(youngest: int, oldest: int, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Audiences whose name contains these ages, the narrowest first."""
    found: dict[tuple[str, str], tuple[int, Term]] = {}
    words = [(last - first, name) for name, first, last in _AGES if first <= oldest and youngest <= last]
    for term in (
        term for terms in vocabulary.by_surface.values() for term in terms if term.kind == "audience"
    ):
        width = min((width for width, name in words if name in term.label), default=None)
        if width is not None:
            found.setdefault((term.field, term.value), (width, term))
    return tuple(term for _width, term in sorted(found.values(), key=lambda pair: (pair[0], pair[1].value)))


def _costs(asked: _Asked) -> Iterator[Span]:
    """300円以下: a price one can see on the card and not ask for; it must not hide what costs less. 0円 is a condition."""
    for match in _COST.finditer(asked.text):
        if key(match[0]) not in asked.known.vocabulary.by_surface:
            yield match.start(), match.end(), Piece(match[0], raises=True)


def _near(asked: _Asked) -> Iterator[Span]:
    for match in _NEAR.finditer(asked.text):
        start, end = match.span()
        if {start, end} <= asked.borders and not _begins_an_entry(asked, start, end):
            yield start, end, Piece(match[0], near=True)


def _begins_an_entry(asked: _Asked, start: int, end: int) -> bool:
    """近くにスーパーがない is one worry, and not something near."""
    ends = range(end + 1, min(len(asked.text), start + 16) + 1)
    return any(asked.known.dictionary.knows(key(asked.text[start:other])) for other in ends)


_READERS: tuple[Callable[[_Asked], Iterator[Span]], ...] = (_days, _hours, _weekdays, _ages, _costs, _near)
