"""Who answered a post on the board, for staff of the place, and 「決まりました」 or 「取り下げ」 on behalf of its group.

Contacts stand there only once both sides agreed, and only for those who work with the post.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from ..choices import AnswerState, OpportunityState
from ..models import Opportunity
from ..services.board import DraftChanged, set_state


def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers whose address is proven, the latest first. Stands behind the gate."""
    post = Opportunity.objects.select_related("organization").get(pk=pk)
    policy = policy_registry.get_by_type(Opportunity)
    rows = post.answers.exclude(state=AnswerState.TYPED).select_related("organization")
    context = {
        "post": post,
        "answers": rows.order_by("-created_at", "-pk"),
        "may_act": policy.user_has_permission_for_instance(request.user, "change", post),
        **_frame(post),
    }
    return TemplateResponse(request, "events/admin/board_answers.html", context)


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST seen=…, state=met|withdrawn|open; counts at once, as on the desk of the group."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    post, state = Opportunity.objects.get(pk=pk), request.POST.get("state", "")
    if state not in OpportunityState.values:
        return HttpResponseBadRequest(
            _("「決まりました」「取り下げ」「もう一度受け付ける」から選んでください。")
        )
    if request.POST.get("seen") != post.state:
        messages.warning(
            request, _("ほかの人が先に変えました:%(state)s") % {"state": post.get_state_display()}
        )
        return redirect("events_opportunities:answers", post.pk)
    try:
        set_state(opportunity=post, state=state, by=request.user)
    except DraftChanged:
        messages.warning(request, _("ほかの人が先に変えました。"))
    else:
        words = {"state": post.get_state_display()}
        messages.success(request, _("「%(state)s」にしました。掲示板にすぐ出ます。") % words)
    return redirect("events_opportunities:answers", post.pk)


def _frame(post: Opportunity) -> dict[str, object]:
    title, edit_url = _("返事・決まりました"), reverse("events_opportunities:edit", args=[post.pk])
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("ホーム")},
        {"url": reverse("events_opportunities:list"), "label": _("掲示板")},
        {"url": edit_url, "label": str(post)},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": crumbs,
        "edit_url": edit_url,
    }
