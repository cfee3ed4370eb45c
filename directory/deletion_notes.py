"""What of other apps goes with a deleted row, or stands in the way of deleting it. `directory` never imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DeletionNote:
    """A sentence for whoever is about to delete. `is_in_the_way`: it can not be deleted while that is so."""

    text: str
    is_in_the_way: bool = False


NotesOf = Callable[[Any], Iterable[DeletionNote]]
_notes: dict[str, NotesOf] = {}


def register_deletion_notes(key: str, notes_of: NotesOf) -> None:
    """Have `notes_of(row)` told before a row of the register is deleted."""
    _notes[key] = notes_of


def deletion_notes(thing: Any) -> list[DeletionNote]:
    """Everything there is to say, what is in the way first."""
    found = [note for notes_of in _notes.values() for note in notes_of(thing)]
    return sorted(found, key=lambda note: not note.is_in_the_way)
