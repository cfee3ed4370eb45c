"""Work that is looked for every second, such as mail that is due. Apps register theirs in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .working import AtWork

#: Does what is due, `at_work.stopping()` between two things, and returns how many things it did.
Look = Callable[[AtWork], int]
#: Gives back what workers that no longer live had begun; gets the ids of those that live, returns how much it was.
Release = Callable[[Iterable[str]], int]


@dataclass(frozen=True, slots=True)
class Round:
    name: str
    look: Look
    #: How many things have been due since before a moment: for the health check.
    overdue: Callable[[datetime], int] = lambda since: 0
    release: Release | None = None


_rounds: dict[str, Round] = {}


def register_round(round_: Round) -> None:
    """Have the worker make this round, again and again."""
    if _rounds.get(round_.name, round_) is not round_:
        raise ValueError(f"Two rounds are named {round_.name!r}. Choose another name for one of them.")
    _rounds[round_.name] = round_


def rounds() -> tuple[Round, ...]:
    return tuple(_rounds.values())
