"""A review that waits too long: those above the reviewers get one mail, and the queue marks it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from mailing.services import post

from ..models import ReviewEscalation
from ..review_mail import review_address
from ..review_queue import days_to_wait
from ..reviewed import reviewed_kinds
from ..reviewers import places_of, reviewers_of, supervisors_of


def escalate_late_reviews() -> int:
    """Tell those above of every review that waits longer than `days_to_wait()` days. Each is told once, whatever
    number of times this runs. Returns how many were told now.
    """
    late = timezone.now() - timedelta(days=days_to_wait())
    kinds = ContentType.objects.get_for_models(*(kind.model for kind in reviewed_kinds())).values()
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        started_at__lte=late,
        escalation__isnull=True,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__in=kinds,
    )
    return sum(
        _escalate(state) for state in waiting.select_related("workflow_state").order_by("started_at", "pk")
    )


@transaction.atomic
def _escalate(state: TaskState) -> bool:
    _row, is_new = ReviewEscalation.objects.get_or_create(task_state=state)
    entry = state.workflow_state.content_object
    if not is_new or entry is None:
        return False
    context = {
        "entry": entry,
        "days": (timezone.now() - state.started_at).days,
        "places": "、".join(area.name for area in places_of(entry)),
        "reviewers": "、".join(str(user) for user in reviewers_of(entry)),
        "url": review_address(entry),
    }
    for supervisor in supervisors_of(entry):
        post(
            to=[supervisor.email],
            subject=_("「%(name)s」の審査が遅れています") % {"name": str(entry)[:40]},
            template="directory/mail/review_late.txt",
            context=context,
            cause=f"{entry._meta.model_name}:{entry.code}",
        )
    return True
