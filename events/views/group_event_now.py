"""「すぐに変える」: what a group changes of its public event without a review."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.models import OrganizationMember

from ..group_access import group_event_view
from ..models import Event
from ..now_forms import applied, changed_dates, forms_of, take_back


@group_event_view
def group_event_now(request: HttpRequest, membership: OrganizationMember, event: Event) -> HttpResponse:
    """One date off or elsewhere, the whole of it, a notice; what was changed can be taken back."""
    if not event.live:  # a draft has no readers: there is nothing to change at once
        raise PermissionDenied
    here = redirect("events:group_event_now", membership.organization.code, event.code)
    if request.method == "POST" and "undo" in request.POST:
        if take_back(event, request.POST["undo"], request.user):
            messages.success(request, _("予定どおりに戻しました。"))
        return here
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    forms = forms_of(event, asked, request.POST)
    form = forms.get(asked)
    if form is not None:
        words = applied(form, request.user)
        if words:
            messages.success(request, words)
            return here
    context = {
        "organization": membership.organization,
        "event": event,
        "form": form,
        "forms": forms,
        "changes": changed_dates(event),
    }
    return render(request, "events/group/now.html", context, status=422 if form and form.errors else 200)
