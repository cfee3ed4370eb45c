"""Question → words and conditions: 「からすやま まーじゃん 日曜」 → まーじゃん, area=烏山, weekday=日.

Known words (places, kinds, conditions, the synonym dictionary) are cut out first, longest first; the analyser cuts
what is left. Conditions the reader wants as plain words (`SearchRequest.plain`) stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .analysis.dictionary import Dictionary, is_meaningful, shipped_dictionary
from .analysis.normalise import compact, fold, is_kana, key
from .analysis.stopwords import is_stop_word
from .analysis.terms import content
from .analysis.tokens import Token, prepare, tokenize
from .registry import Term
from .request import Chip
from .vocabulary import Vocabulary

_CONDITION_KINDS = frozenset({"place", "condition"})
_SPACE = re.compile(r"\s+")
_SMALL = frozenset("ゃゅょぁぃぅぇぉャュョァィゥェォ")
MAX_RUN = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the question with what it may mean. Without terms: a plain word.

    `token` is what the analyser made of it in its sentence (教えて is 教える there, a noun when alone). An `unknown`
    piece is a word the analyser only cuts to bits: it is compared as a whole.
    """

    surface: str
    terms: tuple[Term, ...] = ()
    token: Token | None = None
    unknown: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        if self.unknown:
            return ()
        return (self.token,) if self.token else tokenize(self.surface)

    @property
    def is_condition(self) -> bool:
        """Whether it narrows the results instead of being looked for."""
        return any(term.kind in _CONDITION_KINDS for term in self.terms)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a question is cut."""

    vocabulary: Vocabulary
    dictionary: Dictionary


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as typed and its pieces, in order.

    `phrases`: neighbouring words that are one word of the dictionary: 若者 居場所 → 若者の居場所.
    """

    text: str
    pieces: tuple[Piece, ...]
    phrases: tuple[str, ...] = ()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Conditions, for the page."""
        return tuple(_chip(piece) for piece in self.pieces if piece.is_condition)


def understand(
    text: str, vocabulary: Vocabulary, *, plain: tuple[str, ...] = (), dictionary: Dictionary | None = None
) -> Understood:
    """Cut a question into pieces. Never raises; nothing typed is dropped but stop words.

    `dictionary`: other words in force; the shipped ones where none is given.
    """
    known = Known(vocabulary, dictionary or shipped_dictionary())
    prepared = prepare(text)
    refused = {key(surface) for surface in plain}
    pieces: list[Piece] = []
    for chunk in _SPACE.split(prepared):
        pieces.extend(_cut(chunk, known, refused))
    kept = tuple(_distinct(_without_stop_words(pieces)))
    return Understood(text=text, pieces=kept, phrases=tuple(_phrases(kept, known.dictionary)))


def _phrases(pieces: Sequence[Piece], dictionary: Dictionary) -> Iterator[str]:
    words = [piece.surface for piece in pieces if not piece.is_condition]
    for pair in pairwise(words):
        yield from (
            phrase for phrase in map(str.join, ("", "の"), (pair, pair)) if key(phrase) in dictionary.synonyms
        )


def _cut(chunk: str, known: Known, refused: set[str]) -> Iterator[Piece]:
    """Pieces of a chunk without spaces."""
    if not compact(chunk):
        return
    tokens = tokenize(chunk)
    start = position = 0
    while position < len(chunk):
        end = _longest_known(chunk, position, tokens, known)
        if end:
            yield from _analysed(chunk, start, position, tokens, known.dictionary)
            yield _known(chunk[position:end], known.vocabulary, refused)
            start = position = end
        else:
            position += 1
    yield from _analysed(chunk, start, len(chunk), tokens, known.dictionary)


def _longest_known(chunk: str, start: int, tokens: tuple[Token, ...], known: Known) -> int:
    """End of the longest known word that starts here and may stand here; 0 for none."""
    for end in range(min(len(chunk), start + max(known.vocabulary.longest, 16)), start, -1):
        form = key(chunk[start:end])
        is_known = form in known.vocabulary.by_surface or (len(form) > 1 and known.dictionary.knows(form))
        if is_known and _may_stand(chunk, start, end, tokens):
            return end
    return 0


def _may_stand(chunk: str, start: int, end: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a known word is a word here: 代田 is none inside 千代田区, うた none inside うたがう."""
    if (start, end) == (0, len(chunk)):
        return True
    if any(t.proper and t.start <= start and end <= t.end and end - start < t.end - t.start for t in tokens):
        return False
    form = fold(chunk[start:end])
    if len(form) >= 4 or not (is_kana(form) or len(form) == 1):
        return True
    borders = {0, len(chunk)} | {token.start for token in tokens} | {token.end for token in tokens}
    return start in borders and end in borders


def _known(surface: str, vocabulary: Vocabulary, refused: set[str]) -> Piece:
    terms = tuple(vocabulary.by_surface.get(key(surface), ()))
    if key(surface) in refused:
        terms = tuple(term for term in terms if term.kind not in _CONDITION_KINDS)
    if any(term.kind == "topic" for term in terms):  # a kind that is a condition's word too: lose nothing
        terms = tuple(term for term in terms if term.kind == "topic")
    return Piece(surface, terms)


def _analysed(
    chunk: str, start: int, end: int, tokens: tuple[Token, ...], dictionary: Dictionary
) -> Iterator[Piece]:
    """Plain words of what no list knows. A word in kana that falls to bits is kept in one piece."""
    text = chunk[start:end]
    if not compact(text):
        return
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    if sum(len(token.surface) for token in inside) != len(text):
        inside = list(tokenize(text))  # a known word was cut out of the middle of a token
    elif (start, end) != (0, len(chunk)) and all(_is_empty(token) for token in inside):
        return  # only particles, する, ください between known words
    if falls_to_bits(text, inside):
        yield Piece(text, unknown=True)
        return
    yield from _runs(inside, dictionary)


def _runs(tokens: list[Token], dictionary: Dictionary) -> Iterator[Piece]:
    """Words one by one, but those together that are one entry of the dictionary whatever their inflection."""
    spoken = [token for token in tokens if is_meaningful(token)]
    position = 0
    left: list[Token] = []
    while position < len(spoken):
        for end in range(min(len(spoken), position + MAX_RUN), position + 1, -1):
            entry = dictionary.entry(spoken[position:end])
            if entry:
                yield Piece(entry)
                position = end
                break
        else:
            left.append(spoken[position])
            position += 1
    words = content(left) if len(left) < len(spoken) else content(tokens)
    yield from (Piece(token.surface, token=token) for token in words)


def falls_to_bits(text: str, tokens: Sequence[Token]) -> bool:
    """まー + じゃん, しょく + どう: kana the analyser does not know as a word; the readings in the index will."""
    known = len(tokens) == 1 and not tokens[0].silent
    return not known and is_kana(compact(text)) and all(t.silent or sounds(t.surface) <= 2 for t in tokens)


def sounds(kana: str) -> int:
    """How many kana, small ones counted with the one before: しょく has two."""
    return sum(char not in _SMALL for char in kana)


def _without_stop_words(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.is_condition or not _says_nothing(piece)] or pieces


def _says_nothing(piece: Piece) -> bool:
    tokens = [token for token in (piece.tokens or tokenize(piece.surface)) if token.keys]
    return bool(tokens) and all(_is_empty(token) for token in tokens)


def _is_empty(token: Token) -> bool:
    return token.silent or is_stop_word(token.keys)


def _distinct(pieces: list[Piece]) -> Iterator[Piece]:
    seen: set[str] = set()
    for piece in pieces:
        form = key(piece.surface)
        if form and form not in seen:
            seen.add(form)
            yield piece


def _chip(piece: Piece) -> Chip:
    terms = sorted(
        (term for term in piece.terms if term.kind in _CONDITION_KINDS), key=lambda term: term.rank
    )
    first = terms[0]
    values = tuple(dict.fromkeys(term.value for term in terms if term.field == first.field))
    labels = tuple(dict.fromkeys(term.label for term in terms if term.rank == first.rank))
    label = labels[0] if len(labels) == 1 else piece.surface
    return Chip(field=first.field, values=values, label=label, surface=piece.surface)
