"""The board: what groups seek and can give, narrowed by kind, topic, place and words; one post."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.views.access import canonical_code
from directory.visibility import Viewer

from ..board_filters import BoardQuestion, card_of, posts_to_show
from ..models import Opportunity
from ..visibility import is_open, is_public_post, viewer_of

PAGE_SIZE = 20


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """All posts that are still wanted, the latest first."""
    rows = Opportunity.objects.published().open_on(timezone.localdate())
    question = BoardQuestion.of(request.GET)
    found = posts_to_show(question.narrowed(rows)).order_by("-first_published_at", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "filters": question.filters(rows),
        "page": page,
        "cards": [card_of(post) for post in page],
    }
    return render(request, "events/board/list.html", context)


@require_safe
def board_post(request: HttpRequest, code: str) -> HttpResponse:
    """One post; what is decided or has run out says so. Staff of the place see a draft too."""
    right = canonical_code(code)
    if right != code:
        return redirect("events:opportunity", code=right, permanent=True)
    post = load_post(right)
    is_public = is_public_post(post)
    if not is_public and viewer_of(request.user, post) is not Viewer.STAFF:
        raise Http404(_("この番号のページはありません。"))
    today = timezone.localdate()
    context = {
        "post": post,
        "is_public": is_public,
        "is_open": is_open(post, today),
        "is_over": post.open_until < today,
        "themes": list(post.categories.all()),
    }
    response = render(request, "events/board/post.html", context)
    if not is_public:
        patch_cache_control(response, private=True, no_store=True)
    return response


def load_post(code: str) -> Opportunity:
    """The post of that code; Http404 without one."""
    rows = Opportunity.objects.select_related("organization", "district__parent__parent", "resource")
    post = rows.prefetch_related("categories").filter(code=code).first()
    if post is None:
        raise Http404(_("この番号のページはありません。"))
    return post
