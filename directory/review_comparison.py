"""What is public now beside what was sent in, field by field, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from .models import Photo
from .review_fields import fields_of

#: Above this many letters words are not compared one by one: it would take too long and show too little.
_LONGEST = 4_000
#: Less alike than this (0 to 1), two texts are another text, not a changed one.
_ALIKE = 0.5
#: Runs of fewer letters that are the same between two changes are not shown as the same.
_SHORTEST = 2


@dataclass(frozen=True)
class Piece:
    """A run of letters of a value; `is_marked` where the other side says something else."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class ComparedField:
    """One field on both sides. Photos are in the lists of photos, everything else in pieces of text."""

    label: str
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    photos_before: tuple[Photo, ...] = ()
    photos_after: tuple[Photo, ...] = ()

    @property
    def has_changed(self) -> bool:
        return _text(self.before) != _text(self.after) or self.photos_before != self.photos_after

    @property
    def is_empty(self) -> bool:
        return not (self.before or self.after or self.photos_before or self.photos_after)


@dataclass(frozen=True)
class Comparison:
    """All fields: those that differ, those that stay, the names of those nobody filled in."""

    changed: tuple[ComparedField, ...]
    same: tuple[ComparedField, ...]
    empty: tuple[str, ...]


def compare(before: Model | None, after: Model) -> Comparison:
    """`before` is what is public (None for what never was), `after` what was sent in."""
    found = [
        _compared(field.label, field.of(before) if before else (), field.of(after))
        for field in fields_of(after)
    ]
    found.insert(_PHOTOS_AFTER, _photos(before, after))
    filled = [field for field in found if not field.is_empty]
    return Comparison(
        changed=tuple(field for field in filled if field.has_changed),
        same=tuple(field for field in filled if not field.has_changed),
        empty=tuple(field.label for field in found if field.is_empty),
    )


#: Photos stand after the words that say what it is.
_PHOTOS_AFTER = 7


def _compared(label: str, before: Iterable[str], after: Iterable[str]) -> ComparedField:
    old, new = "\n".join(before), "\n".join(after)
    if old == new or not old or not new or len(old) + len(new) > _LONGEST:
        return ComparedField(label, _whole(old), _whole(new))
    return ComparedField(label, *_marked(old, new))


def _marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts with what differs marked. Two texts with little in common are marked whole: letters they share by
    chance tell nothing.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Piece(old, True),), (Piece(new, True),)
    before, after, first_old, first_new = [], [], 0, 0
    for start_old, start_new, length in matcher.get_matching_blocks():
        if length < _SHORTEST and length and start_old + length < len(old):
            continue  # a letter or two between two changes belongs to them
        before += [Piece(old[first_old:start_old], True), Piece(old[start_old : start_old + length])]
        after += [Piece(new[first_new:start_new], True), Piece(new[start_new : start_new + length])]
        first_old, first_new = start_old + length, start_new + length
    return tuple(filter(_has_text, before)), tuple(filter(_has_text, after))


def _has_text(piece: Piece) -> bool:
    return bool(piece.text)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _photos(before: Model | None, after: Model) -> ComparedField:
    return ComparedField(
        _("写真"), photos_before=_photos_of(before) if before else (), photos_after=_photos_of(after)
    )


def _photos_of(row: Any) -> tuple[Photo, ...]:
    if hasattr(row, "logo"):
        return (row.logo,) if row.logo else ()
    return tuple(item.photo for item in row.photos.all()) if hasattr(row, "photos") else ()
