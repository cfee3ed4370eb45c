"""Further kinds of things the find page shows: events, reports, posts on the board. `directory` never imports them.

Each brings its own `search.registry` source; its documents carry the `card` of `directory.cards` (code, name, kana,
kind, place, summary, …). Here stands when it is asked for, and where a hit leads.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class FoundType:
    """`url_name` takes the code of a hit. `with_filters`: also where filters are chosen, else for words alone."""

    type: str
    url_name: str
    with_filters: bool = False


_types: dict[str, FoundType] = {}


def register_found_type(found: FoundType) -> None:
    """Have the find page show hits of `found.type`. The same type again takes the place of the first."""
    _types[found.type] = found


def further_types(*, has_text: bool, has_filters: bool) -> tuple[str, ...]:
    """The types to ask for beside entries and groups."""
    words_alone = has_text and not has_filters
    return tuple(item.type for item in _types.values() if words_alone or item.with_filters)


def address_of(type_: str, code: str) -> str | None:
    """Where a hit of a further type leads; None for entries and groups."""
    found = _types.get(type_)
    return reverse(found.url_name, kwargs={"code": code}) if found is not None else None
