"""Wiring of people into Wagtail's staff screens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .log_words import ACTIONS
from .models import User
from .resident_hooks import RegistrationTargetViewSet, report_menu_item, report_urls
from .staffing_hooks import invitations_item, staffing_urls, substitutions_item

register_snippet(RegistrationTargetViewSet)
hooks.register("register_admin_urls", report_urls)
hooks.register("register_admin_menu_item", report_menu_item)
hooks.register("register_admin_urls", staffing_urls)
hooks.register("register_settings_menu_item", invitations_item)
hooks.register("register_settings_menu_item", substitutions_item)


@hooks.register("register_log_actions")
def log_words(actions: Any) -> None:
    for name, words in ACTIONS.items():
        actions.register_action(name, words, words)


@hooks.register("before_bulk_action")
def leave_superusers_alone(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Wagtail looks after superusers only when it deletes; a group with rights over accounts must not stop them."""
    by: Any = request.user
    if action.model is User and not by.is_superuser and any(user.is_superuser for user in objects):
        raise PermissionDenied


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/residents.css"))
