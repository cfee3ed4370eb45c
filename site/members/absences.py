"""Standing in for colleagues: begin, end, and keep the groups of staff in line with the day."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from .invitation_forms import assignments_to_hand_over
from .models import Substitution, User
from .services import sync_staff_groups


def substitutions_for(user: User) -> QuerySet:
    """Those of today and later that `user` may end: of own assignments and of those `user` may grant."""
    return (
        Substitution.objects.filter(
            assignment__in=assignments_to_hand_over(user), last_day__gte=timezone.localdate()
        )
        .select_related("assignment__user", "assignment__area__parent", "substitute")
        .order_by("first_day")
    )


@transaction.atomic
def begin_substitution(*, substitution: Substitution, by: User) -> Substitution:
    """Save one that a form has checked. Raises PermissionDenied for an assignment `by` has no say in."""
    if not assignments_to_hand_over(by).filter(pk=substitution.assignment_id).exists():
        raise PermissionDenied
    substitution.created_by = by
    substitution.save()
    sync_staff_groups(substitution.substitute)
    log(instance=substitution, action="tsunagu.substitution.begin", user=by)
    return substitution


@transaction.atomic
def end_substitution(*, substitution: Substitution, by: User) -> None:
    """The colleague is back, or it was a mistake."""
    if not substitutions_for(by).filter(pk=substitution.pk).exists():
        raise PermissionDenied
    log(instance=substitution, action="tsunagu.substitution.end", user=by)
    substitute = substitution.substitute
    substitution.delete()
    sync_staff_groups(substitute)


def sync_substitutes() -> int:
    """Every morning: groups of those who began or ended standing in. Returns how many people were looked at."""
    since = timezone.localdate() - timedelta(days=7)  # a worker may have been off for some days
    people = User.objects.filter(substitutions__last_day__gte=since).distinct()
    for user in people:
        sync_staff_groups(user)
    return len(people)
