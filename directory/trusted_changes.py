"""What trusted groups published without a review: staff look at it afterwards, and say that they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from .models import RegisterLogEntry, Resource
from .review_comparison import ComparedField, compare
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
    """One entry that was changed so, and what the latest change was."""

    row: Resource
    who: Any
    when: Any
    changed: tuple[ComparedField, ...]


def changes_of(entries: Iterable[RegisterLogEntry]) -> list[TrustedChange]:
    """The changes of log `entries`, the latest of each row."""
    found: dict[str, TrustedChange] = {}
    for entry in entries:
        if entry.object_id in found:
            continue
        row = Resource.objects.filter(pk=entry.object_id).first()
        if row is not None:
            found[entry.object_id] = TrustedChange(row, entry.user, entry.timestamp, _changed(row, entry))
    return list(found.values())


def _changed(row: Resource, entry: RegisterLogEntry) -> tuple[ComparedField, ...]:
    after = Revision.objects.for_instance(row).filter(pk=entry.revision_id).first()
    if after is None:
        return ()
    before = Revision.objects.for_instance(row).filter(pk__lt=after.pk).order_by("-pk").first()
    return compare(before.as_object() if before else None, after.as_object()).changed


def mark_looked(row: Resource, *, by: Any) -> None:
    """Note that `by` looked at the latest change of `row`."""
    log(instance=row, action=LOOKED, user=by)
