"""What trusted groups published without a review: staff look at it afterwards, and say that they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from .models import RegisterLogEntry, Resource
from .review_comparison import ComparedField, compare
from .reviewed import is_reviewed, kind_named, kind_of
from .services.group_editing import trusted_changes_since

LOOKED = "tsunagu.review.looked"
#: Older changes are no work any more: the next proof of the entry looks at all of it.
_DAYS = 60


def unseen_changes(user: Any) -> QuerySet[RegisterLogEntry]:
    """Those in the places of `user` that nobody looked at yet, the latest first."""
    looked = RegisterLogEntry.objects.filter(
        action=LOOKED,
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        timestamp__gte=OuterRef("timestamp"),
    )
    mine = RegisterLogEntry.objects.viewable_by_user(user)
    recent = trusted_changes_since(timezone.now() - timedelta(days=_DAYS))
    return recent.filter(~Exists(looked), pk__in=mine.values("pk"))


@dataclass(frozen=True)
class TrustedChange:
    """One entry, or one group, that was changed so, and what the latest change was."""

    row: Any
    who: Any
    when: Any
    changed: tuple[ComparedField, ...]

    @property
    def key(self) -> str:
        """How the button on the list names the row: "event-12"; an entry by its number alone."""
        return (
            str(self.row.pk) if isinstance(self.row, Resource) else f"{kind_of(self.row).name}-{self.row.pk}"
        )

    @property
    def edit_url(self) -> str:
        return kind_of(self.row).staff_url("edit", self.row.pk)


def model_of_key(key: str) -> tuple[type[Model], str]:
    """The model a key speaks of, and the number in it (not checked)."""
    name, dash, number = key.partition("-")
    kind = kind_named(name) if dash else None
    return (kind.model, number) if kind is not None else (Resource, key)


def changes_of(entries: Iterable[RegisterLogEntry]) -> list[TrustedChange]:
    """The changes of log `entries`, the latest of each row."""
    found: dict[tuple[int, str], TrustedChange] = {}
    for entry in entries:
        key = (entry.content_type_id, entry.object_id)
        model: Any = entry.content_type.model_class()
        known = key not in found and is_reviewed(model)
        row = model._default_manager.filter(pk=entry.object_id).first() if known else None
        if row is not None:
            found[key] = TrustedChange(row, entry.user, entry.timestamp, _changed(row, entry))
    return list(found.values())


def _changed(row: Any, entry: RegisterLogEntry) -> tuple[ComparedField, ...]:
    after = Revision.objects.for_instance(row).filter(pk=entry.revision_id).first()
    if after is None:
        return ()
    before = Revision.objects.for_instance(row).filter(pk__lt=after.pk).order_by("-pk").first()
    return compare(before.as_object() if before else None, after.as_object()).changed


def mark_looked(row: Any, *, by: Any) -> None:
    """Note that `by` looked at the latest change of `row`."""
    log(instance=row, action=LOOKED, user=by)
