"""Reads on the tree of places, as words that chain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from .choices import AreaKind

if TYPE_CHECKING:
    from .models import Area


class AreaQuerySet(models.QuerySet):
    """Areas of any kind."""

    def municipalities(self) -> Self:
        return self.filter(kind=AreaKind.MUNICIPALITY)

    def areas(self) -> Self:
        return self.filter(kind=AreaKind.AREA)

    def districts(self) -> Self:
        return self.filter(kind=AreaKind.DISTRICT)

    def valid_on(self, day: date) -> Self:
        """Those that exist on `day`: districts are founded, split and joined."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def within(self, area: Area) -> Self:
        """`area` itself and everything below it. The tree has three levels, so this is one query."""
        return self.filter(Q(pk=area.pk) | Q(parent=area) | Q(parent__parent=area))

    def in_order(self) -> Self:
        return self.order_by("order", "kana", "pk")
