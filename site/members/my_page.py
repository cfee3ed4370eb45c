"""The parts of 「マイページ」 that speak of the account itself. Other apps add theirs."""

from __future__ import annotations

from typing import Any

from .models import User
from .registry import MyPageSection, register_section


def _staff(user: User) -> dict[str, Any] | None:
    assignments = list(user.assignments.select_related("area"))
    return {"assignments": assignments} if assignments or user.is_staff else None


def _settings(user: User) -> dict[str, Any]:
    return {"means": user.get_contact_means_display(), "reached_at": user.phone or user.postal_address}


def register() -> None:
    """Called once, when models can be imported."""
    register_section(MyPageSection("staff", 5, "members/my/_staff.html", _staff))
    register_section(MyPageSection("settings", 90, "members/my/_settings.html", _settings))
