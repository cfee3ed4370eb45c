"""Photos outside the staff screens: taken in, described anew, let go of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Organization, Photo, Resource, ResourcePhoto
from ..models.photos import PhotoRendition
from ..photo_files import cleaned_photo
from .reindexing import reindex_resources


class PhotoChanged(Exception):
    """Somebody changed the words or the consent meanwhile."""


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
def say_of_photo(
    photo: Photo, *, entry: Resource, user: Any, description: str, people_consent: str, seen: str
) -> Photo:
    """Change the words and the consent of a photo of `entry`: at once, for whoever asks not to be shown waits for no review.

    `seen` is the `mark_of_photo` the person had before them. Raises `PhotoChanged` where somebody was first.
    """
    row = Photo.objects.select_for_update().get(pk=photo.pk)
    if mark_of_photo(row) != seen:
        raise PhotoChanged
    row.description, row.people_consent = description, people_consent
    row.save(update_fields=["description", "people_consent"])
    log(
        instance=entry,
        action="tsunagu.group.change",
        user=user,
        data={"reason": _("写真の説明・同意を直した")},
    )
    reindex_resources(Resource.objects.filter(photos__photo=row))
    return row


def mark_of_photo(photo: Photo) -> str:
    """A mark that changes when the words or the consent do."""
    return salted_hmac("directory.photo-words", f"{photo.people_consent}\n{photo.description}").hexdigest()[
        :16
    ]


def belongs_to(photo: Photo, organization: Organization) -> bool:
    """Is `photo` nobody else's? What stands in entries of others as well, its group cannot change."""
    elsewhere = ResourcePhoto.objects.filter(photo=photo).exclude(resource__organization=organization)
    logos = Organization.objects.filter(logo=photo).exclude(pk=organization.pk)
    return not elsewhere.exists() and not logos.exists()


@transaction.atomic
def remove_unless_used(photo: Photo, *, but_by: type[Model] | None = None) -> bool:
    """Delete `photo` with its files where no row (but those of `but_by`) points at it any more. Returns whether it is gone."""
    locked = Photo.objects.select_for_update().filter(pk=photo.pk).first()
    used_by = [relation for relation in _relations() if relation.related_model is not but_by]
    if locked is None or any(_points_at(relation, locked) for relation in used_by):
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
