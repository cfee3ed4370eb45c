"""Visitors say what is wrong on an entry; staff read it in the editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
    receipt_of,
)
from ..forms import MistakeForm
from ..models import MistakeReport, Resource
from ..models.base import CODE_ALPHABET
from ..services.mistakes import AlreadyReported, report_mistake
from .access import canonical_code, entry_view, for_everybody

PURPOSE = "mistake"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@entry_view
def report_form(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The form; what is wrong with it is said with everything typed still there."""
    if request.method != "POST":
        form = MistakeForm(initial={"token": issue_token(_purpose(resource))})
        return _show(request, resource, form)
    form = MistakeForm(request.POST)
    if not form.is_valid():
        return _show(request, resource, form, status=422)
    if is_over_quota(request, PURPOSE):
        message = _("短い時間に、たくさんの連絡がありました。1時間ほどたってから、もう一度送ってください。")
        return _refuse(request, resource, form, message, status=429)
    return _take(request, resource, form)


@never_cache
@require_safe
@entry_view
def report_thanks(request: HttpRequest, resource: Resource, receipt: str) -> HttpResponse:
    """受付番号, and what happens next. Shows nothing of what was written."""
    report = get_object_or_404(MistakeReport, receipt=canonical_code(receipt), resource=resource)
    return render(request, "directory/mistake_thanks.html", {"resource": resource, "receipt": report.receipt})


def _take(request: HttpRequest, resource: Resource, form: MistakeForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        receipt = receipt_of(read_token(data["token"], _purpose(resource)), CODE_ALPHABET)
        report = report_mistake(
            resource=resource,
            field_group=data["field_group"],
            message=data["message"],
            reply_to=data["reply_to"],
            receipt=receipt,
        )
    except TokenTooYoung:
        # The token stays as it is, so that it grows old enough.
        return _refuse(request, resource, form, _("内容を確かめて、もう一度「送る」を押してください。"))
    except TokenRefused:
        message = _("画面を開いてから時間がたちました。内容を確かめて、もう一度「送る」を押してください。")
        return _refuse(request, resource, _renewed(form, resource), message)
    except AlreadyReported:
        message = _(
            "この画面からは、もう送られています。別の内容のときは、もう一度「送る」を押してください。"
        )
        return _refuse(request, resource, _renewed(form, resource), message)
    count_against_quota(request, PURPOSE)
    return redirect("directory:mistake_thanks", code=resource.code, receipt=report.receipt)


def _renewed(form: MistakeForm, resource: Resource) -> MistakeForm:
    """The same form, everything typed still there, with a token of now."""
    data = dict(form.data.items())
    data["token"] = issue_token(_purpose(resource))
    renewed = MistakeForm(data)
    renewed.is_valid()
    return renewed


def _refuse(
    request: HttpRequest, resource: Resource, form: MistakeForm, message: str, status: int = 422
) -> HttpResponse:
    form.add_error(None, message)
    return _show(request, resource, form, status=status)


def _show(request: HttpRequest, resource: Resource, form: MistakeForm, status: int = 200) -> HttpResponse:
    context = {"resource": resource, "entry": for_everybody(resource), "form": form}
    return render(request, "directory/mistake.html", context, status=status)


def _purpose(resource: Resource) -> str:
    return f"{PURPOSE}:{resource.code}"
