"""Approving several waiting things at once. Each is checked and decided on its own; the screen says which were not."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from members.models import User

from ..models import Organization
from ..reviewed import kind_named
from ..services.review_decisions import AlreadyDecided, NewerVersion, approve

_MOST = 100


def approve_several(request: HttpRequest) -> HttpResponse:
    """POST item=resource-12, seen-resource-12=mark, …"""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    done, left = [], []
    for key in request.POST.getlist("item")[:_MOST]:
        row = _row(key, request.user)
        if row is None:
            continue  # no such row, or one of another place: it does not exist
        problem = _approve(row, request, key)
        if problem:
            left.append(_("「%(name)s」:%(problem)s") % {"name": row, "problem": problem})
        else:
            done.append(str(row))
    _report(request, done, left)
    return redirect("directory_review:list")


def _row(key: str, user: Any) -> Any:
    name, _dash, pk = key.partition("-")
    kind = kind_named(name)
    if kind is None or not pk.isdecimal() or len(pk) > 18:
        return None
    policy = policy_registry.get_by_type(kind.model)
    return policy.instances_user_has_any_permission_for(user, ["view"]).filter(pk=pk).first()


def _approve(row: Any, request: HttpRequest, key: str) -> str:
    """Empty when done, else why not."""
    if isinstance(row, Organization) and not row.live:
        return _("新しい団体は、1つずつ内容を見て決めてください。")
    try:
        approve(row, by=cast(User, request.user), seen=request.POST.get(f"seen-{key}", ""))
    except PermissionDenied:
        return _("審査できない地区のものです。")
    except AlreadyDecided:
        return _("ほかの人が先に決めました。")
    except NewerVersion:
        return _("新しい版が届いています。開いて確かめてください。")
    return ""


def _report(request: HttpRequest, done: list[str], left: list[str]) -> None:
    if done:
        messages.success(request, _("%(count)d件を承認して公開しました。") % {"count": len(done)})
    for sentence in left:
        messages.warning(request, sentence)
    if not done and not left:
        messages.warning(request, _("承認するものを選んでください。"))
