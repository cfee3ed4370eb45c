"""Words the search knows beforehand, by the forms they are typed in: places, kinds, conditions, the dictionary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from .analysis.dictionary import Dictionary
from .analysis.normalise import compact, key
from .analysis.tokens import reading
from .registry import Term
from .vocabulary import Vocabulary

WORD = "word"  # of the dictionary; the other kinds are those of `Term`
MAX_LENGTH = 14  # longer entries are sentences: nobody completes them
MIN_NEAR, MAX_NEAR = 3, 14
_ORDER = {"place": 0, "topic": 1, "audience": 2, "condition": 3, WORD: 4}


@dataclass(frozen=True, slots=True)
class KnownWord:
    """`text` is what to ask for, `label` what it is called where that differs, `meaning` what it stands for."""

    text: str
    label: str
    kind: str
    rank: int
    meaning: tuple[str, str]

    @property
    def order(self) -> tuple[int, int]:
        return _ORDER.get(self.kind, len(_ORDER)), self.rank


class KnownWords:
    """All known words in the order of their forms (folded and compact; as written and as spoken)."""

    def __init__(self, vocabulary: Vocabulary, dictionary: Dictionary) -> None:
        words: dict[tuple[str, KnownWord], None] = {}
        for form, word in chain(_of_vocabulary(vocabulary), _of_dictionary(dictionary)):
            words.setdefault((form, word))
        self._entries = sorted(words, key=lambda entry: (entry[0], entry[1].order, entry[1].text))
        self._forms = [form for form, _word in self._entries]

    def beginning(self, typed: str, limit: int = 400) -> Iterator[tuple[str, KnownWord]]:
        """(form, word) of the forms that begin with `typed`, in the order of the forms."""
        start = bisect_left(self._forms, typed)
        for form, word in islice(self._entries, start, start + limit):
            if not form.startswith(typed):
                return
            yield form, word

    def exactly(self, form: str) -> list[KnownWord]:
        """The words of this very form."""
        return [word for found, word in self.beginning(form) if found == form]

    def near(self, typed: str, distance: int) -> list[str]:
        """Forms that are the same (0), or one character away: another, one more, one less, two exchanged (1)."""
        if not distance:
            return [typed] if self.exactly(typed) else []
        forms = {form for shorter in one_less(typed) for form in self._shortened.get(shorter, ())}
        return sorted(form for form in forms if form != typed and one_apart(typed, form))

    @cached_property
    def _shortened(self) -> dict[str, list[str]]:
        """Each form under itself and under all that is left of it without one character."""
        found: dict[str, list[str]] = {}
        for form in dict.fromkeys(self._forms):
            if MIN_NEAR <= len(form) <= MAX_NEAR:
                for shorter in one_less(form):
                    found.setdefault(shorter, []).append(form)
        return found


def one_less(word: str) -> set[str]:
    """The word, and what is left of it without one of its characters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_apart(one: str, other: str) -> bool:
    """Whether one character was changed, put in, left out, or exchanged with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    start = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[:start] + one[start + 1 : start + 2] + one[start] + one[start + 2 :]
    return swapped == other


_kept: tuple[Vocabulary, Dictionary, KnownWords] | None = None


def known_words(vocabulary: Vocabulary, dictionary: Dictionary) -> KnownWords:
    """The words of both, made ready once for each state of them (a tenth of a second for a ward)."""
    global _kept
    if _kept is None or _kept[0] is not vocabulary or _kept[1] is not dictionary:
        _kept = (vocabulary, dictionary, KnownWords(vocabulary, dictionary))
    return _kept[2]


def _of_vocabulary(vocabulary: Vocabulary) -> Iterator[tuple[str, KnownWord]]:
    surfaces = vocabulary.by_surface
    for term in dict.fromkeys(chain.from_iterable(surfaces.values())):
        word = _word(term, surfaces.get(key(term.label), ()))
        if len(word.text) > MAX_LENGTH + 6:
            continue
        for form in _forms(term.surface, term.reading):
            yield form, word


def _word(term: Term, of_label: Iterable[Term]) -> KnownWord:
    """A place is offered by its full name; other words as they are typed, with what they stand for."""
    by_label = any((other.field, other.value) == (term.field, term.value) for other in of_label)
    text = term.label if term.kind == "place" and by_label else term.surface
    return KnownWord(text, term.label, term.kind, term.rank, (term.field, term.value))


def _of_dictionary(dictionary: Dictionary) -> Iterator[tuple[str, KnownWord]]:
    for text in dict.fromkeys(word for group in dictionary.groups for word in group.words):
        if len(text) <= MAX_LENGTH:
            word = KnownWord(text, text, WORD, 0, (WORD, key(text)))
            for form in _forms(text):
                yield form, word


def _forms(surface: str, given: str = "") -> Iterator[str]:
    """As written and as spoken: the reading people gave, else the analyser's."""
    forms = (compact(surface), compact(given) or compact(reading(surface)))
    return (form for form in dict.fromkeys(forms) if form)
