"""The page behind the link of an invitation. Mail scanners open links, so only the button accepts."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from . import invitations
from .invitation_forms import AcceptForm
from .models import StaffInvitation, User


@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the invitation; accept it by POST, with the account of the invited address or a new one."""
    try:
        found = invitations.find(secret)
        response = _accept(request, secret, found) if request.method == "POST" else None
    except invitations.InvitationOver:
        response = render(request, "members/invitation_over.html", status=404)
    else:
        response = response or _page(request, found, AcceptForm())
    response["Referrer-Policy"] = "same-origin"  # the address is a secret
    return response


def _accept(request: HttpRequest, secret: str, found: StaffInvitation) -> HttpResponse | None:
    if request.user.is_authenticated:
        return _accept_as_user(request, secret)
    if _has_account(found):
        return redirect(f"{reverse('members:login')}?next={request.path}")
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    user = invitations.accept_as_new(secret=secret, name=form.cleaned_data["name"])
    record_authentication(
        request, user, method="code", email=user.email
    )  # the link came by mail, as a code does
    return perform_login(
        request, Login(user=user, email=user.email, redirect_url=reverse("wagtailadmin_home"))
    )


def _accept_as_user(request: HttpRequest, secret: str) -> HttpResponse | None:
    user: Any = request.user
    try:
        invitations.accept(secret=secret, user=user)
    except PermissionDenied:
        return None  # the page says which account it is for
    messages.success(request, _("招待を受けました。"))
    return redirect("wagtailadmin_home")


def _has_account(found: StaffInvitation) -> bool:
    return User.objects.filter(email=found.email).exists()


def _page(request: HttpRequest, found: StaffInvitation, form: AcceptForm) -> HttpResponse:
    user = request.user
    context = {
        "invitation": found,
        "form": form,
        "is_other": user.is_authenticated and user.email != found.email,
        "is_new": not user.is_authenticated and not _has_account(found),
    }
    return render(request, "members/invitation.html", context)
