"""The door of a group's own reports, and how each of them stands, in words."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from directory.group_access import group_view
from directory.group_desk import State, comment_of, draft_of
from directory.models import Organization, OrganizationMember

from .models import Report

GroupView = Callable[..., Any]
_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class DeskReport:
    """One report on the desk of its group."""

    report: Report
    state: State
    draft: State | None
    comment: str


def group_report_view(view: GroupView) -> GroupView:
    """Give `view(request, membership, report, …)` the report of the group; 404 for strangers and for other groups'."""

    @functools.wraps(view)
    def wrapped(
        request: HttpRequest, membership: OrganizationMember, report: str, **kwargs: Any
    ) -> HttpResponse:
        return view(request, membership, report_of(membership.organization, report), **kwargs)

    return group_view(wrapped, changes=True)


def report_of(organization: Organization, code: str) -> Report:
    """The report `code` that `organization` wrote; Http404 for that of another."""
    rows = Report.objects.filter(organization=organization, code=code)
    found = rows.select_related("organization", "district", "latest_revision").first()
    if found is None:
        raise Http404(_("このページはありません。"))
    return found


def on_desk(reports: list[Report]) -> list[DeskReport]:
    """How each of `reports` stands. One query."""
    reviews = _reviews(reports)
    return [
        DeskReport(
            report,
            state_of(report),
            draft_of(report, reviews.get(report.pk)),
            comment_of(reviews.get(report.pk)),
        )
        for report in reports
    ]


def state_of(report: Report) -> State:
    """What the public sees of it."""
    if report.hidden_on is not None:
        more = _("取り除いてほしいというお申し出がありました。担当の職員が確かめています。")
        return State("hidden", _("公開を止めています"), "warning", more)
    if report.live:
        return State("live", _("公開中"), "done")
    return State("unpublished", _("公開していません"), "quiet")


def _reviews(reports: list[Report]) -> dict[int, WorkflowState]:
    rows = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Report),
        object_id__in=[str(report.pk) for report in reports],
        status__in=_OPEN,
    )
    rows = rows.select_related("current_task_state").order_by("pk")
    return {int(row.object_id): row for row in rows}
