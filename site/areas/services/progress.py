"""How long work shows where it is: services wrap what they walk through, commands draw the bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Progress = Callable[[Sequence[Any], str], Iterable[Any]]


def silent(rows: Sequence[Any], label: str) -> Iterable[Any]:
    """No bar."""
    return rows
