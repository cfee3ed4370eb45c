"""Texts and questions as tokens of the admin index. Pure: knows no database.

`g` pairs of neighbouring characters of a folded text in their order, then its last character: 食堂 in 子ども食堂 is the
phrase of its pairs, 会 the beginning of a pair. `r` the same of the reading. `BEGIN` and `END` stand around a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..analysis.normalise import clean, compact, fold, is_kana
from ..analysis.romaji import romaji_to_kana
from ..analysis.terms import content, spellings
from ..analysis.tokens import prepare, reading, tokenize

BEGIN, END = "qb", "qe"
MAX_FIELD = 8_000  # PostgreSQL remembers 16,383 positions of a row
MAX_READ = 300  # longer texts are found as they are written
MAX_QUESTION = 200
MAX_WORDS = 8
MAX_NEEDLE = 40
MIN_READING = 4  # かい is inside half of all readings; ひろば is not
_BETWEEN = re.compile(r"[\s、。，．,;；]+")
# What every tokenizer of every database takes as part of a word; `z` introduces the number of any other character.
_OTHER = re.compile(r"[^0-9a-y\u3041-\u3096\u30fc\u3005\u4e00-\u9fff]")

Phrase = tuple[str, ...]  # tokens that follow each other; the last may be a beginning, see `Alternative`


@dataclass(frozen=True, slots=True)
class Needle:
    """Tokens that follow each other. `is_prefix`: the only one is the beginning of a token."""

    tokens: Phrase
    is_prefix: bool = False


#: A way to find a word: all of its needles.
Way = tuple[Needle, ...]
#: A word of a question: any of its ways.
Word = tuple[Way, ...]


def title_tokens(text: str) -> list[str]:
    """Tokens of a name: each spelling and the reading, marked at both ends."""
    found: list[str] = []
    for letter, line in _lines(text):
        found += [BEGIN, *_in_order(letter, line), END]
    return found


def body_tokens(text: str) -> list[str]:
    """Tokens of any other text."""
    return [token for letter, line in _lines(text) for token in _in_order(letter, line)]


def question(text: str) -> tuple[Word, ...]:
    """The words of a question; empty when there is nothing to look for in it."""
    words = [_word(word) for word in _words(text)]
    return tuple(word for word in words if word)[:MAX_WORDS]


def whole_title(text: str) -> Word:
    """Ways to be the whole name."""
    return tuple((Needle((BEGIN, *_in_order(letter, line), END)),) for letter, line in _asked(text))


def title_start(text: str) -> Word:
    """Ways to be the beginning of a name. Of a single character this is not asked."""
    return tuple((Needle((BEGIN, *_pairs(letter, line))),) for letter, line in _asked(text) if len(line) > 1)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """(letter, folded line) of a text; the reading only where it says more."""
    text = clean(text)[:MAX_FIELD]
    written = [line for line in spellings(text) if line]
    yield from (("g", line) for line in written)
    if written and len(text) <= MAX_READ and not text.isascii():
        spoken = compact(reading(text))
        if spoken not in written:
            yield "r", spoken


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(clean(text)[:MAX_QUESTION]) if compact(word)]


def _word(word: str) -> Word:
    ways: list[Way] = [(_needle("g", line),) for line in spellings(word) if line]
    ways += [(_needle(letter, kana),) for letter, kana in _spoken(word)]
    parts = [compact(token.surface) for token in content(tokenize(prepare(word)))]
    if len(parts) > 1 and all(len(part) > 1 and not is_kana(part) for part in parts):
        ways.append(tuple(_needle("g", part) for part in parts))
    return tuple(dict.fromkeys(ways))


def _spoken(word: str) -> Iterator[tuple[str, str]]:
    """Kana are looked for in readings; kanji and Latin letters by how they are read, if that is telling."""
    plain = compact(word)
    if is_kana(plain):
        if len(plain) > 1:
            yield "r", plain
        return
    romaji = romaji_to_kana(plain)
    kana = romaji or fold("".join(token.reading for token in tokenize(prepare(word))))
    if is_kana(kana) and (romaji or len(kana) >= MIN_READING):
        yield from (("g", kana), ("r", kana))


def _asked(text: str) -> list[tuple[str, str]]:
    text = clean(text)[:MAX_QUESTION]
    lines = [("g", line) for line in spellings(text) if line]
    return lines + [("r", line) for _letter, line in lines if is_kana(line) and len(line) > 1]


def _needle(letter: str, line: str) -> Needle:
    line = line[:MAX_NEEDLE]
    if len(line) == 1:
        return Needle((_token(letter, line),), is_prefix=True)
    return Needle(tuple(_pairs(letter, line)))


def _in_order(letter: str, line: str) -> list[str]:
    return [*_pairs(letter, line), _token(letter, line[-1:])]


def _pairs(letter: str, line: str) -> Iterable[str]:
    return [_token(letter, first + second) for first, second in pairwise(line)]


def _token(letter: str, chars: str) -> str:
    return letter + _OTHER.sub(lambda match: f"z{ord(match.group()):x}z", chars)
