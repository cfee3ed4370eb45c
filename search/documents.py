"""What an app hands to search: one `SearchDocument` per object that the public may find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .analysis.normalise import drop_control


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One findable object. Holds public information only: whatever is in here may be shown to anyone.

    `type` + `id` name the object (`"resource"`, its uuid as text). The five texts are weighed in this order:
    `title` (with its `reading` in kana), `category` (names, plain words and synonyms of the kinds),
    `place` (organization, venue, area, town) and `body` (summary, description, conditions).

    `keywords` are exact values to filter and count by, `{"area": ("131121", "kitazawa", "umegaoka")}`; a value of a
    tree comes with its ancestors, so that a filter on the ancestor finds it. `dates` are the days it is open
    (materialised occurrences). `location` is (latitude, longitude) in degrees, already coarsened where
    visibility asks for it. `numbers` holds other figures (`{"fee_yen": 200}`). `card` is JSON-safe and is all a
    hit needs to be drawn without another query.
    """

    id: str
    type: str
    title: str
    reading: str = ""
    category: str = ""
    place: str = ""
    body: str = ""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[date, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    location: tuple[float, float] | None = None
    verified_on: date | None = None
    card: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("id", "type", "title", "reading", "category", "place", "body", "keywords", "card"):
            object.__setattr__(self, name, _storable(getattr(self, name)))

    @property
    def key(self) -> tuple[str, str]:
        """(type, id): unique inside one index."""
        return self.type, self.id


def _storable(value: Any) -> Any:
    """The value without characters a database refuses (NUL, lone surrogates), at any depth."""
    if isinstance(value, str):
        return drop_control(value)
    if isinstance(value, Mapping):
        return {_storable(name): _storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_storable(item) for item in value)
    return value
