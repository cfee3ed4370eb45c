"""The organiser's pages of events inside the staff screens: their addresses, and the ways to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from .door_urls import staff_urlpatterns
from .models import Event


class GrantsItem(MenuItem):
    """「助成金の報告」, for everybody who sees events."""

    def is_shown(self, request: Any) -> bool:
        shown: bool = policy_registry.get_by_type(Event).user_has_permission(request.user, "view")
        return shown


def signup_urls() -> list[URLResolver]:
    """Hook `register_admin_urls`."""
    return [path("register/event-signups/", include((staff_urlpatterns, "events_signups")))]


def grants_item() -> GrantsItem:
    """Hook `register_reports_menu_item`."""
    return GrantsItem(
        _("助成金の報告"), reverse("events_signups:grants"), name="grants", icon_name="table", order=700
    )


def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Hook `register_snippet_listing_buttons`: from the list of events to who signed up."""
    if not isinstance(snippet, Event) or not snippet.live:
        return
    if policy_registry.get_by_type(Event).user_has_permission(user, "change"):
        url = reverse("events_signups:show", args=[snippet.pk])
        yield Button(_("申込み・当日"), url, icon_name="group", priority=15)
