"""Who changed what, when and why: Wagtail's log with the place of each row, so that it can be shown by place."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry, BaseLogEntryManager
from wagtail.models.audit_log import LogEntryQuerySet

from areas.models import Area
from members.permissions import scope_for

from .organizations import Organization


def area_of(thing: Any) -> int | None:
    """The key of the place a row of the register belongs to; None for what belongs to no district, or to all."""
    if isinstance(thing, Organization):
        areas = list(thing.areas.all()[:2])
        return areas[0].pk if len(areas) == 1 else None
    for owner in (thing, getattr(thing, "resource", None)):
        key = getattr(owner, "district_id", None)
        if key is not None:
            return int(key)
    return None


class RegisterLogManager(BaseLogEntryManager):
    """Writes the place beside each entry, and shows to each the entries of the own places."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        return super().log_action(
            instance, action, object_id=str(instance.pk), area_id=area_of(instance), **kwargs
        )

    def for_instance(self, instance: Any) -> LogEntryQuerySet:
        rows = self.get_for_model(type(instance))
        return rows.filter(object_id=str(instance.pk))

    def viewable_by_user(self, user: Any) -> LogEntryQuerySet:
        scope = scope_for(user, "view")
        if scope is None:
            return self.none()
        if scope.is_everywhere:
            return self.all()
        groups = self.get_for_model(Organization)
        own = Organization.objects.in_scope(scope).annotate(key=Cast("pk", models.CharField()))
        inside = Q(area__in=scope.area_ids) | (Q(area__isnull=True) & ~Q(pk__in=groups.values("pk")))
        return self.filter(inside | Q(pk__in=groups.filter(object_id__in=own.values("key")).values("pk")))


class RegisterLogEntry(BaseLogEntry):
    """One thing done to a row of the register. `data["reason"]` says why, where somebody said so."""

    object_id = models.CharField(max_length=255, db_index=True)
    area = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )

    objects = RegisterLogManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-pk"]
        verbose_name = _("変更の記録")
        verbose_name_plural = _("変更の記録")
