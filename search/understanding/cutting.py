"""Question → words and conditions: 「からすやま まーじゃん 日曜」 → まーじゃん, area=烏山, weekday=日.

Known words (places, kinds, conditions, the synonym dictionary) are cut out first, longest first; the analyser cuts
what is left. Conditions the reader wants as plain words (`SearchRequest.plain`) stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ..analysis.dictionary import SAME, Dictionary, is_meaningful, shipped_dictionary
from ..analysis.normalise import compact, fold, is_kana, key
from ..analysis.stopwords import is_general, is_stop_word
from ..analysis.terms import content
from ..analysis.tokens import Token, prepare, reading, tokenize
from ..registry import Term
from ..vocabulary import Vocabulary
from .letters import by_letters, known_by_letters, known_by_sound, piece_of, readings_of
from .pieces import NARROWING, Known, Piece, Understood
from .readers import conditions

_SPACE = re.compile(r"\s+")
_SMALL = frozenset("ゃゅょぁぃぅぇぉャュョァィゥェォ")
_STATION = re.compile("駅(?:前|周辺|近く|近辺)?|周辺|近辺|方面|近郊|あたり|界隈")
_PARTICLE = re.compile("(?:[のにはでがを]|から|まで)(?![ぁ-ん])")
_LETTERS = re.compile("(?:[のにはでがをと]|から|まで)?([a-zA-Z'-]{3,})")
MAX_RUN = 4
MIN_MIXED, MAX_MIXED = 5, 12
MIN_HEARD = 4  # a shorter one must be spelt as the dictionary spells it

__all__ = ["Piece", "Understood", "understand"]


def understand(
    text: str,
    vocabulary: Vocabulary,
    *,
    plain: tuple[str, ...] = (),
    dictionary: Dictionary | None = None,
    today: date | None = None,
) -> Understood:
    """Cut a question into pieces. Never raises; nothing typed is dropped but stop words.

    `dictionary`: other words in force; the shipped ones where none is given. `today`: the day that 今日 means; without
    it words for days are plain words.
    """
    refused = frozenset(key(surface) for surface in plain)
    known = Known(vocabulary, dictionary or shipped_dictionary(), refused, today)
    prepared = prepare(text)
    pieces: list[Piece] = []
    position = 0
    for start, end, piece in conditions(prepared, known):
        pieces += _words(prepared[position:start], known)
        pieces.append(piece)
        position = end
    pieces += _words(prepared[position:], known)
    told = _without_stop_words(_near_the_place(pieces))
    kept = tuple(_general_ones_raise(list(_distinct(told))))
    return Understood(text=text, pieces=kept, phrases=tuple(_phrases(kept, known.dictionary)))


def _words(text: str, known: Known) -> Iterator[Piece]:
    """Pieces of a stretch in which no condition was read."""
    chunks = [chunk for chunk in _SPACE.split(text) if chunk]
    position = 0
    for count, piece in by_letters(chunks, known):
        if piece is not None:
            yield piece
        else:
            yield from _cut(chunks[position], known)
        position += count


def _near_the_place(pieces: list[Piece]) -> list[Piece]:
    """烏山の近く is near 烏山 and not near the visitor."""
    if any(piece.is_place for piece in pieces):
        return [replace(piece, near=False) if piece.near else piece for piece in pieces]
    return pieces


def _phrases(pieces: Sequence[Piece], dictionary: Dictionary) -> Iterator[str]:
    words = [piece.surface for piece in pieces if not piece.is_condition]
    for pair in pairwise(words):
        yield from (
            phrase for phrase in map(str.join, ("", "の"), (pair, pair)) if key(phrase) in dictionary.synonyms
        )


def _cut(chunk: str, known: Known) -> Iterator[Piece]:
    """Pieces of a chunk without spaces."""
    if not compact(chunk):
        return
    heard = _heard(chunk, known)
    if heard is not None:
        yield heard
        return
    tokens = tokenize(chunk)
    start = position = 0
    while position < len(chunk):
        end = _longest_known(chunk, position, tokens, known)
        behind, said = _said_here(position, tokens, known.dictionary)
        if behind > end:
            yield from _analysed(chunk, start, position, tokens, known)
            yield Piece(said)
            start = position = behind
        elif end:
            yield from _analysed(chunk, start, position, tokens, known)
            piece = _known(chunk[position:end], known)
            yield piece
            start = position = _behind_the_place(chunk, end) if piece.is_place else end
        else:
            position += 1
    yield from _analysed(chunk, start, len(chunk), tokens, known)


def _said_here(position: int, tokens: tuple[Token, ...], dictionary: Dictionary) -> tuple[int, str]:
    """End and entry of the words from here on that are one entry in another inflection: 介護で疲れて; (0, "") for none."""
    first = next((number for number, token in enumerate(tokens) if token.start == position), None)
    if first is None or not is_meaningful(tokens[first]):
        return 0, ""
    rest = tokens[first:]
    spoken = [number for number, token in enumerate(rest) if is_meaningful(token)]
    begins = [*spoken, len(rest)]
    for count in range(min(len(spoken), MAX_RUN), 0, -1):
        entry = dictionary.entry(rest[: begins[count]])
        if entry:
            return rest[begins[count] - 1].end, entry
    return 0, ""


def _heard(chunk: str, known: Known) -> Piece | None:
    """A chunk that is no known word but sounds like one: まあじゃん, しょくどー, いご; half in kanji: こども食どう."""
    kana = _in_kana(compact(chunk))
    if not is_kana(kana) or key(chunk) in known.refused:
        return None
    if key(chunk) in known.vocabulary.by_surface or known.dictionary.knows(key(chunk)):
        return None
    if len(kana) < MIN_HEARD:
        word = readings_of(known.dictionary).get(kana, "")
        return Piece(chunk, meant=word) if word else None
    return known_by_sound(chunk, kana, known)


def _in_kana(plain: str) -> str:
    """How a word half in kanji is spoken; others as they are. A short one is too easily another word."""
    mixed = any(map(is_kana, plain)) and not is_kana(plain)
    spoken = compact(reading(plain)) if mixed and len(plain) <= MAX_MIXED else ""
    return spoken if len(spoken) >= MIN_MIXED else plain


def _behind_the_place(chunk: str, end: int) -> int:
    """End of a place's name with what only says that it is one: 用賀駅前."""
    tail = _STATION.match(chunk, end)
    return tail.end() if tail else end


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
    behind = _behind_the_place(chunk, end)
    if any(t.proper and _is_inside(start, end, t) and behind != t.end for t in tokens):
        return False
    form = fold(chunk[start:end])
    if len(form) >= 4 or not (is_kana(form) or len(form) == 1):
        return True
    if len(form) == 3 and start == 0 and _PARTICLE.match(chunk, end):
        return True  # こまえの, whatever the analyser makes of it
    borders = {0, len(chunk)} | {token.start for token in tokens} | {token.end for token in tokens}
    return start in borders and end in borders


def _is_inside(start: int, end: int, token: Token) -> bool:
    return token.start <= start and end <= token.end and end - start < token.end - token.start


def _known(surface: str, known: Known) -> Piece:
    terms = tuple(known.vocabulary.by_surface.get(key(surface), ())) or _terms_of_others(surface, known)
    if key(surface) in known.refused:
        terms = tuple(term for term in terms if term.kind not in {*NARROWING, "audience"})
    return piece_of(surface, terms)


def _terms_of_others(surface: str, known: Known) -> tuple[Term, ...]:
    """Conditions and audiences that another word for the same thing means: お年寄り is 高齢者."""
    others = known.dictionary.others((key(surface),))
    same = (key(other) for other, worth in others.items() if worth >= SAME)
    terms = (term for form in same for term in known.vocabulary.by_surface.get(form, ()))
    return tuple(dict.fromkeys(term for term in terms if term.kind in ("condition", "audience")))


def _analysed(chunk: str, start: int, end: int, tokens: tuple[Token, ...], known: Known) -> Iterator[Piece]:
    """Plain words of what no list knows. A word in kana that falls to bits is kept in one piece."""
    text = chunk[start:end]
    if not compact(text):
        return
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    if sum(len(token.surface) for token in inside) != len(text):
        inside = list(tokenize(text))  # a known word was cut out of the middle of a token
    elif (start, end) != (0, len(chunk)) and all(_is_empty(token) for token in inside):
        return  # only particles, する, ください between known words
    if len(text) == 1 and any(_is_inside(start, end, token) for token in tokens):
        return  # 員 of 相談員, when 相談 is known: the question as a whole still finds it
    letters = _LETTERS.fullmatch(text)
    spelt = known_by_letters(letters[1], known) if letters else None
    if spelt is not None:
        yield spelt  # 喜多見でkodomoshokudou
        return
    if falls_to_bits(text, inside):
        yield Piece(text, unknown=True)
        return
    yield from _runs(inside, known)


def _runs(tokens: list[Token], known: Known) -> Iterator[Piece]:
    """Words one by one, but those together that are one entry of the dictionary whatever their inflection."""
    spoken = [number for number, token in enumerate(tokens) if is_meaningful(token)]
    begins = [*spoken, len(tokens)]
    position = 0
    left: list[Token] = []
    while position < len(spoken):
        for end in range(min(len(spoken), position + MAX_RUN), position, -1):
            entry = known.dictionary.entry(tokens[begins[position] : begins[end]])
            if entry:
                yield Piece(entry)
                position = end
                break
        else:
            left.append(tokens[spoken[position]])
            position += 1
    words = content(left) if len(left) < len(spoken) else content(tokens)
    yield from (_spelt_out(token, known) for token in words)


def _spelt_out(token: Token, known: Known) -> Piece:
    """マアジャン is マージャン also behind 上野毛の."""
    return _heard(token.surface, known) or Piece(token.surface, token=token)


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


def _general_ones_raise(pieces: list[Piece]) -> list[Piece]:
    """手話 サークル: 手話 is asked for, サークル raises; with nothing more telling beside it it is asked for.

    Whom it is for is less telling than what it is: of many an entry it is not written down.
    """
    words = [piece for piece in pieces if not piece.is_condition and not piece.raises]
    for is_less in (_says_less, _is_general):
        if not all(map(is_less, words)):
            return [replace(piece, raises=True) if is_less(piece) else piece for piece in pieces]
    return pieces


def _says_less(piece: Piece) -> bool:
    return piece.is_audience or _is_general(piece)


def _is_general(piece: Piece) -> bool:
    if piece.is_condition or piece.terms or piece.unknown:
        return False
    spoken = [token for token in piece.tokens if not token.silent]
    if piece.token is None and len(spoken) > 1:
        return False  # a saying of the dictionary: 食べるものがない says more than its words
    tokens = content(piece.tokens)
    return bool(tokens) and all(is_general(token.keys) for token in tokens)


def _distinct(pieces: list[Piece]) -> Iterator[Piece]:
    seen: set[str] = set()
    for piece in pieces:
        form = key(piece.surface)
        if form and form not in seen:
            seen.add(form)
            yield piece
