"""What pages of the register show of events and reports. One line a part; each is one query, or two."""

from __future__ import annotations

from . import board_sections, event_sections, gathering_section, introduction_section, report_sections


def register() -> None:
    """Called once, when Django is ready."""
    event_sections.register()
    report_sections.register()
    introduction_section.register()
    gathering_section.register()
    board_sections.register()
