"""What each role may do, and where. Wagtail's policies of the register and of users ask here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from areas.models import Area

from .choices import StaffRole
from .scope import NoScope, Scope
from .substitutions import standing_in

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


#: From the one that may least to the one that may most: nobody grants above the own one.
ROLE_ORDER = (
    StaffRole.VIEWER,
    StaffRole.CSW,
    StaffRole.DISTRICT_STAFF,
    StaffRole.AREA_STAFF,
    StaffRole.CURATOR,
    StaffRole.ADMINISTRATOR,
)

#: Who may let others work here at all.
INVITING_ROLES = frozenset({StaffRole.AREA_STAFF, StaffRole.CURATOR, StaffRole.ADMINISTRATOR})


def granting_scope(user: Any, role: str) -> Scope | None:
    """Where `user` may let somebody work as `role`: inside own places, up to the own role; None where nowhere.

    Standing in for a colleague gives no say in this: it would outlast the absence.
    """
    at_least = frozenset(ROLE_ORDER[ROLE_ORDER.index(StaffRole(role)) :])
    try:
        return Scope.of(user, roles=INVITING_ROLES & at_least, lasting=True)
    except NoScope:
        return None


def may_grant(user: Any, role: str, area: Area) -> bool:
    """May `user` let somebody work as `role` in `area`?"""
    scope = granting_scope(user, role)
    return scope is not None and scope.includes(area)


def grantable_roles(user: Any) -> list[StaffRole]:
    """The roles `user` may give somewhere."""
    return [role for role in ROLE_ORDER if granting_scope(user, role) is not None]


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
        .objects.filter(
            Q(is_superuser=True) | Q(assignments__role__in=roles) | standing_in(roles), is_active=True
        )
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
