"""Other words for the same thing, read from `search/data/synonyms.txt` (general knowledge of the field).

Lines of the file:
    = サロン, ふれあいサロン, お茶飲み会      each finds the others
    > 健康づくり: 体操, ウォーキング          the left also finds the right ones, less strongly, and not the reverse
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from .normalise import key
from .tokens import Token, reading, tokenize

FILE = Path(__file__).resolve().parent.parent / "data" / "synonyms.txt"
SAME = 0.75  # what another word for the same thing is worth beside the word itself
RELATED = 0.45
MIN_READING = 4  # shorter ones are too easily another word

Synonyms = Mapping[str, tuple[tuple[str, float], ...]]


@lru_cache(maxsize=1)
def shipped_synonyms() -> Synonyms:
    """The dictionary that comes with the platform."""
    return parse_synonyms(FILE.read_text(encoding="utf-8").splitlines())


def parse_synonyms(lines: Iterable[str]) -> Synonyms:
    """key of a word → ((other word, worth), …). ValueError names the line that cannot be read."""
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        if text[0] == "=":
            _add_group(found, _split(text[1:]))
        elif text[0] == ">" and ":" in text:
            left, _, right = text[1:].partition(":")
            _add_related(found, _split(left), _split(right))
        else:
            raise ValueError(f"line {number}: expected '= a, b' or '> a: b, c', found {text!r}")
    return {word: tuple(others.items()) for word, others in found.items()}


@lru_cache(maxsize=1)
def shipped_spellings() -> Mapping[str, str]:
    """Other ways to write the dictionary's words → the key they stand under: by reading and by lemmas.

    こどもしょくどう is 子ども食堂; 野菜作り is 野菜づくり; 介護で疲れて is 介護に疲れた.
    """
    spellings: dict[str, str] = {}
    for text in _surfaces(FILE.read_text(encoding="utf-8").splitlines()):
        spoken = reading(text)
        if len(spoken) >= MIN_READING:
            spellings.setdefault(spoken, key(text))
        spellings.setdefault(lemma_key(tokenize(text)), key(text))
    return {form: word for form, word in spellings.items() if form and form not in shipped_synonyms()}


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


def _surfaces(lines: Iterable[str]) -> Iterator[str]:
    """The words that have an entry of their own."""
    for line in lines:
        text = line.partition("#")[0].strip()
        left = text[1:].partition(":")[0] if text.startswith(">") else text[1:]
        yield from _split(left)


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _add_group(found: dict[str, dict[str, float]], words: list[str]) -> None:
    for word in words:
        _add_related(found, [word], [other for other in words if key(other) != key(word)], SAME)


def _add_related(
    found: dict[str, dict[str, float]], lefts: list[str], rights: list[str], worth: float = RELATED
) -> None:
    for left in lefts:
        others = found.setdefault(key(left), {})
        for right in rights:
            others[right] = max(others.get(right, 0.0), worth)
