"""Where the words of a question stand in a title, in whatever spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .analysis.normalise import compact, fold
from .analysis.terms import content
from .analysis.tokens import prepare, tokenize


def spans(title: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """(start, end) of each found stretch of `title`, in order, not overlapping. Empty where positions cannot be told."""
    if len(prepare(title)) != len(title):
        return ()
    marked = sorted({span for word in words for span in (*_literal(title, word), *_tokens(title, word))})
    merged: list[tuple[int, int]] = []
    for start, end in marked:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _literal(title: str, word: str) -> Iterator[tuple[int, int]]:
    folded, needle = fold(title), compact(word)
    if len(folded) != len(title) or not needle:
        return
    start = folded.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = folded.find(needle, start + len(needle))


def _tokens(title: str, word: str) -> Iterator[tuple[int, int]]:
    wanted = {form for token in content(tokenize(word)) for form in token.keys}
    for token in tokenize(title):
        if not token.silent and wanted.intersection(token.keys):
            yield token.start, token.end
