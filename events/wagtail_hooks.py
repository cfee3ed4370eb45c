"""Wiring of events into Wagtail's staff screens."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .log_actions import register_log_actions
from .signup_hooks import grants_item, listing_buttons, signup_urls
from .viewsets.bulk import PublishHappenings
from .viewsets.events import EventViewSet
from .viewsets.exchange_group import ExchangeGroup
from .viewsets.reports_group import ReportsGroup

hooks.register("register_log_actions", register_log_actions)
hooks.register("register_bulk_action", PublishHappenings)
hooks.register("register_admin_urls", signup_urls)
hooks.register("register_reports_menu_item", grants_item)
hooks.register("register_snippet_listing_buttons", listing_buttons)
register_snippet(EventViewSet)
register_snippet(ExchangeGroup)
register_snippet(ReportsGroup)
