"""「審査」: what waits for a reviewer, and the screen of one decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from members.models import User
from members.permissions import scope_for

from ..admin_filters import own_districts
from ..models import Organization, Resource
from ..review_page import READY_SENTENCES, changes_since, parts_of
from ..review_queue import ReviewItem, days_to_wait, review_items, waiting_keys
from ..reviewed import reviewed_kinds
from ..services.review_decisions import (
    AlreadyDecided,
    NewerVersion,
    Outcome,
    approve,
    last_decision,
    reject,
    return_with_comment,
)
from .gates import visible_row
from .review_several import approve_several
from .review_trusted import trusted

View = Callable[..., HttpResponse]
_PER_PAGE = 50
_LIST = "directory_review:list"


def for_reviewers(view: View) -> View:
    """Only those who may publish somewhere."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if scope_for(request.user, "publish") is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_reviewers
def queue(request: HttpRequest) -> HttpResponse:
    """All that waits for this person, the longest wait first. `?district=` narrows it."""
    districts = own_districts(request)
    asked = request.GET.get("district", "")
    district = districts.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    keys = waiting_keys(request.user, district=district.pk if district else None)
    page = Paginator(keys, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "items": review_items(page.object_list),
        "page": page,
        "total": len(keys),
        "districts": districts,
        "district": district,
        "days_to_wait": days_to_wait(),
        **_frame(_("審査"), last=True),
    }
    return TemplateResponse(request, "directory/admin/review_list.html", context)


def _review(request: HttpRequest, pk: int, *, model: Any) -> HttpResponse:
    """The screen of one decision."""
    seen = visible_row(model, request.user, pk)
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_permission_for_instance(request.user, "publish", seen):
        raise PermissionDenied
    row = model._default_manager.select_related("latest_revision").get(pk=seen.pk)
    if request.method == "POST":
        return _decide(request, row)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "POST"])
    return _screen(request, row)


def _decide(request: HttpRequest, row: Any) -> HttpResponse:
    try:
        outcome = _decision(request, row)
    except ValidationError as error:
        return _screen(request, row, status=422, error=" ".join(error.messages))
    except AlreadyDecided:
        return _screen(request, row, status=409, is_late=True)
    except NewerVersion as error:
        row = type(row)._default_manager.select_related("latest_revision").get(pk=row.pk)
        return _screen(request, row, status=409, newer=error.entry)
    _tell(request, outcome)
    return redirect(_LIST)


def _decision(request: HttpRequest, row: Any) -> Outcome:
    posted, by = request.POST, cast(User, request.user)
    seen = posted.get("seen", "")
    comment = _comment(posted)
    match posted.get("decision"):
        case "approve":
            return approve(row, by=by, seen=seen, note=comment, entries=_entries(posted, row))
        case "return":
            return return_with_comment(row, by=by, seen=seen, comment=comment)
        case "reject":
            return reject(row, by=by, seen=seen, reason=comment)
    raise ValidationError(_("「承認」「差し戻す」「掲載しない」のどれかを選んでください。"))


def _comment(posted: Any) -> str:
    """The ticked sentences, then what was typed."""
    ready = [str(READY_SENTENCES[key]) for key in posted.getlist("sentence") if key in READY_SENTENCES]
    return "\n".join([*ready, posted.get("comment", "").replace("\x00", "").strip()[:2000]]).strip()


def _entries(posted: Any, row: Any) -> list[tuple[Resource, str]]:
    """The first entries of a new organization that were on the screen, each with the version that was seen."""
    if not isinstance(row, Organization):
        return []
    keys = [key for key in posted.getlist("entry") if key.isdecimal() and len(key) < 19]
    found = Resource.objects.filter(organization=row, live=False, pk__in=keys)
    return [(entry, posted.get(f"seen-{entry.pk}", "")) for entry in found]


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    words = {"decision": outcome.decision.label, "name": outcome.entry}
    messages.success(request, _("「%(name)s」:%(decision)s。") % words)
    if outcome.told:
        messages.info(
            request, _("団体の方にメールで知らせました(%(count)d通)。") % {"count": len(outcome.told)}
        )
    else:
        messages.warning(request, _("メールの送り先がありません。電話などで、団体の方に知らせてください。"))


def _screen(request: HttpRequest, row: Any, *, status: int = 200, **context: Any) -> HttpResponse:
    item = next(iter(review_items([(row._meta.model_name, row.pk)])), None)
    if item is None or context.get("is_late"):
        return _over(request, row, status=status, is_late=bool(context.get("is_late")))
    context |= _of(item, request) | _frame(str(row))
    if "newer" in context:
        newer = context["newer"]
        mark = request.POST.get("seen" if newer == row else f"seen-{newer.pk}", "")
        newer = type(newer)._default_manager.select_related("latest_revision").get(pk=newer.pk)
        context["since_seen"] = changes_since(newer, mark)
    return TemplateResponse(request, "directory/admin/review.html", context, status=status)


def _of(item: ReviewItem, request: HttpRequest) -> dict[str, Any]:
    posted = request.POST
    return {
        "item": item,
        "parts": parts_of(item, request.user),
        "sentences": READY_SENTENCES.items(),
        "ticked": posted.getlist("sentence"),
        "comment": posted.get("comment", ""),
        "decision": posted.get("decision", ""),
        "host": _waiting_host(item.row),
    }


def _waiting_host(row: Any) -> Organization | None:
    """The organization of an entry, where it is not public: the entry would stand there without a host."""
    organization = getattr(row, "organization", None)
    return organization if organization is not None and not organization.live else None


def _over(request: HttpRequest, row: Any, *, status: int, is_late: bool) -> HttpResponse:
    """Nothing waits here any more: who decided what, and when."""
    context = {"row": row, "state": last_decision(row), "is_late": is_late, **_frame(str(row))}
    return TemplateResponse(request, "directory/admin/review_over.html", context, status=status)


def _frame(title: str, *, last: bool = False) -> dict[str, Any]:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("ホーム")}]
    if not last:
        crumbs.append({"url": reverse(_LIST), "label": _("審査")})
    crumbs.append({"url": "", "label": title})
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": crumbs,
        "list_url": reverse(_LIST),
    }


class ReviewViewSet(ViewSet):
    """In the menu for those who may publish."""

    name = "directory_review"
    url_prefix = "register/review"
    icon = "clipboard-list"
    menu_label = _l("審査")
    menu_order = 90
    add_to_admin_menu = True

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: scope_for(request.user, "publish") is not None
        return item

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", queue, name="list"),
            path("trusted/", for_reviewers(trusted), name="trusted"),
            path("approve/", for_reviewers(approve_several), name="approve_several"),
            *(
                path(
                    f"{kind.name}/<int:pk>/",
                    for_reviewers(partial(_review, model=kind.model)),
                    name=kind.name,
                )
                for kind in reviewed_kinds()
            ),
        ]
