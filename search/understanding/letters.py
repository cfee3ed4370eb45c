"""Words typed in Latin letters, or in careless kana: what they may be of the words one knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..analysis.dictionary import Dictionary
from ..analysis.normalise import compact, is_kana, key, sound
from ..analysis.romaji import romaji_readings
from ..analysis.tokens import reading
from ..registry import Term
from .pieces import Known, Piece

MAX_JOINED = 4
MIN_SOUND = 3  # 2 for places, which have names of two sounds (用賀)
_LETTERS = re.compile(r"[a-zA-Zａ-ｚＡ-Ｚāīūēōâîûêô'’-]{2,}|[ぁ-んァ-ヶー]*[a-zA-Z][ぁ-んァ-ヶーa-zA-Z]+")
_TAILS = re.compile(r"(chiku|chiiki|ku|shi|eki|machi|cho)$")


def by_letters(chunks: Sequence[str], known: Known) -> Iterator[tuple[int, Piece | None]]:
    """(how many chunks, the word they are): kodomo shokudo is one word. None for a chunk that is something else."""
    position = 0
    while position < len(chunks):
        length, piece = _longest(chunks[position : position + MAX_JOINED], known)
        yield length, piece
        position += length


def _longest(chunks: Sequence[str], known: Known) -> tuple[int, Piece | None]:
    count = next((n for n, chunk in enumerate(chunks) if not _LETTERS.fullmatch(chunk)), len(chunks))
    for length in range(count, 0, -1):
        surface = " ".join(chunks[:length])
        piece = None if key(surface) in known.refused else known_by_letters(surface, known)
        if piece is not None:
            return length, piece
    return 1, None


def known_by_letters(surface: str, known: Known) -> Piece | None:
    """The known word a surface in letters spells; None when it spells none (or is one known word as it is: wifi)."""
    if key(surface) in known.vocabulary.by_surface or known.dictionary.knows(key(surface)):
        return Piece(surface) if " " in surface else None  # food pantry
    joined = surface.replace(" ", "")
    for way in (joined, _TAILS.sub("", joined.replace("-", "").lower())):
        for kana in romaji_readings(way):
            piece = known_by_sound(surface, kana, known)
            if piece is not None:
                return piece
    return None


def known_by_sound(surface: str, kana: str, known: Known) -> Piece | None:
    """The known word that sounds like this (folded kana), however long its vowels."""
    heard = sound(kana)
    terms = known.vocabulary.by_sound.get(heard, [])
    if len(heard) < MIN_SOUND:
        terms = [term for term in terms if term.kind == "place"] if len(kana) >= 2 else []
    if terms:
        return piece_of(surface, terms, meant=terms[0].surface)
    longer = len(heard) >= MIN_SOUND
    word = (
        sounds_of(known.dictionary).get(heard, "") if longer else readings_of(known.dictionary).get(kana, "")
    )
    return Piece(surface, meant=word) if word else None


def piece_of(surface: str, terms: Sequence[Term], *, meant: str = "") -> Piece:
    """A piece of known meaning. A kind that is a condition's word too loses nothing: it stays a kind."""
    topics = tuple(term for term in terms if term.kind == "topic")
    return Piece(surface, topics or tuple(terms), meant="" if meant == surface else meant)


@lru_cache(maxsize=4)
def readings_of(dictionary: Dictionary) -> dict[str, str]:
    """Reading of two or three kana → word of the dictionary: too short to be guessed at, clear when it stands alone."""
    found: dict[str, str] = {}
    for group in dictionary.groups:
        for word in group.words:
            spoken = compact(reading(word))
            if 2 <= len(spoken) < 4 and is_kana(spoken):
                found.setdefault(spoken, word)
    return found


@lru_cache(maxsize=4)
def sounds_of(dictionary: Dictionary) -> dict[str, str]:
    """Sound → word of the dictionary that has an entry of its own, the first of those that sound alike."""
    found: dict[str, str] = {}
    for group in dictionary.groups:
        for word in group.words:
            heard = sound(compact(reading(word)))
            if len(heard) >= MIN_SOUND and is_kana(heard):
                found.setdefault(heard, word)
    return found
