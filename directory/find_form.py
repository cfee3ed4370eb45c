"""The find form as the browser sends it, brought into the shape of an address.

Boxes are ticked for what was understood from the question too (「日曜」 ticks Sunday), so the form says which those
were: `was=weekday:sun:日曜`. Where the visitor left them as they were, the word in the question goes on saying it;
where they ticked more or fewer, the word is taken out of the question and the boxes count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from search.request import Chip

#: Parameters only the form sends.
FORM_ONLY = ("was", "day")


@dataclass(frozen=True)
class Was:
    """A condition understood from `surface` when the form was drawn."""

    field: str
    values: tuple[str, ...]
    surface: str

    @classmethod
    def of(cls, chip: Chip) -> Was:
        return cls(chip.field, chip.values, chip.surface)

    @classmethod
    def parse(cls, text: str) -> Was | None:
        """The reverse of `str()`; None for anything else."""
        parts = text.split(":", 2)
        if len(parts) != 3 or not all(parts):
            return None
        return cls(parts[0], tuple(parts[1].split(",")), parts[2])

    def __str__(self) -> str:
        return f"{self.field}:{','.join(self.values)}:{self.surface}"


def is_form(params: QueryDict) -> bool:
    """Was this sent by the form, and not by a link?"""
    return any(name in params for name in FORM_ONLY)


def as_address(params: QueryDict) -> QueryDict:
    """What the form sent, without its own parameters and without empty ones."""
    found = params.copy()
    understood = [was for text in params.getlist("was")[:20] if (was := Was.parse(text))]
    for field in dict.fromkeys(was.field for was in understood):
        _settle(found, field, [was for was in understood if was.field == field])
    day = found.get("day", "").strip()
    if found.get("open", "day") in ("", "day"):
        found.setlist("open", [day])
    for name in list(found):
        kept = [value for value in found.getlist(name) if value.strip()]
        if kept and name not in FORM_ONLY:
            found.setlist(name, kept)
        else:
            del found[name]
    return found


def without_words(text: str, surfaces: Iterable[str]) -> str:
    """`text` without the words a condition was understood from."""
    for surface in surfaces:
        if surface not in text:
            # The search reads full-width letters and digits as plain ones.
            text = unicodedata.normalize("NFKC", text)
        text = text.replace(surface, " ", 1)
    return " ".join(text.split())


def _settle(params: QueryDict, field: str, understood: list[Was]) -> None:
    ticked = params.getlist(field)
    text = params.get("q", "")
    still_there = [was for was in understood if was.surface in unicodedata.normalize("NFKC", text) + text]
    said = {value for was in understood for value in was.values}
    if len(still_there) < len(understood):
        # The word was taken out of the box: its tick goes with it.
        gone = said - {value for was in still_there for value in was.values}
        ticked = [value for value in ticked if value not in gone]
        said -= gone
    if set(ticked) == said:
        ticked = []
    else:
        params["q"] = without_words(text, [was.surface for was in still_there])
    params.setlist(field, ticked)
