"""「わたしの団体」 on one's own page: the way to the desk."""

from __future__ import annotations

from typing import Any

from members.registry import MyPageSection, register_section

from .group_access import memberships_of


def _section(user: Any) -> dict[str, Any] | None:
    memberships = list(memberships_of(user))
    return {"memberships": memberships} if memberships else None


def register() -> None:
    """Called once, when models can be imported."""
    register_section(MyPageSection("groups", 20, "directory/my/_groups.html", _section))
