"""A changed place makes every process read places again."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import Area, PostalCode, Town, TownBlock
from .place_index import places_changed

_PLACES: tuple[type[Model], ...] = (Area, Town, TownBlock, PostalCode)


@receiver([post_save, post_delete])
def note_changed_place(sender: type[Model], **kwargs: Any) -> None:
    if issubclass(sender, _PLACES):
        places_changed()
