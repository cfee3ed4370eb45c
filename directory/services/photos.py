"""Taking in a photo outside the staff screens (reports by groups, demo content)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Photo
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
