"""A saved report is looked at again by the search, and stays hidden while somebody's request stands."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.utils import timezone

from directory.models import Organization

from .choices import HIDING
from .models import Report
from .services.reindexing import reindex_reports


def connect() -> None:
    """Called once, when Django is ready."""
    post_save.connect(report_saved, sender=Report, dispatch_uid="events-report-saved")
    pre_delete.connect(report_goes, sender=Report, dispatch_uid="events-report-goes")
    post_save.connect(organization_saved, sender=Organization, dispatch_uid="events-report-group-saved")


def report_saved(sender: type[Report], instance: Report, raw: bool = False, **kwargs: Any) -> None:
    """Whoever publishes may hold the report as it was before the request came in."""
    if raw:
        return
    rows = Report.objects.filter(pk=instance.pk)
    if instance.hidden_on is None:
        asked = instance.removals.filter(state__in=HIDING, is_about_photo=False)
        if asked.exists():
            instance.hidden_on = timezone.localdate()
            rows.update(hidden_on=instance.hidden_on)
    reindex_reports(rows)


def report_goes(sender: type[Report], instance: Report, **kwargs: Any) -> None:
    reindex_reports(Report.objects.filter(pk=instance.pk))


def organization_saved(
    sender: type[Organization], instance: Organization, raw: bool = False, **kwargs: Any
) -> None:
    """Its name stands in what is found of its reports."""
    if not raw:
        reindex_reports(Report.objects.filter(organization=instance))
