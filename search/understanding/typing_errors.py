"""Words one slip away from a known one: a sign missing, doubled, wrong or exchanged with the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from ..analysis.dictionary import Dictionary
from ..analysis.normalise import compact, is_kana, key, sound
from ..analysis.romaji import romaji_to_kana
from ..analysis.tokens import reading
from ..vocabulary import Vocabulary
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
    forms = _forms_of(known.vocabulary, known.dictionary)
    if len(word) >= MIN_SIGNS and not is_kana(word) and (other := forms.written.nearest(word)):
        return other
    return forms.heard.nearest(spoken) if len(spoken) >= MIN_KANA else ""


class _ByEnds:
    """Words by (length, first sign) and (length, last sign) of a form of theirs.

    One slip in a form of three signs or more leaves its first sign or its last one as it is: only words that share one
    have to be looked at.
    """

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._words: list[tuple[str, str]] = list(forms)
        self._first: dict[tuple[int, str], list[int]] = {}
        self._last: dict[tuple[int, str], list[int]] = {}
        for number, (form, _word) in enumerate(self._words):
            self._first.setdefault((len(form), form[0]), []).append(number)
            self._last.setdefault((len(form), form[-1]), []).append(number)

    def nearest(self, typed: str) -> str:
        """The first of the words whose form is one slip away; "" for none."""
        numbers: set[int] = set()
        for length in range(len(typed) - 1, len(typed) + 2):
            numbers.update(self._first.get((length, typed[0]), ()), self._last.get((length, typed[-1]), ()))
        for number in sorted(numbers):
            form, word = self._words[number]
            if one_slip(typed, form):
                return word
        return ""


class _Forms:
    """All known words, as written and as heard; made ready when first asked for."""

    def __init__(self, vocabulary: Vocabulary, dictionary: Dictionary) -> None:
        self._all = tuple(dict.fromkeys((*vocabulary.by_surface, *dictionary.synonyms)))

    @cached_property
    def written(self) -> _ByEnds:
        return _ByEnds((word, word) for word in self._all if len(word) >= MIN_SIGNS)

    @cached_property
    def heard(self) -> _ByEnds:
        return _ByEnds((heard, word) for word in self._all if (heard := _heard(word)))


_kept: tuple[Vocabulary, Dictionary, _Forms] | None = None


def _forms_of(vocabulary: Vocabulary, dictionary: Dictionary) -> _Forms:
    """The forms of both, once for each state of them."""
    global _kept
    kept = _kept
    if kept is None or kept[0] is not vocabulary or kept[1] is not dictionary:
        _kept = kept = (vocabulary, dictionary, _Forms(vocabulary, dictionary))
    return kept[2]


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
