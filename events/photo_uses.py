"""Which photos of events and reports a member of staff works with: those of the own places, asked away ones too."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.permissions import policy_registry

from directory.photo_uses import register_photo_use

from .models import Event, EventPhoto, RemovalRequest, Report, ReportPhoto


def register() -> None:
    """Called once, when Django is ready."""
    register_photo_use("events", photos_of_staff)


def photos_of_staff(user: Any) -> Q:
    """The condition of those photos."""
    reports, events = _own(Report, user), _own(Event, user)
    rows = (
        ReportPhoto.objects.filter(report__in=reports),
        EventPhoto.objects.filter(event__in=events),
        RemovalRequest.objects.filter(report__in=reports, photo__isnull=False),
    )
    found = Q()
    for row in rows:
        found |= Q(pk__in=row.values("photo"))
    return found


def _own(model: Any, user: Any) -> Any:
    return (
        policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["view"]).values("pk")
    )
