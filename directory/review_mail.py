"""Mail about waiting reviews goes to those who may review the entry: Wagtail would write to the whole group."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from mailing.services import post

from .models import Resource
from .reviewed import is_reviewed
from .reviewers import places_of, reviewers_of


class _OfPages:
    """Wagtail's own mail, for whatever is not of the register."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        state = instance if isinstance(instance, WorkflowState) else instance.workflow_state
        return not is_reviewed(state.content_object) and super().can_handle(instance, **kwargs)  # type: ignore[misc]


class Submitted(_OfPages, GroupApprovalTaskStateSubmissionEmailNotifier):
    """A review waits: the reviewers of the place are told, each in a mail of their own."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> Any:
        entry = instance.workflow_state.content_object
        if not is_reviewed(entry):
            return super().__call__(instance, **kwargs)
        return tell_reviewers(entry, instance.workflow_state.requested_by, kwargs.get("user"))


class Started(_OfPages, WorkflowStateSubmissionEmailNotifier):
    """Wagtail would tell all superusers."""


class Approved(_OfPages, WorkflowStateApprovalEmailNotifier):
    """`services.review_outcomes` tells the group in its own words."""


class Rejected(_OfPages, WorkflowStateRejectionEmailNotifier):
    """The same."""


def tell_reviewers(entry: Any, sender: Any, triggered_by: Any = None) -> bool:
    """One mail to each reviewer of `entry`."""
    context = {
        "entry": entry,
        "sender": sender,
        "places": "、".join(area.name for area in places_of(entry)),
        "url": review_address(entry),
    }
    for reviewer in reviewers_of(entry).exclude(pk=getattr(triggered_by, "pk", None)):
        post(
            to=[reviewer.email],
            subject=_("「%(name)s」が審査を待っています") % {"name": str(entry)[:40]},
            template="directory/mail/review_waiting.txt",
            context=context,
            cause=f"{entry._meta.model_name}:{entry.code}",
        )
    return True


def review_address(entry: Any) -> str:
    """The whole address of the review screen of `entry`, for mail."""
    # Of a new group and its first activity the group is looked at: both are approved there in one go.
    host = entry.organization if isinstance(entry, Resource) else None
    if host is not None and not host.live and host.workflow_in_progress:
        entry = host
    path = reverse(f"directory_review:{entry._meta.model_name}", args=[entry.pk])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


_RECEIVERS = (
    (task_submitted, Submitted(), TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, Started(), WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_approved, Approved(), WorkflowState, "workflow_state_approved_email_notification"),
    (workflow_rejected, Rejected(), WorkflowState, "workflow_state_rejected_email_notification"),
)


def connect() -> None:
    """Take the place of Wagtail's notifiers: a second receiver with the same mark is not connected any more."""
    for signal, notifier, sender, mark in _RECEIVERS:
        signal.connect(notifier, sender=sender, dispatch_uid=mark)
