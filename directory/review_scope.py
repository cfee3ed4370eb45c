"""A review waits for a group of all districts; each member acts on, and looks into, the entries of the own places only.

Our screens stand behind their gate, but Wagtail asks the task in places of its own (who is editing just now, what
may be approved). A task model of ours would say the same with a table more. Whatever way a decision comes, it is
taken by `services.review_decisions`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask
from wagtail.models.workflows import AbstractGroupApprovalTask
from wagtail.permissions import policy_registry

from .reviewed import is_reviewed
from .services.review_decisions import ReviewConflict, approve


def _may(entry: Any, user: Any, action: str) -> bool:
    return policy_registry.get(entry).user_has_permission_for_instance(user, action, entry)


def _can_access_editor(task: Any, obj: Any, user: Any) -> bool:
    if is_reviewed(obj) and not _may(obj, user, "change"):
        return False
    return AbstractGroupApprovalTask.user_can_access_editor(task, obj, user)


def _actions(task: Any, obj: Any, user: Any) -> list[Any]:
    """What the editor offers. Returning needs words to the group: that is done on the screen of the review."""
    if not is_reviewed(obj):
        return AbstractGroupApprovalTask.get_actions(task, obj, user)
    return [("approve", _("承認して公開する"), False)] if _may(obj, user, "publish") else []


def _on_action(task: Any, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
    entry = task_state.workflow_state.content_object
    if not is_reviewed(entry):
        AbstractGroupApprovalTask.on_action(task, task_state, user, action_name, **kwargs)
        return
    if action_name != "approve":
        raise PermissionDenied
    try:
        approve(entry, by=user, note=kwargs.get("comment", ""))
    except ReviewConflict as conflict:
        raise PermissionDenied(str(conflict)) from conflict


def connect() -> None:
    """Called once, when Django is ready."""
    GroupApprovalTask.user_can_access_editor = _can_access_editor
    GroupApprovalTask.get_actions = _actions
    GroupApprovalTask.on_action = _on_action
