"""Giving staff their roles. A login reaches the staff screens if, and only if, it has an assignment."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from areas.models import Area

from .choices import EDITING_ROLES
from .models import StaffAssignment, User
from .permissions import roles_allowing
from .substitutions import assignments_of

#: Names of the Django groups; Wagtail asks them for entry to its screens and for whom a review waits.
STAFF_GROUP = "職員"
EDITOR_GROUP = "登録する職員"
REVIEWER_GROUP = "掲載を審査する職員"


@transaction.atomic
def ensure_staff_groups() -> dict[str, Group]:
    """Make the groups of staff, and give the first one entry to the staff screens. Safe to call again."""
    groups = {
        name: Group.objects.get_or_create(name=name)[0]
        for name in (STAFF_GROUP, EDITOR_GROUP, REVIEWER_GROUP)
    }
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    groups[STAFF_GROUP].permissions.add(entry)
    return groups


@transaction.atomic
def assign_staff(*, user: User, role: str, area: Area) -> StaffAssignment:
    """Let `user` work in `area` (and everything below it) as `role`."""
    assignment, _new = StaffAssignment.objects.get_or_create(user=user, role=role, area=area)
    sync_staff_groups(user)
    return assignment


@transaction.atomic
def end_assignment(assignment: StaffAssignment) -> None:
    """Take an assignment away. With the last one goes the entry to the staff screens."""
    user = assignment.user
    assignment.delete()
    sync_staff_groups(user)


def sync_staff_groups(user: User) -> None:
    """Bring group membership and the `is_staff` mark of `user` in line with the assignments."""
    groups = ensure_staff_groups()
    roles = set(assignments_of(user).values_list("role", flat=True))
    belongs = {
        STAFF_GROUP: bool(roles),
        EDITOR_GROUP: bool(roles & set(EDITING_ROLES)),
        REVIEWER_GROUP: bool(roles & roles_allowing("publish")),
    }
    user.groups.add(*(groups[name] for name, inside in belongs.items() if inside))
    user.groups.remove(*(groups[name] for name, inside in belongs.items() if not inside))
    is_staff = bool(roles) or user.is_superuser
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("_scopes", None)
