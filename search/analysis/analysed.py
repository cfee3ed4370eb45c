"""A document as engines store it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..documents import SearchDocument
from . import ANALYSIS_VERSION
from .completions import completion_forms
from .normalise import compact, compact_lines, fold, key, sound
from .terms import CLASSES, bigrams, grams, keyword, spellings, word_terms
from .tokens import reading

MAX_BODY = 20_000
MAX_VALUE = 200


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """`tokens` as in `terms`; `plain` and `readings` hold one folded field a line, the title's first;
    `completions` are what the title is offered by while somebody types."""

    document: SearchDocument
    tokens: frozenset[str]
    title_key: str
    sort_key: str
    plain: str
    readings: str
    completions: tuple[str, ...]
    fingerprint: str


def analyse(document: SearchDocument) -> AnalysedDocument:
    """Analyse one document. Pure: depends on nothing but the document and `ANALYSIS_VERSION`."""
    texts = (document.title, document.category, document.place, document.body[:MAX_BODY])
    lines = [spellings(text) for text in texts]
    spoken = [_readings(document.title, document.reading), *((_read(text),) for text in texts[1:])]
    tokens = grams(variant for line in lines for variant in line)
    for letter, text in zip(CLASSES, texts, strict=True):
        tokens.update(word_terms(letter, text))
    for line in spoken:
        for variant in line:
            tokens.update(bigrams("r", variant))
    for field, values in document.keywords.items():
        tokens.update(keyword(field, value[:MAX_VALUE]) for value in values)
    return AnalysedDocument(
        document=document,
        tokens=frozenset(tokens),
        title_key=key(document.title),
        sort_key=fold(document.reading or spoken[0][0])[:200],
        plain="\n".join("\t".join(line) for line in lines),
        readings="\n".join("\t".join(line) for line in spoken),
        completions=completion_forms(document.title, document.reading),
        fingerprint=fingerprint(document),
    )


def _read(text: str) -> str:
    return compact_lines("\n".join([reading(line) for line in text.split("\n")]))


def _readings(title: str, given: str) -> tuple[str, ...]:
    """Readings of the title: the one given by people first, the analyser's as a second chance; then both as heard."""
    guesses = [guess for guess in (compact(given), _read(title)) if guess]
    return tuple(dict.fromkeys([*guesses, *map(sound, guesses)])) or ("",)


def fingerprint(document: SearchDocument) -> str:
    """Changes when the document or the analysis does: what `check_search_index` compares."""
    parts = (
        ANALYSIS_VERSION, document.key, document.title, document.reading, document.category, document.place,
        document.body, sorted((field, sorted(values)) for field, values in document.keywords.items()),
        sorted([day.toordinal() for day in document.dates]), sorted(document.numbers.items()), document.location,
        str(document.verified_on), sorted(document.card.items()),
    )  # fmt: skip
    return hashlib.md5(repr(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
