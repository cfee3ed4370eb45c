"""What the page of one report shows; the editor's preview and the group's preview use it too."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from areas.models import Area
from directory.models import Category, Organization, Photo, Resource
from directory.visibility import is_public as is_public_entry
from directory.visibility import is_public_organization

from .models import Event, Report, ReportPhoto
from .report_cards import ReportCard, named, related_reports
from .visibility import district_of, is_public, photos_of


def load_report(code: str) -> Report:
    """The report with what its page shows; Http404 without one."""
    photos = ReportPhoto.objects.prefetch_related(
        Prefetch("photo", queryset=Photo.objects.prefetch_related("renditions"))
    )
    rows = Report.objects.select_related(
        "organization", "event__venue", "resource__venue", "district__parent__parent"
    ).prefetch_related("partners", "themes", Prefetch("photos", queryset=photos))
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404(_("この番号のページはありません。"))
    return found


class ReportPage:
    """One report as everybody may see it."""

    def __init__(
        self, report: Report, request: HttpRequest | None = None, *, is_preview: bool = False
    ) -> None:
        self.report = report
        self.request = request
        self.is_preview = is_preview

    @property
    def is_public(self) -> bool:
        return is_public(self.report) and not self.is_preview

    @property
    def organization(self) -> Organization | None:
        return named(self.report.organization)

    @cached_property
    def partners(self) -> list[Organization]:
        return [row for row in self.report.partners.all() if is_public_organization(row)]

    @cached_property
    def themes(self) -> list[Category]:
        return list(self.report.themes.all())

    @property
    def event(self) -> Event | None:
        event = self.report.event
        return event if event is not None and is_public(event) else None

    @property
    def resource(self) -> Resource | None:
        resource = self.report.resource
        return resource if resource is not None and is_public_entry(resource) else None

    @cached_property
    def district(self) -> Area | None:
        return district_of(self.report)

    @cached_property
    def photos(self) -> list[Any]:
        return photos_of(self.report)

    @cached_property
    def related(self) -> list[ReportCard]:
        return related_reports(self.report, self.themes)

    @property
    def share_image(self) -> str:
        """The address of the picture a shared link shows."""
        path = f"{self.report.get_absolute_url()}share.png"
        return self.request.build_absolute_uri(path) if self.request is not None else path
