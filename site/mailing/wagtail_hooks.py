"""Wiring of the list of mails into Wagtail's staff screens."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from .standing_panel import StandingPanel
from .viewsets import MailViewSet

hooks.register("register_admin_viewset", lambda: MailViewSet("mails"))


@hooks.register("construct_homepage_panels")
def what_stands_still(request: Any, panels: list[Any]) -> None:
    """For those who can do something about it."""
    if request.user.is_superuser:
        panels.append(StandingPanel())
