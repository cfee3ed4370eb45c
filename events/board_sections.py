"""Posts of the board on the pages of areas and groups: the latest few that are still wanted, and the way to the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.models import Area
from directory.area_paths import area_path
from directory.models import Organization
from directory.page_sections import Section, register_section

from .board_filters import card_of, posts_to_show
from .models import Opportunity
from .querysets import OpportunityQuerySet

MOST = 3
_TEMPLATE = "events/board/_section.html"


@dataclass(frozen=True)
class ShownPosts:
    """What `_section.html` shows. `more` is the address of the rest, "" where this is all."""

    title: str
    cards: list[dict[str, Any]]
    more: str = ""

    def __bool__(self) -> bool:
        return bool(self.cards)


def register() -> None:
    """Called once, when Django is ready."""
    register_section("area", Section("board", 50, _TEMPLATE, of_area))
    register_section("organization", Section("board", 50, _TEMPLATE, of_organization))


def of_area(area: Area, today: date) -> ShownPosts:
    rows = Opportunity.objects.published().open_on(today).concerning(area)
    more = f"{reverse('events:board')}?{urlencode({'area': area_path(area)}, safe='/')}"
    return ShownPosts(_("募集・できること"), _latest(rows, MOST), more)


def of_organization(organization: Organization, today: date) -> ShownPosts:
    rows = Opportunity.objects.published().open_on(today).filter(organization=organization)
    return ShownPosts(_("この団体の募集・できること"), _latest(rows, 2 * MOST))


def _latest(rows: OpportunityQuerySet, most: int) -> list[dict[str, Any]]:
    return [card_of(post) for post in posts_to_show(rows).order_by("-first_published_at", "-pk")[:most]]
