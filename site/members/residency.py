"""区民登録: where people live. A row runs from its first day to the day before `ended_on`, so nobody counts twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.choices import AreaKind
from areas.models import Area

from .models import Residency, User


@transaction.atomic
def set_home_district(*, user: User, district: Area | None, on: date) -> Residency | None:
    """From the day `on`, `user` lives in `district` (None: in none of ours). Returns the open row, if any.

    The former row stays with its end, so that past months keep their numbers. Raises `ValidationError` for a place
    that is no district. Two calls at once wait for each other on the row of the user.
    """
    if district is not None and district.kind != AreaKind.DISTRICT:
        raise ValidationError(_("地区を選んでください。"))
    locked = User.objects.select_for_update().get(pk=user.pk)
    current = Residency.objects.filter(user=locked, ended_on__isnull=True).first()
    if current is None or current.district != district:
        current = _move(locked, current, district, on)
    locked.home_district = user.home_district = district
    locked.save(update_fields=["home_district"])
    return current


def _move(user: User, current: Residency | None, district: Area | None, on: date) -> Residency | None:
    if current is not None:
        on = max(on, current.started_on)  # a clock that went back must not turn the days around
        current.ended_on = on
        current.save(update_fields=["ended_on"])
    if district is None:
        return None
    return Residency.objects.create(user=user, district=district, started_on=on)


def end_with_the_account(sender: Any, instance: User, **kwargs: Any) -> None:
    """The account goes, by whatever way: the open row ends today, and no row remembers whose it was."""
    today = timezone.localdate()
    mine = Residency.objects.filter(user=instance)
    mine.filter(ended_on__isnull=True).update(ended_on=Greatest(F("started_on"), Value(today)))
    mine.update(user=None)
