"""Mail about reviews goes only to those who may review the entry: Wagtail would write to the whole group."""

from __future__ import annotations

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.permissions import policy_registry
from wagtail.signals import task_submitted


class ReviewersOfThePlace(GroupApprovalTaskStateSubmissionEmailNotifier):
    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        entry = task_state.workflow_state.content_object
        policy = policy_registry.get_by_type(type(entry))
        members = super().get_recipient_users(task_state, **kwargs).distinct()
        return [user for user in members if policy.user_has_permission_for_instance(user, "publish", entry)]


notifier = ReviewersOfThePlace()


def connect() -> None:
    """Take the place of Wagtail's notifier: a second receiver with the same mark is not connected any more."""
    task_submitted.connect(
        notifier, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
