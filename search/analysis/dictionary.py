"""Groups of words, ready to be looked up: by the key of a word, by its reading, by its words' dictionary forms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from .normalise import key
from .synonyms import WordGroup, shipped_groups
from .tokens import Token, reading, tokenize

SAME = 0.75  # what another word for the same thing is worth beside the word itself
RELATED = 0.45
NAMES = frozenset({"old", "short", "spelling"})  # kinds whose groups are names of the very same thing
MIN_READING = 4  # shorter ones are too easily another word

Synonyms = Mapping[str, tuple[tuple[str, float], ...]]


@dataclass(frozen=True, eq=False, slots=True)
class Dictionary:
    """Other words for the same thing. Immutable; `version` differs where any group does.

    `synonyms`: key of a word → ((other word, worth), …). `spellings`: a reading or `lemma_key` → the keys it may
    stand for: こどもしょくどう is 子ども食堂; 野菜作り is 野菜づくり; 介護で疲れて is 介護に疲れた. `written`: key of a
    word → how it is written.
    """

    groups: tuple[WordGroup, ...]
    synonyms: Synonyms
    spellings: Mapping[str, tuple[str, ...]]
    written: Mapping[str, str]
    version: str

    @classmethod
    def of(cls, groups: Iterable[WordGroup]) -> Dictionary:
        """Look-ups for these groups. Of several relations of two words the strongest counts."""
        groups = tuple(groups)
        synonyms = _synonyms(groups)
        return cls(
            groups,
            synonyms=MappingProxyType(synonyms),
            spellings=MappingProxyType(_spellings(groups, synonyms)),
            written=MappingProxyType({key(word): word for group in groups for word in group.words}),
            version=hashlib.sha256(repr(groups).encode("utf-8", "surrogatepass")).hexdigest()[:12],
        )

    def knows(self, form: str) -> bool:
        """Whether a key is a word of the dictionary, or the reading of one."""
        return form in self.synonyms or form in self.spellings

    def entry(self, tokens: Sequence[Token]) -> str:
        """The entry that several words (or one and a "not") are, whatever their inflection; "" for none."""
        lemmas = lemma_key(tokens)
        entries = self.spellings.get(lemmas, ()) if " " in lemmas else ()
        return self.written[entries[0]] if entries else ""

    def forms_of(self, surface: str) -> set[str]:
        """The keys a word or sentence may stand under: as it is written, and by its words' dictionary forms."""
        return {key(surface), lemma_key(tokenize(surface))} - {""}

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
    """Dictionary forms of the meaningful tokens, joined: the same for every inflection and particle.

    What is not so ends in a mark: 眠れません is 眠れない and not 眠る.
    """
    tokens = tuple(tokens)
    forms = [token.keys[0] for token in tokens if is_meaningful(token)]
    denied = any(token.keys and token.keys[0] in _NOT for token in tokens)
    return " ".join([*forms, _DENIED] if forms and denied else forms)


def is_meaningful(token: Token) -> bool:
    """Neither a particle nor a word that only says "do", "be", "want", "not" or how much."""
    return not token.silent and bool(token.keys) and token.keys[0] not in _EMPTY


_EMPTY = frozenset(
    key(word)
    for word in (
        *("為る", "居る", "有る", "無い", "欲しい", "下さい", "下さる", "呉れる", "貰う", "頂く", "たい"),
        *("仕舞う", "過ぎる", "成る", "もう", "とても", "凄い", "大変", "中々", "全然", "余り", "少し"),
        *("ちょっと", "最近", "毎日", "私", "僕", "自分", "うち", "何時も", "ずっと", "本当", "人"),
    )
)
_NOT = frozenset(key(word) for word in ("無い", "ない", "ず", "ぬ"))
_DENIED = "ない"


def _synonyms(groups: Iterable[WordGroup]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {}
    for group in groups:
        worth = RELATED if group.finds else SAME
        for word in group.words:
            others = found.setdefault(key(word), {})
            for other in group.finds or group.words:
                if key(other) != key(word):
                    others[other] = max(others.get(other, 0.0), worth)
    for group in groups:
        if not group.finds:
            _share(group, found)
    return {word: tuple(others.items()) for word, others in found.items()}


def _share(group: WordGroup, found: dict[str, dict[str, float]]) -> None:
    """What one word of a group finds, all find. Names of the very same thing are one: 痴呆 is what 認知症 is."""
    relations = [tuple(found[key(word)].items()) for word in group.words]
    for word in group.words:
        for other, worth in chain.from_iterable(relations):
            if key(other) != key(word) and (worth < SAME or group.kind in NAMES):
                found[key(word)][other] = max(worth, found[key(word)].get(other, 0.0))


def _spellings(groups: Iterable[WordGroup], synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word in dict.fromkeys(word for group in groups for word in group.words):
        for form in _forms(word):
            if form not in synonyms:
                found.setdefault(form, {})[key(word)] = None
    return {form: tuple(entries) for form, entries in found.items()}


def _forms(word: str) -> Iterator[str]:
    """Its reading, and its dictionary forms; not a single one that its sentence boils down to (時間がある: 時間)."""
    spoken, tokens = reading(word), tokenize(word)
    if len(spoken) >= MIN_READING:
        yield spoken
    lemmas = lemma_key(tokens)
    if lemmas and (" " in lemmas or len(tokens) == 1):
        yield lemmas
