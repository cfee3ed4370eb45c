"""What other apps add to a group's desk: one button a part. `directory` never imports them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import Organization


@dataclass(frozen=True)
class GroupLink:
    """A part of the desk. `url_name` takes the organization's code; `count(organization)` is how much waits there."""

    key: str
    order: int
    label: str | Promise
    url_name: str
    icon: str
    count: Callable[[Organization], int] | None = None


@dataclass(frozen=True)
class ShownLink:
    """A button on the desk of one group. `waiting` is None where nothing is counted, and where nothing waits."""

    label: str
    url: str
    icon: str
    waiting: int | None


_links: dict[str, GroupLink] = {}


def register_group_link(link: GroupLink) -> None:
    """Add a part to the desk of every group. A second one of the same key takes its place."""
    _links[link.key] = link


def links_of(organization: Organization) -> list[ShownLink]:
    """The buttons on the desk of `organization`, in order."""
    return [
        ShownLink(
            label=str(link.label),
            url=reverse(link.url_name, args=[organization.code]),
            icon=link.icon,
            waiting=(link.count(organization) or None) if link.count is not None else None,
        )
        for link in sorted(_links.values(), key=lambda link: link.order)
    ]
