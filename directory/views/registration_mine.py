"""The link in the mail after sending: its button makes whoever has the mailbox the group's first owner."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import User

from ..models import Registration
from ..services.registration_owners import (
    HasAccount,
    NotYours,
    registration_of,
    take_over_as,
    take_over_as_new,
)
from .registration import private


@private
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows; POST acts, because mail scanners open links."""
    try:
        row = registration_of(token)
        response = _take(request, row) if request.method == "POST" else None
    except NotYours:
        return render(request, "directory/registration/over.html", status=404)
    return response or render(request, "directory/registration/mine.html", _context(request, row))


def _take(request: HttpRequest, row: Registration) -> HttpResponse | None:
    desk = _desk(row)
    if request.user.is_authenticated:
        if request.user.email != row.email:
            return None  # the page says which account it is for
        take_over_as(row, user=request.user)
        messages.success(request, _("団体の担当者になりました。"))
        return redirect(desk)
    try:
        user = take_over_as_new(row, name=row.answers["reach"]["representative"])
    except HasAccount:
        return redirect(f"{reverse('members:login')}?next={request.path}")
    return perform_login(request, Login(user=user, email=user.email, redirect_url=desk))


def _desk(row: Registration) -> str:
    assert row.organization is not None  # noqa: S101 - `registration_of` finds no other
    return reverse("directory:group_desk", args=[row.organization.code])


def _context(request: HttpRequest, row: Registration) -> dict[str, object]:
    user = request.user
    return {
        "registration": row,
        "is_other": user.is_authenticated and user.email != row.email,
        "is_new": not user.is_authenticated and not User.objects.filter(email=row.email).exists(),
    }
