"""A group's reports on its desk: the list, a new one, one with what happens to it, its words, what it will look like."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.group_access import group_view, is_over
from directory.models import OrganizationMember
from directory.services.group_editing import is_trusted_with, send_in
from directory.typed_before import typed_before
from directory.views.group_home import sent_words
from directory.viewsets.conflicts import differences

from ..group_report_desk import group_report_view, on_desk
from ..group_report_form import GroupReportForm
from ..models import Report
from ..report_page import ReportPage
from ..services.group_reports import DraftChanged, change_report, may_start, start_report, take_back
from ..visibility import is_public

PAGE_SIZE = 20


@group_view
def group_reports(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """All reports of the group, the latest first."""
    organization = membership.organization
    rows = Report.objects.filter(organization=organization).order_by("-date", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "page": page,
        "reports": on_desk(list(page)),
        "is_over": is_over(organization),
    }
    return render(request, "events/group/reports.html", context)


@group_view(changes=True)
def group_report_new(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """A new report: words first, photos on the next page."""
    organization = membership.organization
    draft = Report(date=timezone.localdate(), organization=organization)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = GroupReportForm(typed, draft=draft, organization=organization)
    if request.method == "POST" and form.is_valid():
        if may_start(organization):
            form.write(request.user)
            report = start_report(form.instance, organization=organization, user=request.user)
            messages.success(request, _("下書きに保存しました。つづけて、写真を加えられます。"))
            return redirect("events:group_report_photos", organization.code, report.code)
        form.add_error(None, _("下書きが多すぎます。先に、いまの下書きを審査に出してください。"))
    context = {"organization": organization, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "events/group/report_new.html", context, status=status)


@group_report_view
def group_report(request: HttpRequest, membership: OrganizationMember, report: Report) -> HttpResponse:
    """One report: how it stands, and what one can do."""
    draft = report.get_latest_revision_as_object()
    context = {
        "organization": membership.organization,
        "report": report,
        "draft_title": draft.title,
        "photos": len(draft.photos.all()),
        "desk": on_desk([report])[0],
        "is_public": is_public(report),
        "is_at_once": is_trusted_with(report, membership.organization),
    }
    return render(request, "events/group/report.html", context)


@group_report_view
def group_report_edit(request: HttpRequest, membership: OrganizationMember, report: Report) -> HttpResponse:
    """The words of the draft. 409 where somebody else saved meanwhile; what was typed stays."""
    draft, seen = report.get_latest_revision_as_object(), report.latest_revision_id
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = GroupReportForm(typed, draft=draft, organization=membership.organization)
    context: dict[str, Any] = {
        "organization": membership.organization,
        "report": report,
        "form": form,
        "mark": seen,
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        if request.POST.get("mark") == str(seen) and _changed(request, form, seen):
            messages.success(request, _("下書きに保存しました。"))
            return redirect("events:group_report", membership.organization.code, report.code)
        context["conflict"], status = differences(form), 409
    elif request.method == "POST":
        status = 422
    return render(request, "events/group/report_edit.html", context, status=status)


def _changed(request: HttpRequest, form: GroupReportForm, seen: int | None) -> bool:
    form.write(request.user)
    try:
        change_report(form.instance, user=request.user, seen=seen)
    except DraftChanged:
        return False
    return True


@group_report_view
def group_report_preview(
    request: HttpRequest, membership: OrganizationMember, report: Report
) -> HttpResponse:
    """The draft as the page will look."""
    draft = report.get_latest_revision_as_object()
    page = ReportPage(draft, request, is_preview=True)
    return render(request, "events/reports/report.html", {"report": draft, "page": page})


@require_POST
@group_report_view
def group_report_send(request: HttpRequest, membership: OrganizationMember, report: Report) -> HttpResponse:
    """「審査に出す」; where the group is trusted, the report is public at once."""
    try:
        is_now_public = send_in(report, user=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, _("まだ出せません:%(why)s") % {"why": text})
    else:
        messages.success(request, sent_words(is_now_public))
    return redirect("events:group_report", membership.organization.code, report.code)


@require_POST
@group_report_view
def group_report_back(request: HttpRequest, membership: OrganizationMember, report: Report) -> HttpResponse:
    """Take it from the pages at once; a draft nobody saw is deleted."""
    if take_back(report, user=request.user):
        messages.success(request, _("下書きを消しました。"))
        return redirect("events:group_reports", membership.organization.code)
    messages.success(request, _("公開をやめました。下書きとして残っています。"))
    return redirect("events:group_report", membership.organization.code, report.code)
