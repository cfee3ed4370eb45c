"""The group's desk: its entries and what to do next; one entry; a further one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..choices import MemberRole, VerificationMethod, VerificationResult
from ..group_access import group_entry_view, group_view, is_over
from ..group_desk import desk_entries, desk_entry, draft_of, review_of
from ..group_links import links_of
from ..group_now_forms import NewEntryForm
from ..group_parts import PARTS
from ..models import OrganizationMember, Resource
from ..review_comparison import compare
from ..services.group_editing import send_in, start_entry
from ..services.group_immediate import last_change
from ..services.verification import verify_resource
from ..typed_before import typed_before
from ..visibility import is_public_organization

#: More drafts than this nobody means.
MOST_DRAFTS = 20


@group_view
def group_desk(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """What the group has here."""
    organization = membership.organization
    context = {
        "organization": organization,
        "entries": desk_entries(organization),
        "is_owner": membership.role == MemberRole.OWNER,
        "is_over": is_over(organization),
        "profile": draft_of(organization, review_of(organization)),
        "has_page": is_public_organization(organization),
        "links": links_of(organization),
        "members": organization.members.select_related("user").order_by("-role", "joined_at"),
    }
    return render(request, "directory/group/desk.html", context)


@group_view(changes=True)
def group_new(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """A further activity: its name and kind; the rest on its own page."""
    organization = membership.organization
    form = NewEntryForm(request.POST if request.method == "POST" else typed_before(request))
    if request.method == "POST" and form.is_valid():
        if organization.resources.filter(live=False).count() >= MOST_DRAFTS:
            form.add_error(None, _("下書きが多すぎます。先に、いまの下書きを審査に出してください。"))
        else:
            resource = start_entry(organization, user=request.user, **form.cleaned_data)
            messages.success(request, _("下書きを作りました。つづけて、いつ・どこなどを入れてください。"))
            return redirect("directory:group_entry", organization.code, resource.code)
    context = {"organization": organization, "form": form}
    return render(
        request, "directory/group/new.html", context, status=422 if form.is_bound and form.errors else 200
    )


@group_entry_view(changes=False)
def group_entry(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """One entry: how it stands, what counts at once, the parts to edit, what differs from what people see."""
    entry = desk_entry(resource)
    draft = resource.get_latest_revision_as_object()
    public = Resource.objects.get(pk=resource.pk) if resource.live else None
    context = {
        "organization": membership.organization,
        "entry": entry,
        "resource": resource,
        "draft_name": draft.name,
        "parts": PARTS.values(),
        "changed": compare(public, draft).changed if entry.draft is not None else (),
        "undo": last_change(resource),
        "may_change": entry.may_change and not is_over(membership.organization),
    }
    return render(request, "directory/group/entry.html", context)


@group_entry_view(changes=False)
def group_preview(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """The draft as the page will look."""
    messages.info(request, _("下書きの見本です。公開されるまで、ほかの人には見えません。"))
    draft = resource.get_latest_revision_as_object()
    return render(request, "directory/admin/preview_resource.html", {"object": draft})


@require_POST
@group_entry_view
def group_send(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「審査に出す」; where the group is trusted, the change is public at once."""
    try:
        is_public = send_in(resource, user=request.user)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, _("まだ出せません:%(why)s") % {"why": text})
    else:
        messages.success(request, sent_words(is_public))
    return _back(membership, resource)


def sent_words(is_public: bool) -> str:
    """What a member reads after sending something in."""
    if is_public:
        return _("公開しました。ページにすぐ出ます。")
    return _("審査に出しました。職員が確かめて、結果をメールでお知らせします。")


@require_POST
@group_entry_view
def group_confirm(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """「変わりありません」, said by the group itself."""
    said: dict[str, Any] = {"method": VerificationMethod.OWNER, "result": VerificationResult.CONFIRMED}
    label = membership.organization.name[:60]
    verify_resource(resource, person=request.user, by_label=label, on=timezone.localdate(), **said)
    messages.success(request, _("ありがとうございます。今日の日付で「確認しました」と出します。"))
    return _back(membership, resource)


def _back(membership: OrganizationMember, resource: Resource) -> HttpResponse:
    return redirect("directory:group_entry", membership.organization.code, resource.code)
