"""助成金の報告: one group and fiscal year for the group and for staff, and all groups of the own places for staff."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from directory.group_access import group_view
from directory.models import Organization, OrganizationMember
from directory.visit_counts import fiscal_year_of, span_of

from ..exporters.grant_sheet import all_groups, conditions, one_group
from ..models import EventDate
from ..services.grant_report import grant_report, grant_reports

_YEARS = 5


@require_safe
@group_view
def group_grant(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """?year=2026; file=xlsx gives the same as a file."""
    organization = membership.organization
    back = reverse("events:group_events", args=[organization.code])
    return _one(request, organization, back)


@require_safe
def staff_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for staff. Stands behind the gate."""
    return _one(request, Organization.objects.get(pk=pk), reverse("events_signups:grants"))


@require_safe
def staff_grants(request: HttpRequest) -> HttpResponse:
    """Every group of the own places that held something in the year."""
    year = _year(request)
    reports = grant_reports(_groups(request.user, year), year)
    if request.GET.get("file") == "xlsx":
        return all_groups(reports, year)
    context = {
        "page_title": _("助成金の報告"),
        "header_title": _("助成金の報告"),
        "year": year,
        "years": _years(),
        "lines": [(report, conditions(report)) for report in reports],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("ホーム")},
            {"url": reverse("events_events:list"), "label": _("催し")},
            {"url": "", "label": _("助成金の報告")},
        ],
    }
    return TemplateResponse(request, "events/admin/grants.html", context)


def _one(request: HttpRequest, organization: Organization, back_url: str) -> HttpResponse:
    year = _year(request)
    report = grant_report(organization, year)
    if request.GET.get("file") == "xlsx":
        return one_group(report)
    first, last = span_of(year)
    context = {
        "organization": organization,
        "report": report,
        "conditions": conditions(report),
        "year": year,
        "years": _years(),
        "first": first,
        "last": last,
        "today": timezone.localdate(),
        "back_url": back_url,
    }
    return render(request, "events/door/grant.html", context)


def _groups(user: Any, year: int) -> QuerySet[Organization]:
    first, last = span_of(year)
    held = EventDate.objects.filter(date__gte=first, date__lte=last).order_by().values("event__organization")
    policy = policy_registry.get_by_type(Organization)
    own = policy.instances_user_has_any_permission_for(user, ["view"])
    found: QuerySet[Organization] = Organization.objects.filter(pk__in=own.values("pk")).filter(pk__in=held)
    return found.order_by("kana", "pk")


def _years() -> range:
    this_year = fiscal_year_of(timezone.localdate())
    return range(this_year, this_year - _YEARS, -1)


def _year(request: HttpRequest) -> int:
    """The year asked for, of those that are offered; else this one."""
    asked = request.GET.get("year", "")
    return next((year for year in _years() if str(year) == asked), _years()[0])
