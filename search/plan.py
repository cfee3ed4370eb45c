"""A question in engine-neutral form: which tokens must be there, what each find is worth.

A group is one word (or condition) of the question. It is found by any of its `Want`s (tokens) or `Literal`s
(a piece of text). Inside a group the best find of each slot counts and slots add up: a word in title and category
is worth more than in the title alone. Groups are joined by AND. Engines compile this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

# Slots: title, category, place, body, keyword.
SLOTS = 5
TITLE_SLOT = 0
BODY_SLOT = 3
KEYWORD_SLOT = 4

# All must hold; of each inner tuple one is enough.
AllOf = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Want:
    """Documents with any of these token combinations earn `score` in `slot`."""

    slot: int
    score: float
    any_of: tuple[AllOf, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """Documents whose folded texts (`readings`: whose readings) hold `needle`. Every one of `grams` is there then."""

    needle: str
    grams: tuple[str, ...]
    title_score: float
    score: float
    readings: bool = False
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One word or condition. `weight` says how telling it is: the lightest goes first when nothing is found.
    An `optional` group only adds to the score. `also`: surfaces of conditions joined to this one by OR."""

    surface: str
    wants: tuple[Want, ...]
    literals: tuple[Literal, ...] = ()
    weight: float = 1.0
    condition: bool = False
    optional: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a question's words. `whole`: the question as one piece of text, found besides. Empty: everything."""

    groups: tuple[Group, ...] = ()
    whole: tuple[Literal, ...] = ()
    title_keys: tuple[str, ...] = ()
    impossible: bool = False

    def without(self, dropped: frozenset[int]) -> Plan:
        """The same question without some of its groups."""
        kept = tuple(group for number, group in enumerate(self.groups) if number not in dropped)
        return replace(self, groups=kept)
