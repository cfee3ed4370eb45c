"""Who does whose work today. One answer for scopes, groups and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .models import StaffAssignment, Substitution


def active_substitutions(day: dt.date | None = None) -> QuerySet:
    """Substitutions in force on `day` (today): first and last day are part of them."""
    day = day or timezone.localdate()
    return Substitution.objects.filter(first_day__lte=day, last_day__gte=day)


def assignments_of(user: Any) -> QuerySet:
    """The assignments `user` has: the own ones and, today, those of absent colleagues."""
    stands_in = active_substitutions().filter(assignment=OuterRef("pk"), substitute=user.pk)
    return StaffAssignment.objects.filter(Q(user=user.pk) | Exists(stands_in))


def standing_in(roles: Iterable[str]) -> Q:
    """Of users: those who today do the work of somebody with one of `roles`."""
    active = active_substitutions().filter(assignment__role__in=list(roles))
    return Q(pk__in=active.values("substitute"))
