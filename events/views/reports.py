"""The public pages of reports: the list, one report, the case book, the archive of presentations."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.exporters.jsonld import script
from directory.views.access import canonical_code
from directory.visibility import Viewer

from ..exporters.jsonld import report_data
from ..models import Presentation, Report
from ..presentations import archive_of
from ..report_cards import cards_of, with_card_data
from ..report_filters import REPORT_FILTERS, ReportQuestion
from ..report_page import ReportPage, load_report
from ..visibility import is_public, viewer_of

PAGE_SIZE = 18


@require_safe
def reports_list(request: HttpRequest) -> HttpResponse:
    """All reports, the latest first; narrowed by district, theme and year."""
    return _list(request, only_cases=False)


@require_safe
def case_book(request: HttpRequest) -> HttpResponse:
    """Reports other districts can learn from, by theme."""
    return _list(request, only_cases=True)


def _list(request: HttpRequest, *, only_cases: bool) -> HttpResponse:
    every = Report.objects.published()
    rows = every.filter(is_case=True) if only_cases else every
    question = ReportQuestion.of(request.GET)
    found = with_card_data(question.narrowed(rows).order_by("-date", "-pk"))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "only_cases": only_cases,
        "question": question,
        "filters": _filters(question, rows),
        "page": page,
        "cards": cards_of(page),
    }
    return render(request, "events/reports/list.html", context)


def _filters(question: ReportQuestion, rows: Any) -> list[dict[str, Any]]:
    """The filters with their choices: counted among what the other filters leave."""
    return [
        {
            "param": item.param,
            "title": item.title,
            "choices": item.choices(
                question.narrowed(rows, but=item.param), question.values.get(item.param, "")
            ),
        }
        for item in REPORT_FILTERS
    ]


@require_safe
def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """One report. What was taken away answers 410, to staff of the place it is shown as hidden."""
    right = canonical_code(code)
    if right != code:
        return redirect("events:report", code=right, permanent=True)
    report = load_report(right)
    viewer = viewer_of(request.user, report)
    if not is_public(report) and viewer is not Viewer.STAFF:
        return gone(request, report)
    page = ReportPage(report, request)
    data = script(report_data(page, request.build_absolute_uri), getattr(request, "csp_nonce", ""))
    context = {"report": report, "page": page, "jsonld": data}
    response = render(request, "events/reports/report.html", context)
    if not is_public(report):
        patch_cache_control(response, private=True, no_store=True)
    return response


def gone(request: HttpRequest, report: Report) -> HttpResponse:
    """410 for a report taken away, without a word of what it said; 404 for one nobody was shown."""
    if report.hidden_on is None:
        raise Http404(_("この番号のページはありません。"))
    return render(request, "events/reports/gone.html", status=410)


@require_safe
def presentations(request: HttpRequest) -> HttpResponse:
    """報告会: which district presented in which year, as a table."""
    rows = Presentation.objects.select_related("district__parent__parent", "report", "event").defer(
        "district__boundary", "district__parent__boundary", "district__parent__parent__boundary"
    )
    return render(request, "events/reports/presentations.html", {"archives": archive_of(rows)})
