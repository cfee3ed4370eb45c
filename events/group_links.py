"""What a group's desk links to besides its entries. One line a part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.group_links import GroupLink, register_group_link

from .group_waiting import answers_waiting, introductions_waiting


def register() -> None:
    """Called once, when Django is ready."""
    register_group_link(GroupLink("reports", 30, _("活動報告"), "events:group_reports", "book"))
    register_group_link(GroupLink("events", 10, _("催し"), "events:group_events", "calendar"))
    register_group_link(
        GroupLink(
            "introductions", 60, _("つなぎ"), "events:group_introductions", "people", introductions_waiting
        )
    )
    register_group_link(
        GroupLink("board", 50, _("募集・できること"), "events:group_board", "speech", answers_waiting)
    )
    register_group_link(GroupLink("gatherings", 40, _("交流会"), "events:group_gatherings", "people"))
    register_group_link(GroupLink("grant", 20, _("助成金の報告"), "events:group_grant", "yen"))
