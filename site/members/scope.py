"""Where a member of staff may work. One answer, asked by querysets, forms, choosers, exports and search alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from areas.models import Area

from .choices import EDITING_ROLES, StaffRole
from .substitutions import assignments_of


class NoScope(PermissionDenied):
    """Somebody without any assignment asked for staff data. "No scope given" never means "everything"."""


@dataclass(frozen=True)
class Scope:
    """The places a member of staff works in: all of them, or the ids named (each with everything below it)."""

    is_everywhere: bool
    area_ids: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, user: Any, *, editing: bool = False, roles: Iterable[str] | None = None, lasting: bool = False
    ) -> Scope:
        """The scope of `user`. `editing=True` leaves out roles that may only look; `roles` counts only those.

        What `user` does today for an absent colleague counts, but not with `lasting=True`. Raises `NoScope`.
        """
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            raise NoScope
        if roles is None and editing:
            roles = EDITING_ROLES
        wanted = None if roles is None else frozenset(map(str, roles))
        cached: dict[Any, Any] = user.__dict__.setdefault("_scopes", {})
        if (wanted, lasting) not in cached:
            cached[wanted, lasting] = cls._find(user, wanted, lasting)
        scope: Scope | None = cached[wanted, lasting]
        if scope is None:
            raise NoScope
        return scope

    @classmethod
    def _find(cls, user: Any, roles: frozenset[str] | None, lasting: bool) -> Scope | None:
        if user.is_superuser:
            return cls(is_everywhere=True)
        rows = [
            (role, area)
            for role, area, owner in _assigned(user)
            if (roles is None or role in roles) and (not lasting or owner == user.pk)
        ]
        if not rows:
            return None
        if any(role == StaffRole.ADMINISTRATOR for role, _area in rows):
            return cls(is_everywhere=True)
        return cls(is_everywhere=False, area_ids=_with_below(user, frozenset(area for _role, area in rows)))

    def includes(self, area: Area | None) -> bool:
        """Is `area` inside? What belongs to no district (None) is everybody's work."""
        return self.is_everywhere or area is None or area.pk in self.area_ids


def _assigned(user: Any) -> list[tuple[str, int, int]]:
    """(role, area, whose) of each assignment `user` has today, own or for a colleague.

    Asked once a request, whatever number of screens' parts ask.
    """
    kept: dict[Any, Any] = user.__dict__.setdefault("_scopes", {})
    if _assigned not in kept:
        kept[_assigned] = list(assignments_of(user).values_list("role", "area_id", "user_id"))
    rows: list[tuple[str, int, int]] = kept[_assigned]
    return rows


def _with_below(user: Any, roots: frozenset[int]) -> frozenset[int]:
    """`roots` and everything below them. Different roles mostly mean the same places: those are asked once."""
    kept: dict[Any, Any] = user.__dict__.setdefault("_scopes", {})
    key = (_with_below, roots)
    if key not in kept:
        below = Area.objects.filter(Q(pk__in=roots) | Q(parent__in=roots) | Q(parent__parent__in=roots))
        kept[key] = frozenset(below.values_list("pk", flat=True))
    found: frozenset[int] = kept[key]
    return found
