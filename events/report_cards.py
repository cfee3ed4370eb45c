"""Reports as they stand in lists: read together in a fixed number of queries, with the first photo that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from areas.models import Area
from directory.models import Category, Organization, Photo
from directory.visibility import is_public_organization

from .models import Report, ReportPhoto
from .querysets import ReportQuerySet
from .visibility import district_of, photos_of

#: The size of the picture on a card.
COVER = "fill-640x280"
#: As many drawings as there are scenes in includes/_illustration.html.
_SCENES = 3


@dataclass(frozen=True)
class ReportCard:
    """What `events/reports/_card.html` shows."""

    report: Report
    cover: Photo | None
    scene: int
    organization: Organization | None
    district: Area | None


def with_card_data(rows: ReportQuerySet, *, size: str = COVER) -> ReportQuerySet:
    """`rows` with what cards show: three queries for the photos and their sizes, whatever the number."""
    photos = ReportPhoto.objects.prefetch_related(
        Prefetch("photo", queryset=Photo.objects.prefetch_renditions(size))
    )
    # Boundaries of areas weigh tens of kilobytes each.
    loaded = rows.select_related(
        "organization", "district__parent__parent", "resource__venue", "event__venue"
    ).defer("district__boundary", "district__parent__boundary", "district__parent__parent__boundary")
    return loaded.prefetch_related(Prefetch("photos", queryset=photos))


def cards_of(reports: Iterable[Report]) -> list[ReportCard]:
    """The cards of reports read by `with_card_data`. No query."""
    return [_card(report) for report in reports]


def _card(report: Report) -> ReportCard:
    photos = photos_of(report)
    return ReportCard(
        report=report,
        cover=photos[0].photo if photos else None,
        scene=report.pk % _SCENES + 1,
        organization=named(report.organization),
        district=district_of(report),
    )


def named(organization: Organization | None) -> Organization | None:
    """`organization`, where the public knows it."""
    return organization if organization is not None and is_public_organization(organization) else None


def related_reports(report: Report, themes: Sequence[Category], *, most: int = 3) -> list[ReportCard]:
    """Further reports: of the same activity, event or group, else about the same, the latest first. Four queries."""
    others = Report.objects.published().exclude(pk=report.pk)
    near = others.none()
    if report.resource_id:
        near |= others.filter(resource=report.resource_id)
    if report.event_id:
        near |= others.filter(event=report.event_id)
    if report.organization_id:
        near |= others.filter(organization=report.organization_id)
    if themes:
        same = Report.themes.through.objects.filter(category__in=themes)
        near |= others.filter(pk__in=same.values("report"))
    return cards_of(with_card_data(near.order_by("-date", "-pk"))[:most])
