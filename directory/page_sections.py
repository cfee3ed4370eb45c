"""Parts of public pages other apps fill: the register knows neither events nor reports, but its pages show them.

`register_section("area", Section("reports", 40, "events/reports/_of_area.html", reports_of_area))`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

#: The pages with such parts: of a municipality, area or district; of an organization; of an entry; of an event.
PAGES = ("area", "organization", "resource", "event")


@dataclass(frozen=True)
class Section:
    """A part of a page. `shown(thing, today)` gives what `template` finds as `shown`; None or empty: no part."""

    key: str
    order: int
    template: str
    shown: Callable[[Any, date], Any]


@dataclass(frozen=True)
class FilledSection:
    """A part with something in it."""

    key: str
    template: str
    shown: Any


_sections: dict[str, dict[str, Section]] = {page: {} for page in PAGES}


def register_section(page: str, section: Section) -> None:
    """Add a part to a page of `PAGES`. The same key again takes the place of the first."""
    _sections[page][section.key] = section


def sections_of(page: str, thing: Any) -> list[FilledSection]:
    """The parts of the page of `thing` that have something to show, in order."""
    today = timezone.localdate()
    wanted = sorted(_sections[page].values(), key=lambda section: section.order)
    filled = (FilledSection(item.key, item.template, item.shown(thing, today)) for item in wanted)
    return [section for section in filled if section.shown]
