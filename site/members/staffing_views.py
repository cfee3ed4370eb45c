"""Staff screens about colleagues: invitations and absences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from . import absences, invitations
from .invitation_forms import InvitationForm, SubstitutionForm, assignments_to_hand_over
from .permissions import grantable_roles

View = Callable[..., HttpResponse]


def may_invite(user: Any) -> bool:
    """Does `user` have the say about any role anywhere?"""
    return bool(grantable_roles(user))


def may_hand_over(user: Any) -> bool:
    """Has `user` an assignment somebody could stand in for, or the say about some?"""
    return assignments_to_hand_over(user).exists()


def _only(test: Callable[[Any], bool]) -> Callable[[View], View]:
    def decorated(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not test(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorated


@_only(may_invite)
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Invite; below, who was invited and what became of it."""
    user: Any = request.user
    form = InvitationForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("email", "role", "area")}
        invitation = invitations.invite(by=user, **values)
        messages.success(request, _("%(address)s に招待を送りました。") % {"address": invitation.email})
        return redirect("members_invitations")
    known = invitations.invitations_for(user)
    context = {
        "form": form,
        "open": known.filter(pk__in=invitations.open_invitations().values("pk")),
        "past": known.exclude(pk__in=invitations.open_invitations().values("pk"))[:50],
        **_header(_("職員の招待"), "mail"),
    }
    return TemplateResponse(request, "members/admin/invitations.html", context)


@_only(may_invite)
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    user: Any = request.user
    invitation = get_object_or_404(invitations.invitations_for(user), pk=pk)
    try:
        invitations.withdraw(invitation=invitation, by=user)
    except invitations.InvitationOver:
        messages.warning(request, _("この招待は、もう受けられたか取り消されています。"))
    else:
        messages.success(request, _("招待を取り消しました。"))
    return redirect("members_invitations")


@_only(may_hand_over)
def substitution_list(request: HttpRequest) -> HttpResponse:
    """Enter an absence; below, who stands in for whom."""
    user: Any = request.user
    form = SubstitutionForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        absences.begin_substitution(substitution=form.save(commit=False), by=user)
        messages.success(request, _("代わりの担当を決めました。"))
        return redirect("members_substitutions")
    context = {
        "form": form,
        "substitutions": absences.substitutions_for(user),
        **_header(_("休みのあいだの代わり"), "group"),
    }
    return TemplateResponse(request, "members/admin/substitutions.html", context)


@_only(may_hand_over)
@require_POST
def end_substitution(request: HttpRequest, pk: int) -> HttpResponse:
    """Sooner than planned."""
    user: Any = request.user
    substitution = get_object_or_404(absences.substitutions_for(user), pk=pk)
    absences.end_substitution(substitution=substitution, by=user)
    messages.success(request, _("代わりを終わりにしました。"))
    return redirect("members_substitutions")


def _header(title: str, icon: str) -> dict[str, str]:
    return {"page_title": title, "header_title": title, "header_icon": icon}
