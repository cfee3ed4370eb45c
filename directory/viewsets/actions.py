"""Screens beside the form of an entry: record a verification, change one date. Behind the gate of `gates`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..admin_action_forms import DateChangeForm, VerificationForm
from ..choices import OPEN_ASKS, VerificationResult
from ..models import Resource, ScheduleException, VerificationAsk
from ..services.asking import ask_about
from ..services.publishing import change_date_of, undo_date_change
from ..services.verification import verify_resource
from .once import once, token_of


def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """「確認を記録」: a small form, then back to the entry."""
    resource = get_object_or_404(Resource, pk=pk)
    form = VerificationForm(
        request.POST if request.method == "POST" else None, initial=_first_values(resource)
    )
    if request.method == "POST" and form.is_valid():
        with once(request, f"verify {resource.pk}") as sent:
            if sent.is_first:
                _record(request, resource, form.cleaned_data)
        return redirect(_home_of(request, resource))
    records = resource.verifications.select_related("person")[:10]
    return _page(
        request, "directory/admin/verify.html", resource, _("確認を記録"), form=form, records=records
    )


def ask_on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: 「紙で確かめる」. Leads to the sheet; what is asked already is not asked again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    resource = get_object_or_404(Resource, pk=pk)
    ask_about([resource], by_paper=True)
    ask = VerificationAsk.objects.filter(resource=resource, state__in=OPEN_ASKS).first()
    if ask is None:
        raise Http404
    return redirect("directory:ask_sheet", ask.code)


def _record(request: HttpRequest, resource: Resource, said: dict[str, Any]) -> None:
    record = verify_resource(resource, person=request.user, **said)
    messages.success(request, _("確認を記録しました。"))
    if record.result == VerificationResult.ENDED:
        messages.warning(request, _("「終了していた」ときは、状態を「終了」にして公開してください。"))


def _first_values(resource: Resource) -> dict[str, Any]:
    return {"on": timezone.localdate(), "by_label": resource.verified_by}


def change_date(request: HttpRequest, pk: int) -> HttpResponse:
    """「1日だけの変更」: cancel, move or add one date; effective at once."""
    resource = get_object_or_404(Resource, pk=pk)
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, resource)
    form = DateChangeForm(
        request.POST if request.method == "POST" else None, resource=resource, person=request.user
    )
    if request.method == "POST" and form.is_valid() and _changed(form):
        messages.success(request, _("変更しました。公開のページにすぐ出ます。"))
        return redirect("directory_resources:change_date", resource.pk)
    changes = ScheduleException.objects.filter(
        schedule__resource=resource, date__gte=timezone.localdate()
    ).select_related("schedule")
    return _page(
        request, "directory/admin/change_date.html", resource, _("1日だけの変更"), form=form, changes=changes
    )


def _changed(form: DateChangeForm) -> bool:
    said = form.cleaned_data
    try:
        change_date_of(
            said["schedule"],
            on=said["on"],
            action=said["action"],
            new_date=said["new_date_of_move"],
            start=said.get("start"),
            end=said.get("end"),
            venue=said.get("venue"),
            reason=said.get("reason", ""),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _undo(request: HttpRequest, resource: Resource) -> HttpResponse:
    wanted = request.POST.get("undo", "")
    change = get_object_or_404(
        ScheduleException, schedule__resource=resource, pk=int(wanted) if wanted.isdecimal() else 0
    )
    undo_date_change(change)
    messages.success(request, _("変更を取り消しました。"))
    return redirect("directory_resources:change_date", resource.pk)


def _home_of(request: HttpRequest, resource: Resource) -> str:
    return reverse("directory_resources:edit", args=[resource.pk])


def _page(
    request: HttpRequest, template: str, resource: Resource, title: str, **context: Any
) -> HttpResponse:
    edit_url = _home_of(request, resource)
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("ホーム")},
        {"url": reverse("directory_resources:list"), "label": _("地域資源")},
        {"url": edit_url, "label": str(resource)},
        {"url": "", "label": title},
    ]
    status = 422 if context["form"].errors else 200
    return TemplateResponse(
        request,
        template,
        {
            "resource": resource,
            "page_title": title,
            "header_title": title,
            "breadcrumbs_items": crumbs,
            "edit_url": edit_url,
            "form_token": token_of(request),
            **context,
        },
        status=status,
    )
