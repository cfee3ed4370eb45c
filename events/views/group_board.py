"""A group's posts on the board: the list, a new one, one with its answers, its words; the buttons that count at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from directory.group_access import group_view, is_over
from directory.models import Organization, OrganizationMember
from directory.services.group_editing import is_trusted_with, send_in
from directory.typed_before import typed_before
from directory.views.group_home import sent_words
from directory.viewsets.conflicts import differences

from ..board_forms import PostForm
from ..choices import AnswerState, OpportunityState
from ..group_addresses import suggested_contact
from ..group_board_desk import group_post_view, on_desk
from ..models import Opportunity
from ..services import board as services
from ..visibility import is_public_post

_AT_ONCE = {
    "met": (OpportunityState.MET, _l("「決まりました」にしました。")),
    "withdrawn": (OpportunityState.WITHDRAWN, _l("取り下げました。")),
    "open": (OpportunityState.OPEN, _l("もう一度、受け付けます。")),
}


@group_view
def group_board(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """All posts of the group, the latest first."""
    organization = membership.organization
    rows = Opportunity.objects.filter(organization=organization).order_by("-pk")[:100]
    context = {"organization": organization, "posts": on_desk(list(rows)), "is_over": is_over(organization)}
    return render(request, "events/board/group_list.html", context)


@group_view(changes=True)
def group_post_new(request: HttpRequest, membership: OrganizationMember) -> HttpResponse:
    """A new post."""
    organization = membership.organization
    draft = Opportunity(
        organization=organization, open_until=timezone.localdate() + services.STAYS, live=False
    )
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = PostForm(typed, draft=draft, organization=organization)
    if request.method == "POST" and form.is_valid():
        if services.may_start(organization):
            form.write(request.user)
            post = services.start_post(form.instance, organization=organization, user=request.user)
            return _sent(request, organization, post)
        form.add_error(None, _("下書きが多すぎます。先に、いまの下書きを審査に出してください。"))
    context = {"organization": organization, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "events/board/group_form.html", context, status=status)


@group_post_view
def group_post(request: HttpRequest, membership: OrganizationMember, post: Opportunity) -> HttpResponse:
    """One post: how it stands, who answered, what one can do."""
    organization = membership.organization
    context = {
        "organization": organization,
        "post": post,
        "desk": on_desk([post])[0],
        "draft_title": post.get_latest_revision_as_object().title,
        "is_public": is_public_post(post),
        "is_over": post.open_until < timezone.localdate(),
        "is_at_once": is_trusted_with(post, organization),
        "answers": _answers(post),
        "suggested": suggested_contact(organization, membership.user.email),
    }
    return render(request, "events/board/group_post.html", context)


@group_post_view
def group_post_edit(request: HttpRequest, membership: OrganizationMember, post: Opportunity) -> HttpResponse:
    """The words of the draft. 409 where somebody else saved meanwhile; what was typed stays."""
    organization = membership.organization
    draft, seen = post.get_latest_revision_as_object(), post.latest_revision_id
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = PostForm(typed, draft=draft, organization=organization)
    context: dict[str, Any] = {"organization": organization, "post": post, "form": form, "mark": seen}
    status = 200
    if request.method == "POST" and form.is_valid():
        if request.POST.get("mark") == str(seen) and _changed(request, form, seen):
            return _sent(request, organization, post)
        context["conflict"], status = differences(form), 409
    elif request.method == "POST":
        status = 422
    return render(request, "events/board/group_form.html", context, status=status)


@require_POST
@group_post_view
def group_post_now(request: HttpRequest, membership: OrganizationMember, post: Opportunity) -> HttpResponse:
    """POST action=met|withdrawn|open|renew|send; counts at once."""
    action = request.POST.get("action", "")
    if action == "send":
        return _sent(request, membership.organization, post)
    try:
        if action == "renew":
            until = services.renew(opportunity=post, by=request.user)
            words = {"month": until.month, "day": until.day}
            messages.success(request, _("%(month)d月%(day)d日までのばしました。") % words)
        elif action in _AT_ONCE:
            state, said = _AT_ONCE[action]
            services.set_state(opportunity=post, state=state, by=request.user)
            messages.success(request, said)
    except services.DraftChanged:
        messages.warning(request, _("ほかの人が先に変えました。"))
    return redirect("events:group_post", membership.organization.code, post.code)


def _sent(request: HttpRequest, organization: Organization, post: Opportunity) -> HttpResponse:
    """To the review with it; where the group is trusted, it is public at once."""
    try:
        is_now_public = send_in(post, user=request.user)
    except ValidationError as error:
        messages.error(request, _("まだ出せません:%(why)s") % {"why": "、".join(error.messages)})
    else:
        messages.success(request, sent_words(is_now_public))
    return redirect("events:group_post", organization.code, post.code)


def _changed(request: HttpRequest, form: PostForm, seen: int | None) -> bool:
    form.write(request.user)
    try:
        services.change_post(form.instance, user=request.user, seen=seen)
    except services.DraftChanged:
        return False
    return True


def _answers(post: Opportunity) -> list[Any]:
    """Those whose address is proven; contacts only of those the group agreed to."""
    rows = post.answers.exclude(state__in=[AnswerState.TYPED, AnswerState.WITHDRAWN])
    return list(rows.select_related("organization").order_by("-created_at"))
