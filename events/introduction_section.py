"""「この団体とつながる」 on the public page of a group."""

from __future__ import annotations

from datetime import date

from directory.models import Organization
from directory.page_sections import Section, register_section
from directory.visibility import is_public_organization


def register() -> None:
    """Called once, when Django is ready."""
    register_section(
        "organization", Section("introduction", 90, "events/introductions/_ask.html", to_be_asked_for)
    )


def to_be_asked_for(organization: Organization, today: date) -> Organization | None:
    """The organization, where others may ask for an introduction to it."""
    return organization if is_public_organization(organization) else None
