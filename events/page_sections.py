"""What pages of the register show of events and reports. One line a part; each is one query, or two."""

from __future__ import annotations

from . import introduction_section, report_sections


def register() -> None:
    """Called once, when Django is ready."""
    report_sections.register()
    introduction_section.register()
