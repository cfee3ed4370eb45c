"""What each role may do, and where. Wagtail's policies of the register and of users ask here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from .choices import StaffRole
from .scope import NoScope, Scope

_LOOK = frozenset({"view"})
_WRITE = _LOOK | {"add", "change"}
_REVIEW = _WRITE | {"publish", "lock", "unlock"}
_CURATE = _REVIEW | {"delete"}

#: What a role may do inside its place. A CSW writes entries, a member of staff of the district publishes them.
ROLE_ACTIONS: dict[str, frozenset[str]] = {
    StaffRole.VIEWER: _LOOK,
    StaffRole.CSW: _WRITE,
    StaffRole.DISTRICT_STAFF: _REVIEW,
    StaffRole.AREA_STAFF: _REVIEW,
    StaffRole.CURATOR: _CURATE,
    StaffRole.ADMINISTRATOR: _CURATE,
}

#: Who looks after what all districts share: kinds, audiences, features.
CURATING_ROLES = frozenset({StaffRole.CURATOR, StaffRole.ADMINISTRATOR})


def roles_allowing(action: str) -> frozenset[str]:
    """The roles that may do `action` ("view", "add", "change", "delete", "publish", "lock", "unlock")."""
    return frozenset(role for role, actions in ROLE_ACTIONS.items() if action in actions)


def scope_for(user: Any, action: str) -> Scope | None:
    """Where `user` may do `action`; None where nowhere."""
    try:
        return Scope.of(user, roles=roles_allowing(action))
    except NoScope:
        return None


def users_allowed(actions: Any) -> QuerySet:
    """Active users who may do one of `actions` somewhere."""
    roles = frozenset().union(*(roles_allowing(action) for action in actions))
    return (
        get_user_model()
        .objects.filter(Q(is_superuser=True) | Q(assignments__role__in=roles), is_active=True)
        .distinct()
    )


class AdministratorsOnly(BasePermissionPolicy):
    """Accounts, groups, workflows: those who administer the system, nobody else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        try:
            Scope.of(user, roles={StaffRole.ADMINISTRATOR})
        except NoScope:
            return False
        return True

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(Q(is_superuser=True) | Q(assignments__role=StaffRole.ADMINISTRATOR)).distinct()
