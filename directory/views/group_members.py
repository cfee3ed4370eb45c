"""Who helps with the group's entries: the list, invitations, hand-over, leaving; the page behind an invitation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..choices import MemberRole
from ..group_access import group_view
from ..group_now_forms import InviteForm
from ..models import OrganizationInvitation, OrganizationMember
from ..services import groups
from ..typed_before import typed_before


@group_view
def group_members(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """Everybody of the group sees the list; only owners change it, everybody may leave."""
    organization = membership.organization
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == "leave":
        return _leave(request, membership)
    if action in ("remove", "withdraw"):
        _change(request, membership, action)
        return redirect("directory:group_members", organization.code)
    form = InviteForm(request.POST if request.method == "POST" else typed_before(request))
    if request.method == "POST" and form.is_valid() and _invite(request, membership, form):
        messages.success(request, _("招待のメールを送りました。14日のあいだ使えます。"))
        return redirect("directory:group_members", organization.code)
    return _page(request, membership, form)


def _page(request: HttpRequest, membership: OrganizationMember, form: InviteForm) -> HttpResponse:
    organization = membership.organization
    context = {
        "organization": organization,
        "membership": membership,
        "is_owner": membership.role == MemberRole.OWNER,
        "members": organization.members.select_related("user").order_by("-role", "joined_at"),
        "invitations": groups.open_invitations().filter(organization=organization),
        "form": form,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "directory/group/members.html", context, status=status)


def _invite(request: HttpRequest, membership: OrganizationMember, form: InviteForm) -> bool:
    said = form.cleaned_data
    is_handover = said["role"] == InviteForm.HANDOVER
    try:
        groups.invite(
            organization=membership.organization,
            email=said["email"],
            by=membership.user,
            role=MemberRole.OWNER if is_handover else said["role"],
            is_handover=is_handover,
        )
    except ValidationError as error:
        form.add_error("email", error.messages)
        return False
    return True


def _change(request: HttpRequest, membership: OrganizationMember, action: str) -> None:
    mine = {"organization": membership.organization, "pk": _number(request)}
    try:
        if action == "remove":
            member = get_object_or_404(OrganizationMember, **mine)
            groups.remove_member(member=member, by=membership.user)
            messages.success(request, _("担当者から外しました。"))
        else:
            groups.withdraw(invitation=get_object_or_404(OrganizationInvitation, **mine), by=membership.user)
            messages.success(request, _("招待を取り消しました。"))
    except groups.InvitationOver:
        messages.warning(request, _("この招待は、もう使われたか、期限が過ぎています。"))
    except groups.LastOwner as error:
        messages.error(request, error.messages[0])


def _number(request: HttpRequest) -> int:
    wanted = request.POST.get("number", "")
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0


def _leave(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    try:
        groups.leave(organization=membership.organization, user=membership.user)
    except groups.LastOwner as error:
        messages.error(request, error.messages[0])
        return redirect("directory:group_members", membership.organization.code)
    words = _("「%(name)s」の担当者をやめました。") % {"name": membership.organization}
    messages.success(request, words)
    return redirect("members:my_page")


@never_cache
def group_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the invitation; only the button accepts it, because programmes of mail servers open links."""
    try:
        invitation = groups.find(secret)
        response = _accept(request, secret) if request.method == "POST" else None
    except groups.InvitationOver:
        response = render(request, "directory/group/invitation_over.html", status=404)
    else:
        response = response or render(request, "directory/group/invitation.html", _shown(request, invitation))
    response["Referrer-Policy"] = "same-origin"  # the address is a secret
    return response


def _accept(request: HttpRequest, secret: str) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        member = groups.accept(secret=secret, user=request.user)
    except PermissionDenied:
        return None  # the page says which address it is for
    messages.success(request, _("ありがとうございます。担当者になりました。"))
    return redirect("directory:group_desk", member.organization.code)


def _shown(request: HttpRequest, invitation: OrganizationInvitation) -> dict[str, Any]:
    user: Any = request.user
    return {
        "invitation": invitation,
        "by": groups.name_of(invitation.invited_by),
        "is_other": user.is_authenticated and user.email != invitation.email,
    }
