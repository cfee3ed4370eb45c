"""The tokens an engine stores and is asked for. One letter says what a token is, the rest is the term.

a b c d   word of the title / category / place / body        g   one or two characters of the folded texts
k         keyword "field=value"                                 r   two characters of the readings
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from operator import add

from .normalise import compact_lines, fold, key_of_compact
from .stopwords import is_stop_word
from .tokens import Token, words_and_reading

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
    return set().union(*(words_and_reading(line)[0] for line in text.split("\n")))


def word_terms(letter: str, text: str) -> set[str]:
    """`words` as tokens of a class."""
    return set().union(*(_terms_of(letter, line) for line in text.split("\n")))


@lru_cache(maxsize=32_768)
def _terms_of(letter: str, line: str) -> frozenset[str]:
    return frozenset([encode(letter, form) for form in words_and_reading(line)[0]])


def bigrams(letter: str, text: str) -> list[str]:
    """Tokens for each two neighbouring characters; for a single character, that one."""
    if len(text) == 1:
        return [encode(letter, text)]
    if _is_plain(text):
        return list(map(add, [letter + char for char in text], text[1:]))
    return [encode(letter, first + second) for first, second in pairwise(text)]


def grams(lines: Iterable[str]) -> set[str]:
    """Pairs and single characters of folded texts: what makes every literal substring findable."""
    found: set[str] = set()
    for line in lines:
        if _is_plain(line):
            singles = ["g" + char for char in line]
            found.update(singles, map(add, singles, line[1:]))
        else:
            found.update([encode("g", gram) for gram in {*map("".join, pairwise(line)), *line}])
    return found


def _is_plain(text: str) -> bool:
    """Whether `encode` would leave every piece of a text as it is; nearly all folded texts are so."""
    return text.isalnum() and text == text.lower()


def spellings(text: str) -> tuple[str, ...]:
    """Folded text, and its form without ヶ, 々 and long vowels where that differs."""
    plain = compact_lines(text)
    return tuple(dict.fromkeys((plain, key_of_compact(plain))))


def content(tokens: Iterable[Token]) -> list[Token]:
    """The tokens that say what is looked for; all that are not silent when only stop words are left."""
    spoken = [token for token in tokens if not token.silent and token.keys]
    return [token for token in spoken if not is_stop_word(token.keys)] or spoken
