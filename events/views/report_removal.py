"""「取り除いてほしい」: sent, and from that moment nobody sees it any more."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
    receipt_of,
)
from directory.models.base import CODE_ALPHABET
from directory.views.access import canonical_code

from ..models import RemovalRequest, Report
from ..removal_form import WHOLE, RemovalForm
from ..report_page import load_report
from ..services.removals import request_removal
from ..visibility import is_public
from .reports import gone

PURPOSE = "removal"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_removal(request: HttpRequest, code: str) -> HttpResponse:
    """The form. What is hidden already answers as its page does."""
    report = load_report(canonical_code(code))
    if not is_public(report):
        # The same form sent twice: the second time the report is hidden, and its receipt known.
        return _sent_before(request, report) or gone(request, report)
    if request.method != "POST":
        chosen = {"what": request.GET.get("photo") or WHOLE, "token": issue_token(_purpose(report))}
        return _show(request, report, RemovalForm(report=report, initial=chosen))
    form = RemovalForm(request.POST, report=report)
    if not form.is_valid():
        return _sent_before(request, report) or _show(request, report, form, status=422)
    if is_over_quota(request, PURPOSE):
        form.add_error(None, _("短い時間に、たくさんの連絡がありました。お急ぎのときは、お電話ください。"))
        return _show(request, report, form, status=429)
    return _take(request, report, form)


def _take(request: HttpRequest, report: Report, form: RemovalForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        number = read_token(said["token"], _purpose(report))
    except TokenTooYoung:
        form.add_error(None, _("内容を確かめて、もう一度「公開を止める」を押してください。"))
        return _show(request, report, form, status=422)
    except TokenRefused:
        return _show(request, report, _renewed(form, report), status=422)
    asked = request_removal(
        report=report,
        photo=form.photo,
        reason=said["reason"],
        contact=said["contact"],
        receipt=receipt_of(number, CODE_ALPHABET),
    )
    count_against_quota(request, PURPOSE)
    return redirect("events:report_removed", code=report.code, receipt=asked.receipt)


def _sent_before(request: HttpRequest, report: Report) -> HttpResponse | None:
    """The receipt of the same form, where it was sent before."""
    try:
        number = read_token(request.POST.get("token", ""), _purpose(report), youngest=None)
    except TokenRefused:
        return None
    receipt = receipt_of(number, CODE_ALPHABET)
    if not RemovalRequest.objects.filter(receipt=receipt, report=report).exists():
        return None
    return redirect("events:report_removed", code=report.code, receipt=receipt)


def _renewed(form: RemovalForm, report: Report) -> RemovalForm:
    """The same form, everything typed still there, with a token of now."""
    renewed = RemovalForm(
        {**cast(QueryDict, form.data).dict(), "token": issue_token(_purpose(report))}, report=report
    )
    renewed.is_valid()
    message = _(
        "画面を開いてから時間がたちました。内容を確かめて、もう一度「公開を止める」を押してください。"
    )
    renewed.add_error(None, message)
    return renewed


def _show(request: HttpRequest, report: Report, form: RemovalForm, status: int = 200) -> HttpResponse:
    context = {"report": report, "form": form}
    return render(request, "events/reports/removal.html", context, status=status)


@never_cache
@require_safe
def report_removed(request: HttpRequest, code: str, receipt: str) -> HttpResponse:
    """受付番号, and what happens next. Shows nothing of the report."""
    found = {"receipt": canonical_code(receipt), "report__code": canonical_code(code)}
    asked = get_object_or_404(RemovalRequest, **found)
    return render(request, "events/reports/removed.html", {"asked": asked})


def _purpose(report: Report) -> str:
    return f"{PURPOSE}:{report.code}"
