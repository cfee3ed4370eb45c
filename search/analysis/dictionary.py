"""Groups of words, ready to be looked up: by the key of a word, by its reading, by its words' dictionary forms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from .normalise import key
from .synonyms import WordGroup, shipped_groups
from .tokens import Token, reading, tokenize

SAME = 0.75  # what another word for the same thing is worth beside the word itself
RELATED = 0.45
MIN_READING = 4  # shorter ones are too easily another word

Synonyms = Mapping[str, tuple[tuple[str, float], ...]]


@dataclass(frozen=True, eq=False, slots=True)
class Dictionary:
    """Other words for the same thing. Immutable; `version` differs where any group does.

    `synonyms`: key of a word → ((other word, worth), …). `spellings`: a reading or `lemma_key` → the keys it may
    stand for: こどもしょくどう is 子ども食堂; 野菜作り is 野菜づくり; 介護で疲れて is 介護に疲れた.
    """

    groups: tuple[WordGroup, ...]
    synonyms: Synonyms
    spellings: Mapping[str, tuple[str, ...]]
    version: str

    @classmethod
    def of(cls, groups: Iterable[WordGroup]) -> Dictionary:
        """Look-ups for these groups. Of several relations of two words the strongest counts."""
        groups = tuple(groups)
        synonyms = _synonyms(groups)
        version = hashlib.sha256(repr(groups).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return cls(
            groups, MappingProxyType(synonyms), MappingProxyType(_spellings(groups, synonyms)), version
        )

    def knows(self, form: str) -> bool:
        """Whether a key is a word of the dictionary, or the reading of one."""
        return form in self.synonyms or form in self.spellings

    def entry(self, tokens: Sequence[Token]) -> str:
        """The key under which these words together stand, whatever their inflection; "" for none."""
        return next(iter(self.spellings.get(lemma_key(tokens), ())), "")

    def others(self, forms: Iterable[str]) -> dict[str, float]:
        """Other words for any of these keys or readings → worth, the best of each."""
        found: dict[str, float] = {}
        entries = {entry for form in forms for entry in (form, *self.spellings.get(form, ()))}
        for entry in sorted(entries):
            for other, worth in self.synonyms.get(entry, ()):
                found[other] = max(worth, found.get(other, 0.0))
        return found


@lru_cache(maxsize=1)
def shipped_dictionary() -> Dictionary:
    """The dictionary that comes with the platform, without what staff added."""
    return Dictionary.of(shipped_groups())


def lemma_key(tokens: Iterable[Token]) -> str:
    """Dictionary forms of the meaningful tokens, joined: the same for every inflection and particle."""
    return " ".join(token.keys[0] for token in tokens if is_meaningful(token))


def is_meaningful(token: Token) -> bool:
    """Neither a particle nor a word that only says "do", "be", "want" or "not"."""
    return not token.silent and bool(token.keys) and token.keys[0] not in _EMPTY


_EMPTY = frozenset(
    key(word)
    for word in ("為る", "居る", "有る", "無い", "欲しい", "下さい", "下さる", "呉れる", "貰う", "たい")
)


def _synonyms(groups: Iterable[WordGroup]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {}
    for group in groups:
        worth = RELATED if group.finds else SAME
        for word in group.words:
            others = found.setdefault(key(word), {})
            for other in group.finds or group.words:
                if key(other) != key(word):
                    others[other] = max(others.get(other, 0.0), worth)
    return {word: tuple(others.items()) for word, others in found.items()}


def _spellings(groups: Iterable[WordGroup], synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word in dict.fromkeys(word for group in groups for word in group.words):
        spoken = reading(word)
        forms = [lemma_key(tokenize(word))] + ([spoken] if len(spoken) >= MIN_READING else [])
        for form in forms:
            if form and form not in synonyms:
                found.setdefault(form, {})[key(word)] = None
    return {form: tuple(entries) for form, entries in found.items()}
