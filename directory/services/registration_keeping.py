"""How long what was begun is kept, and the photo that belongs to it: one a registration, no file of nobody's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..choices import RegistrationState
from ..models import Registration
from .photos import add_photo, remove_unless_used
from .registrations import OPEN, RegistrationOver


@transaction.atomic
def keep_photo(registration: Registration, **photo: Any) -> None:
    """Store a photo for `registration` in the place of the one before.

    `photo` as for `add_photo`, which raises `ValidationError`. Raises `RegistrationOver` where it was sent meanwhile.
    """
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state not in OPEN:
        raise RegistrationOver
    replaced, row.photo = row.photo, add_photo(**photo)
    row.save(update_fields=["photo", "updated_at"])
    registration.photo = row.photo
    if replaced is not None:
        remove_unless_used(replaced)


def forget_unsent() -> int:
    """Once a day: registrations nobody went on with for REGISTRATION_KEEP_DAYS, with their photos. Returns how many.

    One that was sent is never forgotten here, also when it was returned and waits for its group.
    """
    before = timezone.now() - timedelta(days=settings.REGISTRATION_KEEP_DAYS)
    unsent = Registration.objects.filter(state=RegistrationState.TYPING, updated_at__lt=before)
    return sum(_forget(key, before) for key in list(unsent.values_list("pk", flat=True)))


@transaction.atomic
def _forget(key: int, before: Any) -> bool:
    """False where somebody went on with it a moment ago."""
    rows = Registration.objects.select_for_update().filter(pk=key)
    row = rows.filter(state=RegistrationState.TYPING, updated_at__lt=before).first()
    if row is None:
        return False
    row.delete()
    if row.photo is not None:
        remove_unless_used(row.photo)
    return True
