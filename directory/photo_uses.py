"""Where else photos stand: apps above name the photos a member of staff works with besides those of entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

PhotosOf = Callable[[Any], Q]

_uses: dict[str, PhotosOf] = {}


def register_photo_use(key: str, photos_of: PhotosOf) -> None:
    """`photos_of(user)` is the condition of photos `user` may work with there."""
    _uses[key] = photos_of


def further_photos(user: Any) -> Q:
    """All of them together; a condition nothing meets where there are none."""
    found = Q(pk__in=())
    for photos_of in _uses.values():
        found |= photos_of(user)
    return found
