"""A review waits for a group of all districts; each member acts on, and looks into, the entries of the own places only.

Our screens stand behind their gate, but Wagtail asks the task in places of its own (who is editing just now, what
may be approved). A task model of ours would say the same with a table more.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import GroupApprovalTask
from wagtail.models.workflows import AbstractGroupApprovalTask
from wagtail.permissions import policy_registry

from .models import Organization, Resource


def _is_outside(entry: Any, user: Any) -> bool:
    if not isinstance(entry, (Resource, Organization)):
        return False
    return not policy_registry.get(entry).user_has_permission_for_instance(user, "change", entry)


def _can_access_editor(task: Any, obj: Any, user: Any) -> bool:
    return not _is_outside(obj, user) and AbstractGroupApprovalTask.user_can_access_editor(task, obj, user)


def _actions(task: Any, obj: Any, user: Any) -> list[Any]:
    return [] if _is_outside(obj, user) else AbstractGroupApprovalTask.get_actions(task, obj, user)


def connect() -> None:
    """Called once, when Django is ready."""
    GroupApprovalTask.user_can_access_editor = _can_access_editor
    GroupApprovalTask.get_actions = _actions
