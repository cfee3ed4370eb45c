"""Forms by which a title is offered while somebody types it: as written, as spoken, and from each of its words on."""

from __future__ import annotations

from collections.abc import Iterator

from .normalise import compact
from .tokens import Token, tokenize

MAX_FORM = 60
MAX_FORMS = 12


def completion_forms(title: str, reading: str = "") -> tuple[str, ...]:
    """Folded, compact beginnings: 烏山子ども食堂, からすやまこどもしょくどう, 子ども食堂, こどもしょくどう."""
    whole = (compact(title), compact(reading))
    rest = (form for form in _from_each_word(tokenize(title)) if len(form) > 1)
    return tuple(dict.fromkeys(form[:MAX_FORM] for form in (*whole, *rest) if form))[:MAX_FORMS]


def _from_each_word(tokens: tuple[Token, ...]) -> Iterator[str]:
    written = [compact(token.surface) for token in tokens]
    spoken = [compact(token.reading) if token.surface.strip() else "" for token in tokens]
    for start, token in enumerate(tokens):
        if not token.silent:
            yield "".join(written[start:])
            yield "".join(spoken[start:])
