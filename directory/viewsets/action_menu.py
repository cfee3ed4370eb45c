"""The buttons under the form. Wagtail asks Django's permissions for publishing; here the policy of the place decides."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem

from ..reviewed import is_reviewed

_ORDERED = {"action-unpublish": 20, "action-publish": 30}


class PublishHere(PublishMenuItem):
    def is_shown(self, context: Any) -> bool:
        """Not while a review waits: approving it publishes, and tells the group."""
        waits = getattr(context.get("instance"), "workflow_in_progress", False)
        return not waits and not context.get("locked_for_user") and _may_publish(context)


class UnpublishHere(UnpublishMenuItem):
    def is_shown(self, context: Any) -> bool:
        is_live = context["view"] == "edit" and context["instance"].live
        return is_live and not context.get("locked_for_user") and _may_publish(context)


def _may_publish(context: Any) -> bool:
    policy = policy_registry.get_by_type(context["model"])
    user, instance = context["request"].user, context.get("instance")
    if instance is None:
        return policy.user_has_permission(user, "publish")
    return policy.user_has_permission_for_instance(user, "publish", instance)


def offer_publishing(menu_items: list[Any], request: Any, context: Any) -> None:
    """Hook `construct_snippet_action_menu`."""
    if not is_reviewed(context["model"]):
        return
    others = [item for item in menu_items if item.name not in _ORDERED]
    ours: list[Any] = [PublishHere(order=30), UnpublishHere(order=20)]
    menu_items[:] = sorted(
        [*others, *(item for item in ours if item.is_shown(context))], key=lambda item: item.order
    )
