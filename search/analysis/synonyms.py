"""Groups of other words for the same thing, and the files that hold those shipped with the platform.

Lines of `search/data/words/<kind>.txt` (general knowledge of the field; `#` begins a remark):
    = サロン, ふれあいサロン, お茶飲み会      each finds the others
    > 健康づくり: 体操, ウォーキング          the left also finds the right ones, less strongly, and not the reverse
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .normalise import key

FOLDER = Path(__file__).resolve().parent.parent / "data" / "words"
KINDS = ("place", "audience", "worry", "old", "short", "spelling", "other")


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that find each other; with `finds`, words that find those and not the reverse.

    `name` stays the same while words are added behind the first one: by it staff switch a shipped group off.
    """

    kind: str
    words: tuple[str, ...]
    finds: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The kind, the sign of the direction and the key of the first word."""
        return f"{self.kind}{'>' if self.finds else '='}{key(self.words[0])}"


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[WordGroup, ...]:
    """The groups that come with the platform. ValueError names file and line of what cannot be read."""
    return tuple(group for kind in KINDS for group in read_groups(FOLDER / f"{kind}.txt"))


def read_groups(path: Path) -> Iterator[WordGroup]:
    """Groups of one file, whose name is their kind."""
    return parse_groups(path.read_text(encoding="utf-8").splitlines(), kind=path.stem, source=path.name)


def parse_groups(lines: Iterable[str], *, kind: str = "other", source: str = "") -> Iterator[WordGroup]:
    """Groups in order. ValueError names the line that cannot be read."""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if text:
            try:
                yield parse_group(text, kind=kind)
            except ValueError as error:
                raise ValueError(f"{source} line {number}: {error}") from None


def parse_group(text: str, *, kind: str = "other") -> WordGroup:
    """One line: at least two different words, none twice. ValueError says what is wrong."""
    finds: tuple[str, ...] = ()
    if text[0] == "=":
        words = _split(text[1:])
    elif text[0] == ">" and ":" in text:
        left, _, right = text[1:].partition(":")
        words, finds = _split(left), _split(right)
    else:
        raise ValueError(f"expected '= a, b' or '> a: b, c', found {text!r}")
    keys = [key(word) for word in (*words, *finds)]
    if not words or len(keys) < 2 or (text[0] == ">" and not finds):
        raise ValueError(f"a group needs two words, found {text!r}")
    if not all(keys):
        raise ValueError(f"a word of punctuation alone in {text!r}")
    if len(set(keys)) < len(keys):
        raise ValueError(f"the same word twice in {text!r}")
    return WordGroup(kind, words, finds)


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
