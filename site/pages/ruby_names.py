"""Furigana of a name that says itself how it is read, whatever marks and places to break stand inside it."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from .readings import Segment

Part = tuple[str, bool]  # (text or tag, is it a tag)

#: Elements that may stand in a name: the words found, places to break, the box of phrases.
MARK, BREAK, BOX = "mark", "wbr", "span"


@dataclass
class Name:
    """The letters of a name, each with whether it is marked, and the tags that stand before a letter."""

    letters: list[tuple[str, bool]] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, inner: Sequence[Part], element: Callable[[str], str]) -> Name | None:
        """Read what stands inside an element; None where other things than a name do. `element` names a tag's."""
        name, is_marked = cls(), False
        for part, is_tag in inner:
            if not is_tag:
                name.letters += [(letter, is_marked) for letter in html.unescape(part)]
            elif element(part) == MARK:
                is_marked = not part.startswith("</")
            elif element(part) in (BREAK, BOX):
                position = len(name.letters)
                name.tags[position] = name.tags.get(position, "") + part
            else:
                return None
        return name

    @property
    def text(self) -> str:
        return "".join(letter for letter, _is_marked in self.letters)

    def html(self, pieces: Sequence[Segment]) -> str:
        """The name with furigana; `pieces` joined are its text."""
        parts: list[str] = []
        start = 0
        for surface, kana in pieces:
            end = start + len(surface)
            parts.append(self._ruby(start, end, kana) if kana else self._plain(start, end))
            start = end
        return "".join([*parts, self.tags.get(start, "")])

    def _ruby(self, start: int, end: int, kana: str) -> str:
        # A break inside a word that carries one reading is no break; the box of phrases closes behind it.
        inside = "".join(self.tags.get(position, "") for position in range(start + 1, end))
        closing = inside.replace("<wbr>", "")
        base = self._marked(start, end)
        ruby = f"<ruby>{base}<rp>(</rp><rt>{html.escape(kana)}</rt><rp>)</rp></ruby>"
        return self.tags.get(start, "") + ruby + closing

    def _plain(self, start: int, end: int) -> str:
        cuts = sorted({start, end, *(position for position in self.tags if start < position < end)})
        return "".join(self.tags.get(first, "") + self._marked(first, last) for first, last in pairwise(cuts))

    def _marked(self, start: int, end: int) -> str:
        groups = groupby(self.letters[start:end], lambda letter: letter[1])
        texts = (
            (is_marked, html.escape("".join(letter for letter, _ in part))) for is_marked, part in groups
        )
        return "".join(f"<mark>{text}</mark>" if is_marked else text for is_marked, text in texts)
