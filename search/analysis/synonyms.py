"""Other words for the same thing, read from `search/data/synonyms.txt` (general knowledge of the field).

Lines of the file:
    = サロン, ふれあいサロン, お茶飲み会      each finds the others
    > 健康づくり: 体操, ウォーキング          the left also finds the right ones, less strongly, and not the reverse
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from .normalise import key

FILE = Path(__file__).resolve().parent.parent / "data" / "synonyms.txt"
SAME = 0.75  # what another word for the same thing is worth beside the word itself
RELATED = 0.45

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
