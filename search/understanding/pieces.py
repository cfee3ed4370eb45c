"""What a question is made of once it is understood: words and conditions, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from ..analysis.dictionary import Dictionary
from ..analysis.tokens import Token, tokenize
from ..registry import Term
from ..request import Chip
from ..vocabulary import Vocabulary

NARROWING = frozenset({"place", "condition"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the question with what it may mean. Without terms: a plain word.

    `token` is what the analyser made of it in its sentence (教えて is 教える there, a noun when alone). An `unknown`
    piece is a word the analyser only cuts to bits: it is compared as a whole. `meant` is the word looked for where the
    surface is another spelling of it (kodomo shokudo: 子ども食堂). `raises`: raises what has one of its terms and
    excludes nothing (an age). `days` and `near` are conditions that are no keyword.
    """

    surface: str
    terms: tuple[Term, ...] = ()
    token: Token | None = None
    unknown: bool = False
    meant: str = ""
    raises: bool = False
    days: tuple[date, date] | None = None
    near: bool = False
    also: tuple[str, ...] = ()

    def joined(self, other: Piece) -> Piece:
        """Either of two conditions: 土曜 日曜. `also` holds the other surfaces."""
        terms = tuple(dict.fromkeys((*self.terms, *other.terms)))
        return replace(self, terms=terms, also=(*self.also, other.surface))

    @property
    def word(self) -> str:
        """What is looked for."""
        return self.meant or self.surface

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        if self.unknown:
            return ()
        return (self.token,) if self.token else tokenize(self.word)

    @property
    def is_condition(self) -> bool:
        """Whether it narrows the results instead of being looked for."""
        return bool(self.days) or self.near or any(term.kind in NARROWING for term in self.terms)

    @property
    def is_place(self) -> bool:
        """Whether it names a place."""
        return any(term.kind == "place" for term in self.terms)

    @property
    def is_audience(self) -> bool:
        """Whether it says whom it is for, and nothing else."""
        return bool(self.terms) and all(term.kind == "audience" for term in self.terms)

    @property
    def chip(self) -> Chip | None:
        """The condition, for the page; None for a word."""
        if self.days:
            values = tuple(day.isoformat() for day in self.days)
            return Chip(field="days", values=values, label=self.surface, surface=self.surface)
        if self.near:
            return Chip(field="near", values=(), label=_("近く"), surface=self.surface, narrows=False)
        shown = [term for term in self.terms if term.kind in NARROWING or term.kind == "audience"]
        return _chip(self.surface, shown) if shown else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a question is cut. `today` None: words for days are plain words."""

    vocabulary: Vocabulary
    dictionary: Dictionary
    refused: frozenset[str] = frozenset()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as typed and its pieces, in order.

    `phrases`: neighbouring words that are one word of the dictionary: 若者 居場所 → 若者の居場所.
    """

    text: str
    pieces: tuple[Piece, ...]
    phrases: tuple[str, ...] = ()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Conditions, for the page."""
        return tuple(chip for piece in self.pieces if (chip := piece.chip) is not None)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day asked for: of several (12/3か12/4) all between."""
        days = [piece.days for piece in self.pieces if piece.days]
        return (min(first for first, _last in days), max(last for _first, last in days)) if days else None

    @property
    def near(self) -> bool:
        """Whether it shall be near where the visitor is."""
        return any(piece.near for piece in self.pieces)


def _chip(surface: str, terms: list[Term]) -> Chip:
    terms = sorted(terms, key=lambda term: term.rank)
    first = terms[0]
    values = tuple(dict.fromkeys(term.value for term in terms if term.field == first.field))
    labels = tuple(dict.fromkeys(term.label for term in terms if term.rank == first.rank))
    label = labels[0] if len(labels) == 1 else surface
    narrows = first.kind in NARROWING
    return Chip(field=first.field, values=values, label=label, surface=surface, narrows=narrows)
