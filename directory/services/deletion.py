"""Deleting so that it can be taken back: everything that goes is written down first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import BadRequest
from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..deletion_notes import deletion_notes
from ..models import DeletedEntry, Resource
from ..models.audit import area_of
from ..reviewed import is_reviewed, kind_of
from .occurrences import rebuild_occurrences

#: Contacts of people lie in what was deleted: after this it is gone for good.
KEPT_FOR = timedelta(days=90)


class CannotDelete(BadRequest):
    """Why something can not be deleted, in words for the person who asked: answered with 400."""


class CannotRestore(Exception):
    """Why something cannot come back, in words for the person who asked."""


@transaction.atomic
def delete_recoverably(thing: Any, *, user: Any, reason: str = "") -> DeletedEntry:
    """Delete `thing` with all that hangs on it, and keep a copy for `KEPT_FOR`. Raises `CannotDelete`."""
    collector = Collector(using=router.db_for_write(type(thing), instance=thing))
    try:
        collector.collect([thing])
    except ProtectedError as error:
        notes = [note.text for note in deletion_notes(thing) if note.is_in_the_way]
        standing = _("「%(name)s」を使っているものがあるので、削除できません。") % {"name": thing}
        raise CannotDelete(" ".join([standing, *notes])) from error
    record = DeletedEntry.objects.create(
        model=thing._meta.label_lower,
        object_id=str(thing.pk),
        code=getattr(thing, "code", ""),
        name=str(thing)[:200],
        area_id=area_of(thing),
        snapshot={
            "rows": json.loads(serializers.serialize("json", _rows(collector))),
            "links": list(_links(collector)),
        },
        reason=reason[:200],
        deleted_by=user,
    )
    log(instance=thing, action="wagtail.delete", user=user, deleted=True, data={"reason": reason})
    thing.delete()
    return record


def _rows(collector: Collector) -> Iterator[models.Model]:
    """Everything that goes, the rows between lists as well: a kind comes back with the entries it stood on."""
    for instances in collector.data.values():
        yield from instances
    for rows in collector.fast_deletes:
        yield from rows


def _links(collector: Collector) -> Iterator[list[Any]]:
    """[model, field, keys, value] of rows that stay and lose what they point at."""
    updates: Any = collector.field_updates
    for (field, _value), groups in updates.items():
        for instances in groups:
            keys = [row.pk for row in instances]
            if keys:
                old = {
                    row.pk: getattr(row, field.attname)
                    for row in field.model._base_manager.filter(pk__in=keys)
                }
                yield from (
                    [field.model._meta.label_lower, field.attname, key, value] for key, value in old.items()
                )


@transaction.atomic
def restore(record: DeletedEntry, *, user: Any) -> Any:
    """Bring back what `record` holds, under its old keys and its old code. Returns the row.

    Raises `CannotRestore` where somebody was first, or something new has taken its place.
    """
    if not DeletedEntry.objects.filter(pk=record.pk, restored_at__isnull=True).update(
        restored_at=timezone.now()
    ):
        raise CannotRestore(_("ほかの人が先に元に戻しました。"))
    model = apps.get_model(record.model)
    if model._base_manager.filter(pk=record.object_id).exists():
        raise CannotRestore(_("同じ番号の登録が、もうあります。"))
    rows = record.snapshot["rows"]
    arriving = {(row["model"], str(row["pk"])) for row in rows}
    for item in serializers.deserialize("json", json.dumps(rows), ignorenonexistent=True):
        if _fit(item.object, arriving):
            item.save(save_m2m=False)  # the rows between lists are rows like the others
    for label, column, key, value in record.snapshot["links"]:
        apps.get_model(label)._base_manager.filter(pk=key, **{f"{column}__isnull": True}).update(
            **{column: value}
        )
    thing = model._base_manager.get(pk=record.object_id)
    log(instance=thing, action="tsunagu.entry.restore", user=user)
    _bring_up_to_date(thing)
    return thing


def _fit(row: models.Model, arriving: set[tuple[str, str]]) -> bool:
    """Let go of what is there no more, and does not arrive in the same go. False for a row that cannot be without it."""
    for field in row._meta.concrete_fields:
        value, target = getattr(row, field.attname), field.related_model
        if value is None or target is None:
            continue
        # Rows arrive in any order; keys are checked when it ends.
        if (target._meta.label_lower, str(value)) in arriving or _is_there(target, value):
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    if getattr(row, "source_key", "") and _is_taken(row):
        row.source_key = ""  # type: ignore[attr-defined]
    return True


def _is_there(model: type[models.Model], key: object) -> bool:
    return model._base_manager.filter(pk=key).exists()


def _is_taken(row: Any) -> bool:
    """A list was taken in again meanwhile and made the same entry anew."""
    return type(row)._base_manager.filter(source_key=row.source_key).exclude(pk=row.pk).exists()


def _bring_up_to_date(thing: Any) -> None:
    if isinstance(thing, Resource):
        rebuild_occurrences([thing])
    if is_reviewed(thing):
        kind_of(thing).followed(type(thing)._default_manager.filter(pk=thing.pk))


def forget_deleted() -> int:
    """Once a day: what was deleted long ago is gone for good. Returns how many."""
    gone, _by_model = DeletedEntry.objects.filter(deleted_at__lt=timezone.now() - KEPT_FOR).delete()
    return gone


def delete_several(things: Iterable[Any], *, user: Any) -> int:
    """Delete each of `things` recoverably, all or none. Returns how many."""
    with transaction.atomic():
        return len([delete_recoverably(thing, user=user) for thing in things])
