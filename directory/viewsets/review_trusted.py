"""「審査なしで公開された変更」: to look at afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from ..trusted_changes import changes_of, mark_looked, model_of_key, unseen_changes

_SHOWN = 20


def trusted(request: HttpRequest) -> HttpResponse:
    """GET: what nobody looked at yet. POST row=pk: 「見ました」."""
    if request.method == "POST":
        return _looked(request)
    changes = changes_of(unseen_changes(request.user)[: _SHOWN * 3])[:_SHOWN]
    title = _("審査なしで公開された変更")
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("ホーム")},
        {"url": reverse("directory_review:list"), "label": _("審査")},
        {"url": "", "label": title},
    ]
    context = {"changes": changes, "page_title": title, "header_title": title, "breadcrumbs_items": crumbs}
    return TemplateResponse(request, "directory/admin/review_trusted.html", context)


def _looked(request: HttpRequest) -> HttpResponse:
    row = _row(request.POST.get("row", ""), request.user)
    if row is not None:
        mark_looked(row, by=request.user)
        messages.success(request, _("「%(name)s」を見たことを記録しました。") % {"name": row})
    return redirect("directory_review:trusted")


def _row(key: str, user: Any) -> Any:
    model, number = model_of_key(key)
    if not number.isdecimal() or len(number) > 18:
        return None
    mine = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["publish"])
    return mine.filter(pk=number).first()
