"""「中止・変更・お知らせ」 for staff: the same as a group has, with the same forms."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..models import Event
from ..now_forms import applied, changed_dates, forms_of, take_back


def event_now(request: HttpRequest, pk: int) -> HttpResponse:
    """One date off or elsewhere, the whole of it, a notice. Stands behind the gate."""
    event = Event.objects.get(pk=pk)
    if not event.live and request.method == "POST":  # a draft has no readers
        raise PermissionDenied
    here = redirect("events_events:change_date", event.pk)
    if request.method == "POST" and "undo" in request.POST:
        if take_back(event, request.POST["undo"], request.user):
            messages.success(request, _("予定どおりに戻しました。"))
        return here
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    forms = forms_of(event, asked, request.POST)
    form = forms.get(asked)
    words = applied(form, request.user) if form is not None else ""
    if words:
        messages.success(request, words)
        return here
    context = {"event": event, "forms": forms, "changes": changed_dates(event), **_frame(event)}
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "events/admin/event_now.html", context, status=status)


def _frame(event: Event) -> dict[str, object]:
    title = _("中止・変更・お知らせ")
    edit_url = reverse("events_events:edit", args=[event.pk])
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("ホーム")},
        {"url": reverse("events_events:list"), "label": _("催し")},
        {"url": edit_url, "label": str(event)},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": crumbs,
        "edit_url": edit_url,
    }
