"""Words one slip away from a known one: a sign missing, doubled, wrong or exchanged with the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .analysis.normalise import compact, is_kana, key, sound
from .analysis.romaji import romaji_to_kana
from .analysis.tokens import reading
from .pieces import Known, Piece, Understood

MIN_KANA = 4  # a shorter word is one slip away from too many others
MIN_SIGNS = 3


def corrected(
    understood: Understood, nowhere: Iterable[str], known: Known
) -> tuple[Understood, dict[str, str]]:
    """The question with words that are `nowhere` (their surfaces) read as the known word nearest to each.

    Also which was read as what; empty where none is near.
    """
    lost = set(nowhere)
    found: dict[str, str] = {}
    pieces: list[Piece] = []
    for piece in understood.pieces:
        word = nearest(piece.surface, known) if piece.surface in lost and not piece.is_condition else ""
        if word:
            found[piece.surface] = word
            terms = tuple(known.vocabulary.by_surface.get(key(word), ()))
            piece = replace(piece, meant=word, terms=terms, token=None, unknown=False, raises=False)
        pieces.append(piece)
    return replace(understood, pieces=tuple(pieces)), found


def nearest(surface: str, known: Known) -> str:
    """The known word that is one slip away; "" for none. In kana and romaji slips are looked for in what is heard."""
    word = key(surface)
    spoken = sound(compact(surface)) if is_kana(compact(surface)) else sound(romaji_to_kana(compact(surface)))
    if len(word) >= MIN_SIGNS and not is_kana(word):
        for other in _words(known):
            if len(other) >= MIN_SIGNS and one_slip(word, other):
                return other
    if len(spoken) >= MIN_KANA:
        return next((other for other in _words(known) if one_slip(spoken, _heard(other))), "")
    return ""


def _words(known: Known) -> Iterator[str]:
    yield from known.vocabulary.by_surface
    yield from known.dictionary.synonyms


def _heard(word: str) -> str:
    heard = sound(word if is_kana(word) else compact(reading(word)))
    return heard if len(heard) >= MIN_KANA else ""


def one_slip(typed: str, word: str) -> bool:
    """Whether the two differ by one sign more, less or other, or by two neighbours exchanged. Not when equal."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word))
    )
    left, right = typed[start:], word[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter
