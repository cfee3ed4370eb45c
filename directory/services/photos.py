"""Taking in a photo outside the staff screens (reports by groups, demo content)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Photo
from ..models.photos import PhotoRendition
from ..photo_files import cleaned_photo


@transaction.atomic
def add_photo(
    *,
    file: Any,
    description: str,
    people_consent: str,
    title: str = "",
    credit: str = "",
    licence: str = "",
    person: Any = None,
) -> Photo:
    """Store a photo, cleaned. Raises `ValidationError` for a bad file or without a description."""
    if not description.strip():
        raise ValidationError({"description": _("写真の説明を入力してください。")})
    return Photo.objects.create(
        file=cleaned_photo(file),
        title=title or description[:80],
        description=description,
        people_consent=people_consent,
        credit=credit,
        licence=licence,
        uploaded_by_user=person,
    )


@transaction.atomic
def remove_unless_used(photo: Photo) -> bool:
    """Delete `photo` with its files where no row points at it any more. Returns whether it is gone."""
    locked = Photo.objects.select_for_update().filter(pk=photo.pk).first()
    if locked is None or any(_points_at(relation, locked) for relation in _relations()):
        return False
    locked.delete()
    return True


def _relations() -> list[Any]:
    """What may point at a photo, those without a name in reverse too; its own sizes do not count."""
    fields = Photo._meta.get_fields(include_hidden=True)
    rows = [field for field in fields if field.auto_created and not field.concrete and field.is_relation]
    return [row for row in rows if row.related_model is not PhotoRendition]


def _points_at(relation: Any, photo: Photo) -> bool:
    return relation.related_model._base_manager.filter(**{relation.field.name: photo}).exists()
