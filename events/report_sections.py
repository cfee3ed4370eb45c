"""Reports on the pages of the register and on the home page: the latest few, and the way to the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.models import Area
from directory.area_paths import area_path
from directory.models import Organization, Resource
from directory.page_sections import Section, register_section

from .models import Report
from .querysets import ReportQuerySet
from .report_cards import ReportCard, cards_of, with_card_data

MOST = 3
_TEMPLATE = "events/reports/_section.html"


@dataclass(frozen=True)
class ShownReports:
    """What `_section.html` shows. `more` is the address of the rest, "" where this is all."""

    title: str
    cards: list[ReportCard]
    more: str = ""

    def __bool__(self) -> bool:
        return bool(self.cards)


def register() -> None:
    """Called once, when Django is ready."""
    register_section("area", Section("reports", 60, _TEMPLATE, of_area))
    register_section("organization", Section("reports", 60, _TEMPLATE, of_organization))
    register_section("resource", Section("reports", 60, "events/reports/_links.html", of_resource))


def latest_reports(most: int = MOST) -> list[ReportCard]:
    """The latest reports of all places, for the home page. Four queries, one without reports."""
    return _latest(Report.objects.published(), most)


def of_area(area: Area, today: date) -> ShownReports:
    rows = Report.objects.listed().concerning(area)
    more = f"{reverse('events:reports')}?{urlencode({'area': area_path(area)}, safe='/')}"
    return ShownReports(_("活動報告"), _latest(rows), more)


def of_organization(organization: Organization, today: date) -> ShownReports:
    rows = Report.objects.published().of_organization(organization)
    return ShownReports(_("この団体の活動報告"), _latest(rows, 2 * MOST))


def of_resource(resource: Resource, today: date) -> list[Report]:
    """Only titles and days: the page of an entry has its own photos. One query."""
    rows = Report.objects.published().filter(resource=resource).only("code", "title", "date")
    return list(rows.order_by("-date", "-pk")[: 2 * MOST])


def _latest(rows: ReportQuerySet, most: int = MOST) -> list[ReportCard]:
    return cards_of(with_card_data(rows.order_by("-date", "-pk"))[:most])
