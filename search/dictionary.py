"""The dictionary in force: the shipped groups with what staff added, corrected and switched off."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .analysis.dictionary import Dictionary, shipped_dictionary
from .analysis.synonyms import WordGroup, shipped_groups
from .models import SynonymGroup

LOOK_AGAIN_SECONDS = 3  # how long another process may answer with the words of before

__all__ = [
    "Dictionary",
    "current_dictionary",
    "dictionary_with",
    "dictionary_without",
    "forget_dictionary",
    "read_dictionary",
    "shipped_dictionary",
]

Stamp = tuple[tuple[object, ...], ...]
_kept: tuple[Stamp, Dictionary] | None = None
_looked = float("-inf")


def current_dictionary() -> Dictionary:
    """The dictionary in force. Kept in the process; every few seconds one small query asks whether it still holds."""
    global _kept, _looked
    now = time.monotonic()
    if _kept is not None and now - _looked < LOOK_AGAIN_SECONDS:
        return _kept[1]
    _looked = now
    stamp = _stamp()
    if _kept is None or _kept[0] != stamp:
        _kept = (stamp, read_dictionary())
    return _kept[1]


def forget_dictionary() -> None:
    """Read the groups again at the next question (after a save in this process, in tests)."""
    global _kept
    _kept = None


@receiver([post_save, post_delete], sender=SynonymGroup, dispatch_uid="search.forget_dictionary")
def _saved(**kwargs: object) -> None:
    """Whoever saved finds by the new words at once."""
    transaction.on_commit(forget_dictionary)


def read_dictionary() -> Dictionary:
    """The dictionary in force, read now."""
    rows = list(SynonymGroup.objects.all())
    return Dictionary.of(combine(shipped_groups(), rows)) if rows else shipped_dictionary()


def dictionary_without(pk: int | None, shipped: str = "") -> Dictionary:
    """What is in force beside the row `pk` and the shipped group it stands for: what its words are compared with."""
    rows = SynonymGroup.objects.all() if pk is None else SynonymGroup.objects.exclude(pk=pk)
    groups = [group for group in shipped_groups() if group.name != shipped]
    return Dictionary.of(combine(groups, rows))


def dictionary_with(group: WordGroup) -> Dictionary:
    """What would be in force with one group more: to try words before they are saved."""
    return Dictionary.of([*combine(shipped_groups(), SynonymGroup.objects.all()), group])


def combine(shipped: Iterable[WordGroup], rows: Iterable[SynonymGroup]) -> list[WordGroup]:
    """Shipped groups without those a row stands in for, then the rows in use."""
    rows = list(rows)
    replaced = {row.shipped for row in rows if row.shipped}
    added = (row.group for row in rows if row.active)
    return [group for group in shipped if group.name not in replaced] + [g for g in added if g is not None]


def _stamp() -> Stamp:
    """Differs after every save and deletion, also where the clocks of several machines do."""
    return tuple(SynonymGroup.objects.order_by("pk").values_list("pk", "updated"))
