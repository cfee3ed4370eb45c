"""Every address of the staff screens, read from the URLconf, and who may open it. One nobody declared fails the sweep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.urls import URLPattern, URLResolver, get_resolver


class Rule(Enum):
    """Who may open a route."""

    REGISTER = (
        "behind the gate of its viewset: tests/directory/test_admin_access.py walks these by role and place"
    )
    ADMINISTRATORS = "those who administer the system, nobody else"
    STAFF = "every member of staff; shows nothing of a foreign place"
    ANYBODY = "before the login"


#: Name of a route (a pattern) → who may open it. The first that matches counts.
RULES: tuple[tuple[str, Rule], ...] = (
    (r"(directory|events)_\w+:", Rule.REGISTER),
    (r"wagtailadmin_(login|password_reset\w*|sprite|javascript_catalog)$", Rule.ANYBODY),
    (r"wagtailadmin_(home|account|logout|dismissibles|error_test|block_preview)$", Rule.STAFF),
    (r"wagtailadmin_editing_sessions:", Rule.STAFF),
    (r"wagtailadmin_(tag_autocomplete|tag_model_autocomplete)$", Rule.STAFF),
    (r"wagtailadmin_choose_\w+$", Rule.STAFF),
    (r"wagtailadmin_reports:(site_history|locked_pages|workflow|workflow_tasks)(_results)?$", Rule.STAFF),
    (r"wagtailadmin_reports:", Rule.STAFF),
    (r"wagtailadmin_api:images:", Rule.STAFF),
    (r"wagtailadmin_api:", Rule.STAFF),
    (r"wagtailadmin_explore", Rule.STAFF),
    (r"wagtailadmin_pages:", Rule.ADMINISTRATORS),
    (r"wagtailadmin_(collections|workflows):", Rule.ADMINISTRATORS),
    (
        r"(wagtailsettings|wagtailredirects|wagtailsites|wagtailusers_users|wagtailusers_groups):",
        Rule.ADMINISTRATORS,
    ),
    (r"wagtailsnippets_(areas|members)_\w+:", Rule.ADMINISTRATORS),
    (r"wagtailsnippets:index$", Rule.STAFF),
    (r"wagtailsnippetchoosers_\w+:", Rule.STAFF),
    (r"wagtailimages(_chooser)?:", Rule.STAFF),
    (r"wagtaildocs(_chooser)?:", Rule.STAFF),
    (r"wagtailembeds:", Rule.STAFF),
    (r"wagtail_bulk_action$", Rule.STAFF),
    (r"search_words:", Rule.STAFF),
    (r"resident_report$", Rule.STAFF),
    (r"mails:", Rule.ADMINISTRATORS),
    (r"members_\w+$", Rule.STAFF),  # who may invite whom is asked inside: tests/members/test_invitations.py
)


#: Routes for administrators that answer others without showing or doing anything: Wagtail asks only when it acts.
HARMLESS = frozenset(
    {
        "wagtailadmin_pages:move_confirm",  # the title of a public page
        "wagtailadmin_pages:workflow_action",  # "not in moderation", back to the page
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:revisions_index",  # an old address that leads to the history
        "wagtailadmin_workflows:task_chooser",  # the name of the review's one task
        "wagtailadmin_workflows:task_chooser_results",
        "wagtailadmin_workflows:task_chooser_create",
        "wagtailadmin_workflows:task_chosen",
    }
)


@dataclass(frozen=True)
class AdminRoute:
    """An address pattern under /admin/: its name and the names of its arguments."""

    name: str
    pattern: str
    arguments: tuple[str, ...]

    @property
    def rule(self) -> Rule | None:
        return next((rule for words, rule in RULES if re.match(words, self.name)), None)


#: Wagtail's catch-all that sends to the login, and its pages for trying errors.
_NAMELESS = {"admin/login/", "admin/test404/", "admin/^.*/$", "admin/failwhale/"}


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, names: str, arguments: tuple[str, ...]
) -> Iterator[AdminRoute]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        inside = (*arguments, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from _walk(entry.url_patterns, pattern, space, inside)
        elif pattern.startswith("admin/") and pattern not in _NAMELESS:
            yield AdminRoute(f"{names}{entry.name}", pattern, inside)


def admin_routes() -> list[AdminRoute]:
    """Every route of the staff screens."""
    return list(_walk(get_resolver().url_patterns, "", "", ()))
