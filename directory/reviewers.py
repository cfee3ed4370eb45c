"""Who reviews what: the staff nearest to the place of an entry, those who stand in for them, those above them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from areas.models import Area
from members.choices import StaffRole
from members.models import StaffAssignment

from .reviewed import kind_of

#: From near to far; the first who are there are asked.
_NEAR_TO_FAR = (
    StaffRole.DISTRICT_STAFF,
    StaffRole.AREA_STAFF,
    StaffRole.CURATOR,
    StaffRole.ADMINISTRATOR,
)
#: Told when a review waits too long, whoever of them is there.
_ABOVE = (StaffRole.AREA_STAFF, StaffRole.CURATOR)


def places_of(entry: Any) -> list[Area]:
    """The districts a row of the review belongs to; none where nobody has said."""
    kind = kind_of(entry)
    keys = kind.model._default_manager.filter(pk=entry.pk).order_by().values(kind.place)
    return list(Area.objects.filter(pk__in=keys).select_related("parent__parent").in_order())


def reviewers_of(entry: Any) -> QuerySet:
    """Whom a review is for: staff of the district and who stands in for them today; without any, those above."""
    for role in _NEAR_TO_FAR:
        found = _with_role([role], entry)
        if found.exists():
            return found
    return get_user_model().objects.filter(is_superuser=True, is_active=True)


def supervisors_of(entry: Any) -> QuerySet:
    """Who is told when a review waits too long: staff of the area and curators; without any, the reviewers."""
    found = _with_role(_ABOVE, entry)
    return found if found.exists() else reviewers_of(entry)


def _with_role(roles: Any, entry: Any) -> QuerySet:
    today = timezone.localdate()
    assigned = StaffAssignment.objects.filter(role__in=list(roles))
    places = places_of(entry)
    if places:  # what belongs to no district is the work of everybody with that role
        assigned = assigned.filter(area__in=_with_those_above(places))
    standing_in = Q(
        substitutions__assignment__in=assigned,
        substitutions__first_day__lte=today,
        substitutions__last_day__gte=today,
    )
    users = get_user_model().objects.filter(Q(assignments__in=assigned) | standing_in, is_active=True)
    return users.distinct().order_by("pk")


def _with_those_above(places: list[Area]) -> set[int]:
    found: set[int] = set()
    for place in places:
        node: Area | None = place
        while node is not None:
            found.add(node.pk)
            node = node.parent
    return found
