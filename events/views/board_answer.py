"""Answering a post: by anybody, as a person or for a group. Contacts stay hidden until the group agrees."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
)
from directory.group_access import memberships_of
from directory.models import Organization
from directory.views.access import canonical_code

from ..board_forms import AnswerForm
from ..choices import AnswerState
from ..models import Opportunity
from ..services.board_answers import answer_post
from ..visibility import is_open, is_public_post
from .board import load_post

PURPOSE = "board-answer"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board_answer(request: HttpRequest, code: str) -> HttpResponse:
    """The form; what is wrong with it is said with everything typed still there."""
    post = _public(code)
    if not is_open(post, timezone.localdate()):
        return redirect("events:opportunity", code=post.code)
    groups = _groups(request, post)
    if request.method != "POST":
        return _show(request, post, AnswerForm(initial=_initial(request, post), groups=groups))
    form = AnswerForm(request.POST, groups=groups)
    if not form.is_valid():
        return _show(request, post, form, status=422)
    if is_over_quota(request, PURPOSE):
        form.add_error(
            None, _("短い時間に、たくさんの返事がありました。1時間ほどたってから、もう一度送ってください。")
        )
        return _show(request, post, form, status=429)
    return _take(request, post, form)


@never_cache
@require_safe
def board_answered(request: HttpRequest, code: str) -> HttpResponse:
    """What happens next. `?mail=1`: the address is to be confirmed first."""
    context = {"post": _public(code), "by_mail": request.GET.get("mail") == "1"}
    return render(request, "events/board/answered.html", context)


def _take(request: HttpRequest, post: Opportunity, form: AnswerForm) -> HttpResponse:
    said = form.cleaned_data
    user = request.user if request.user.is_authenticated else None
    try:
        once = read_token(said["token"], _purpose(post))
        answer = answer_post(
            opportunity=post,
            name=said["name"],
            message=said["message"],
            email=said["email"],
            phone=said["phone"],
            once=once,
            user=user,
            organization=form.organization,
        )
    except TokenTooYoung:
        form.add_error(None, _("内容を確かめて、もう一度「送る」を押してください。"))
        return _show(request, post, form, status=422)
    except TokenRefused:
        return _again(request, post, form)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, post, form, status=422)
    count_against_quota(request, PURPOSE)
    tail = "?mail=1" if answer.state == AnswerState.TYPED else ""
    return redirect(f"{post.get_absolute_url()}answered/{tail}")


def _again(request: HttpRequest, post: Opportunity, form: AnswerForm) -> HttpResponse:
    """Everything typed still there, with a token of now."""
    data = cast(QueryDict, form.data).dict() | {"token": issue_token(_purpose(post))}
    renewed = AnswerForm(data, groups=list(form.groups.values()))
    renewed.is_valid()
    renewed.add_error(
        None, _("画面を開いてから時間がたちました。内容を確かめて、もう一度「送る」を押してください。")
    )
    return _show(request, post, renewed, status=422)


def _show(request: HttpRequest, post: Opportunity, form: AnswerForm, status: int = 200) -> HttpResponse:
    return render(request, "events/board/answer.html", {"post": post, "form": form}, status=status)


def _public(code: str) -> Opportunity:
    post = load_post(canonical_code(code))
    if not is_public_post(post):
        raise Http404(_("この番号のページはありません。"))
    return post


def _groups(request: HttpRequest, post: Opportunity) -> list[Organization]:
    rows = memberships_of(request.user)
    return [row.organization for row in rows if row.organization_id != post.organization_id]


def _initial(request: HttpRequest, post: Opportunity) -> dict[str, str]:
    user = request.user
    known = {"name": user.name, "email": user.email} if user.is_authenticated else {}
    return {"token": issue_token(_purpose(post)), **known}


def _purpose(post: Opportunity) -> str:
    return f"{PURPOSE}:{post.code}"
