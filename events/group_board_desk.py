"""The door of a group's own posts, and how each of them stands, in words."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from directory.group_access import group_view
from directory.group_desk import State, comment_of, draft_of
from directory.models import Organization, OrganizationMember

from .choices import AnswerState, OpportunityState
from .models import Opportunity, OpportunityAnswer
from .plain_words import typed

GroupView = Callable[..., Any]
_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class DeskPost:
    """One post on the desk of its group; `waiting` answers are not decided yet."""

    post: Opportunity
    state: State
    draft: State | None
    comment: str
    waiting: int


def group_post_view(view: GroupView) -> GroupView:
    """Give `view(request, membership, post, …)` the post of the group; 404 for strangers and for other groups'."""

    @functools.wraps(view)
    def wrapped(
        request: HttpRequest, membership: OrganizationMember, post: str, **kwargs: Any
    ) -> HttpResponse:
        return view(request, membership, post_of(membership.organization, post), **kwargs)

    return group_view(wrapped, changes=True)


def post_of(organization: Organization, code: str) -> Opportunity:
    """The post `code` that `organization` wrote; Http404 for that of another."""
    rows = Opportunity.objects.filter(organization=organization, code=typed(code))
    found = rows.select_related("organization", "district", "latest_revision").first()
    if found is None:
        raise Http404(_("このページはありません。"))
    return found


def on_desk(posts: list[Opportunity]) -> list[DeskPost]:
    """How each of `posts` stands. Two queries."""
    reviews = _reviews(posts)
    waiting: dict[int, int] = {}
    rows = OpportunityAnswer.objects.filter(opportunity__in=posts, state=AnswerState.WAITING)
    for key in rows.values_list("opportunity", flat=True):
        waiting[key] = waiting.get(key, 0) + 1
    return [
        DeskPost(
            post,
            state_of(post),
            draft_of(post, reviews.get(post.pk)),
            comment_of(reviews.get(post.pk)),
            waiting.get(post.pk, 0),
        )
        for post in posts
    ]


def state_of(post: Opportunity) -> State:
    """What the public sees of it."""
    if not post.live or post.hidden_on is not None:
        return State("unpublished", _("公開していません"), "quiet")
    if post.state != OpportunityState.OPEN:
        return State("over", str(post.get_state_display()), "quiet")
    if post.open_until < timezone.localdate():
        more = _("「のばす」を押すと、また掲示板に出ます。")
        return State("ended", _("掲載の期間が終わりました"), "warning", more)
    return State("live", _("掲示板に出ています"), "done")


def _reviews(posts: list[Opportunity]) -> dict[int, WorkflowState]:
    rows = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Opportunity),
        object_id__in=[str(post.pk) for post in posts],
        status__in=_OPEN,
    )
    rows = rows.select_related("current_task_state").order_by("pk")
    return {int(row.object_id): row for row in rows}
