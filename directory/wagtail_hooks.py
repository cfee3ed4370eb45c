"""Wiring of the register into Wagtail's staff screens."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .log_actions import register_log_actions
from .viewsets import RegisterGroup
from .viewsets.action_menu import offer_publishing
from .viewsets.base import ScopedDelete
from .viewsets.bulk import ROWS_ACTIONS
from .viewsets.deleted import register_actions
from .viewsets.freshness import FreshnessGroup
from .viewsets.photos_api import register_photos
from .viewsets.review import ReviewViewSet
from .viewsets.search_words import SynonymViewSet
from .visibility import photos_for
from .work_list import WorkListPanel

register_snippet(RegisterGroup)
register_snippet(FreshnessGroup)
register_snippet(SynonymViewSet)
hooks.register("register_admin_viewset", ReviewViewSet)
# After Wagtail's own: the last one for a model and an action wins.
hooks.register("register_bulk_action", ScopedDelete, order=1000)
for rows_action in ROWS_ACTIONS:
    hooks.register("register_bulk_action", rows_action)
hooks.register("construct_snippet_action_menu", offer_publishing)
hooks.register("register_log_actions", register_log_actions)
hooks.register("register_actions", register_actions)
hooks.register("construct_admin_api", register_photos, order=1000)

#: Wagtail's panels that speak of pages, or list what is outside the own places.
_HIDDEN_PANELS = {
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "locked_pages",
    "recent_edits",
}

_STYLES = ("schedule", "work_list", "review", "lists", "search_words", "freshness", "records", "imports")


@hooks.register("construct_homepage_panels")
def work_list_first(request: Any, panels: list[Any]) -> None:
    """The work list instead of Wagtail's panels of pages."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in _HIDDEN_PANELS]
    panels.append(WorkListPanel(request))


@hooks.register("construct_homepage_summary_items")
def no_page_counts(request: Any, items: list[Any]) -> None:
    """Counts of pages, images and documents say nothing to those who keep the register."""
    items.clear()


@hooks.register("construct_image_chooser_queryset")
def own_photos(images: Any, request: Any) -> Any:
    """Photos one took in oneself, and those of entries one may see."""
    return images.filter(photos_for(request.user))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    return format_html('<script defer src="{}"></script>', static("js/admin/schedule.js"))


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(f"css/admin/{name}.css"),) for name in _STYLES)
    )


@hooks.register("construct_main_menu")
def no_help_elsewhere(request: Any, items: list[Any]) -> None:
    """Wagtail's help speaks of pages, in English, on another site; ours is the handbook."""
    items[:] = [item for item in items if item.name != "help"]
