"""Plan and filters → which documents are found, and what each is worth. Arithmetic on masks; no database.

A mask says of every document of the index whether it is in. Tokens are exact; a longer piece of text is only possible
where all its pairs of characters are there, and is read up in the text itself where it would change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..plan import BODY_SLOT, SLOTS, TITLE_SLOT, AllOf, Group, Literal, Plan, Want
from .base import EXACT_TITLE
from .columns import title_hash
from .mirror import View
from .postings import SPOKEN, WRITTEN
from .ragged import Array

#: (literal, places where it may be) → a mask over these places: where it is.
ReadUp = Callable[[Sequence[tuple[Literal, Array]]], Sequence[Array]]


@dataclass(slots=True)
class Find:
    """Documents that earn `score` in a slot. `doubtful`: not sure before the text has been read up."""

    slot: int
    score: float
    mask: Array
    doubtful: Literal | None = None


#: What a group asks for → its finds as they are before anything is read up.
Kept = dict[tuple[tuple[Want, ...], tuple[Literal, ...]], list[Find]]
MAX_KEPT = 16  # groups: a find takes a byte a document, and a question rarely has more words


@dataclass(slots=True)
class Matches:
    """What was found. `groups` holds, for each group of the plan, what it earned at `places`."""

    places: Array
    scores: Array
    groups: list[Array] = field(default_factory=list)

    def within(self, mask: Array) -> Matches:
        """Those that are in the mask too."""
        kept = mask[self.places]
        return Matches(self.places[kept], self.scores[kept], [part[kept] for part in self.groups])

    def mask(self, size: int) -> Array:
        """As a mask over all documents."""
        mask = np.zeros(size, bool)
        mask[self.places] = True
        return mask


def plan_tokens(plan: Plan) -> Iterator[str]:
    """Every token a plan asks for."""
    for group in plan.groups:
        for want in group.wants:
            for all_of in want.any_of:
                for tokens in all_of:
                    yield from tokens
        for literal in group.literals:
            yield from _literal_tokens(literal)
    for literal in plan.whole:
        yield from _literal_tokens(literal)


def _literal_tokens(literal: Literal) -> Iterator[str]:
    yield from title_grams(literal)
    if not literal.title_only:
        yield from literal.grams


def title_grams(literal: Literal) -> list[str]:
    """The pairs of a literal as tokens of the title alone (`postings.title_tokens`)."""
    return [(SPOKEN if literal.readings else WRITTEN) + gram[1:] for gram in literal.grams]


def _is_pair(literal: Literal) -> bool:
    """One or two characters are a token themselves: nothing has to be read up."""
    return len(literal.needle) <= 2 and not literal.readings


def _each(grams: Iterable[str]) -> AllOf:
    return tuple((gram,) for gram in grams)


class Matcher:
    """Asks one view of an index."""

    def __init__(self, view: View, read_up: ReadUp, kept: Kept | None = None) -> None:
        """`kept`: what was found for groups in this same state of the index before; it is added to."""
        self.kept = {} if kept is None else kept
        self.columns = view.columns
        self.postings = view.postings
        self.read_up = read_up

    def match(self, plan: Plan, within: Array) -> Matches:
        """All documents of the mask `within` that hold every group, or the question as a whole."""
        if not plan.groups:
            places = np.flatnonzero(within)
            return Matches(places, np.zeros(len(places)))
        groups = [self._finds(group) for group in plan.groups]
        whole = [find for literal in plan.whole for find in self._literal(literal)]
        needed = [finds for group, finds in zip(plan.groups, groups, strict=True) if not group.optional]
        possible = _all(within, needed)
        self._settle(
            [(find, possible) for finds in groups for find in _worth_reading(finds)]
            + [(find, within) for find in whole if find.doubtful]
        )
        every = _all(within, needed)
        found = every.copy()
        for find in whole:
            found |= find.mask & within
        places = np.flatnonzero(found)
        return self._scored(plan, groups, whole, places, every[places])

    def count(self, plan: Plan, within: Array) -> tuple[int, ...]:
        """Of each group alone, how many documents of the mask hold it."""
        groups = [self._finds(group) for group in plan.groups]
        self._settle([(find, within) for finds in groups for find in _worth_reading(finds)])
        return tuple(int(_all(within, [finds]).sum()) for finds in groups)

    def _scored(
        self, plan: Plan, groups: list[list[Find]], whole: list[Find], places: Array, every: Array
    ) -> Matches:
        earned = [_earned(finds, places) * every for finds in groups]
        scores = np.zeros(len(places))
        for part in earned:
            scores += part
        for find in whole:
            scores[find.mask[places]] += find.score
        for title in plan.title_keys:
            scores[self.columns.title[places] == title_hash(title)] += EXACT_TITLE
        return Matches(places, scores.round(6), earned)

    def _finds(self, group: Group) -> list[Find]:
        """The group's finds, to be settled by whoever asked: masks that are kept are never written to."""
        name = group.wants, group.literals
        if name not in self.kept:
            if len(self.kept) >= MAX_KEPT:
                self.kept.clear()
            self.kept[name] = list(self._look_for(group))
        return [replace(find) for find in self.kept[name]]

    def _look_for(self, group: Group) -> Iterator[Find]:
        for want in group.wants:
            mask = self._any(self._together(all_of) for all_of in dict.fromkeys(want.any_of))
            if mask is not None:
                yield Find(want.slot, want.score, mask)
        for literal in group.literals:
            yield from self._literal(literal)

    def _literal(self, literal: Literal) -> Iterator[Find]:
        """In the title, which is in memory; in the rest, where all pairs are and the title does not have it."""
        in_title = self._in_title(literal)
        if in_title is not None:
            yield Find(TITLE_SLOT, literal.title_score, in_title)
        if literal.title_only:
            return
        pairs = self._together(_each(literal.grams))
        if pairs is not None:
            rest = pairs if in_title is None else pairs & ~in_title
            yield Find(BODY_SLOT, literal.score, rest, None if _is_pair(literal) else literal)

    def _in_title(self, literal: Literal) -> Array | None:
        found = self._together(_each(title_grams(literal)))
        if found is None or _is_pair(literal):
            return found
        titles = self.columns.spoken if literal.readings else self.columns.plain
        needle, places = literal.needle.encode(), np.flatnonzero(found)
        found[places] = [needle in title for title in titles.taken(places).texts()]
        return found

    def _together(self, all_of: AllOf) -> Array | None:
        """Documents that hold one token of each part; None for nobody."""
        parts = [[self.postings[token] for token in tokens if self.postings[token]] for tokens in all_of]
        if not parts or not all(parts):
            return None
        found: Array | None = None
        for postings in parts:
            mask = np.zeros(len(self.columns), bool)
            for posting in postings:
                posting.mark(mask)
            found = mask if found is None else found & mask
        return found

    @staticmethod
    def _any(masks: Iterable[Array | None]) -> Array | None:
        found: Array | None = None
        for mask in masks:
            if mask is not None:
                found = mask if found is None else found | mask
        return found

    def _settle(self, doubts: Sequence[tuple[Find, Array]]) -> None:
        """Read up what is doubtful where it matters; elsewhere it counts as not there."""
        asked = [(find, np.flatnonzero(find.mask & where)) for find, where in doubts]
        asked = [(find, places) for find, places in asked if find.doubtful]
        held = self.read_up([(find.doubtful, places) for find, places in asked if find.doubtful])
        for (find, places), there in zip(asked, held, strict=True):
            find.mask = np.zeros(len(self.columns), bool)
            find.mask[places[there]] = True
            find.doubtful = None


def _worth_reading(finds: Sequence[Find]) -> list[Find]:
    """The doubtful ones, without the documents that earn as much in that slot for sure."""
    doubtful = [find for find in finds if find.doubtful]
    for find in doubtful:
        for other in finds:
            if not other.doubtful and other.slot == find.slot and other.score >= find.score:
                find.mask = find.mask & ~other.mask
    return doubtful


def _all(within: Array, needed: Sequence[Sequence[Find]]) -> Array:
    found = within.copy()
    for finds in needed:
        held = np.zeros(len(within), bool)
        for find in finds:
            held |= find.mask
        found &= held
    return found


def _earned(finds: Sequence[Find], places: Array) -> Array:
    """Of each slot the best, and these added up."""
    total = np.zeros(len(places))
    for slot in range(SLOTS):
        best = np.zeros(len(places))
        for find in sorted((find for find in finds if find.slot == slot), key=lambda find: find.score):
            best[find.mask[places]] = find.score
        total += best
    return total
