"""The tokens an engine stores and is asked for. One letter says what a token is, the rest is the term.

a b c d   word of the title / category / place / body        g   one or two characters of the folded texts
k         keyword "field=value"                                 r   two characters of the readings
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from .normalise import compact, fold, key
from .stopwords import is_stop_word
from .tokens import Token, spoken_words

CLASSES = "abcd"
MAX_TERM = 60  # longer "words" are noise; PostgreSQL allows 2,046 bytes a lexeme
_ASCII_MARK = re.compile(r"[^0-9a-z\x80-\U0010ffff]")


@lru_cache(maxsize=131_072)
def encode(letter: str, term: str) -> str:
    """A token without ASCII punctuation or upper case, whatever the term: what every engine takes as one word."""
    return letter + _ASCII_MARK.sub(_escape, term[:MAX_TERM].lower())


def _escape(match: re.Match[str]) -> str:
    return f"x{ord(match.group()):x}x"


@lru_cache(maxsize=16_384)
def keyword(field: str, value: str) -> str:
    """Token of a keyword value."""
    return encode("k", f"{field}={fold(value)}")


def words(text: str) -> set[str]:
    """Keys of all words of a text and of their parts; particles and punctuation left out."""
    return {form for line in text.split("\n") for form in _words_of(line)}


def word_terms(letter: str, text: str) -> set[str]:
    """`words` as tokens of a class."""
    return {encode(letter, form) for form in words(text)}


@lru_cache(maxsize=32_768)
def _words_of(line: str) -> frozenset[str]:
    """Kinds, places and timetables stand in thousands of documents as the very same line."""
    return frozenset(spoken_words(line))


def bigrams(letter: str, text: str) -> list[str]:
    """Tokens for each two neighbouring characters; for a single character, that one."""
    if len(text) == 1:
        return [encode(letter, text)]
    return [encode(letter, first + second) for first, second in pairwise(text)]


def grams(lines: Iterable[str]) -> set[str]:
    """Pairs and single characters of folded texts: what makes every literal substring findable."""
    found: set[str] = set()
    for line in lines:
        found.update(map("".join, pairwise(line)))
        found.update(line)
    return {encode("g", gram) for gram in found}


def spellings(text: str) -> tuple[str, ...]:
    """Folded text, and its form without ヶ, 々 and long vowels where that differs."""
    return tuple(dict.fromkeys((compact(text), key(text))))


def content(tokens: Iterable[Token]) -> list[Token]:
    """The tokens that say what is looked for; all that are not silent when only stop words are left."""
    spoken = [token for token in tokens if not token.silent and token.keys]
    return [token for token in spoken if not is_stop_word(token.keys)] or spoken
