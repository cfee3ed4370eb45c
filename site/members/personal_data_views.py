"""Taking one's data along, and leaving. Whoever has a password or a second factor proves again who they are."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .personal_data import (
    StaffAccount,
    consequences_for,
    delete_account,
    export_of,
    is_staff_account,
)
from .resident_forms import DeletionForm


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is in the file, and the button."""
    return render(request, "members/my_data.html")


@never_cache
@login_required
@reauthentication_required
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything kept about the person, as JSON."""
    user: Any = request.user
    response = JsonResponse(export_of(user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"tsunagu-mydata-{timezone.localdate():%Y%m%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; the word is typed, then the account is gone."""
    user: Any = request.user
    if is_staff_account(user):
        return render(request, "members/delete_staff.html")
    consequences = consequences_for(user)
    data = request.POST if request.method == "POST" else None
    form = DeletionForm(data, has_consequences=bool(consequences))
    if form.is_bound and form.is_valid():
        return _delete(request, user)
    context = {"form": form, "consequences": consequences}
    return render(request, "members/delete.html", context, status=422 if form.errors else 200)


def _delete(request: HttpRequest, user: Any) -> HttpResponse:
    try:
        delete_account(user)
    except StaffAccount:
        return render(request, "members/delete_staff.html", status=409)
    logout(request)
    messages.success(request, _("アカウントを削除しました。ご利用ありがとうございました。"))
    return redirect("/")
