"""The first screen of staff: what waits, in numbers that lead to it. Counted inside the own places only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from members.permissions import scope_for

from .admin_filters import waiting_for_review
from .choices import LifeStatus, MistakeState
from .freshness import STALE_AFTER
from .models import MistakeReport, Organization, Resource


@dataclass(frozen=True)
class WorkItem:
    """One kind of waiting work: how much, what it is, what to do, where."""

    count: int
    name: str
    hint: str
    url: str


def _own(model: Any, user: Any) -> QuerySet:
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["view"])


def _link(route: str, **parameters: Any) -> str:
    return f"{reverse(route)}?{urlencode(parameters)}"


def work_items(user: Any) -> list[WorkItem]:
    """What waits for `user`, the most pressing first; kinds without work are there too, with 0."""
    return list(_items(_own(Resource, user), _own(Organization, user), _own(MistakeReport, user)))


def _items(resources: Any, organizations: QuerySet, reports: QuerySet) -> Iterator[WorkItem]:
    resource_list = "directory_resources:list"
    open_entries = resources.exclude(life_status=LifeStatus.CLOSED)
    stale_day = timezone.localdate() - STALE_AFTER
    yield WorkItem(
        waiting_for_review(resources).count(),
        _("審査を待つ登録"),
        _("内容を確かめて、公開するか差し戻します。"),
        _link(resource_list, publication="review"),
    )
    yield WorkItem(
        waiting_for_review(organizations).count(),
        _("審査を待つ団体"),
        _("内容を確かめて、公開するか差し戻します。"),
        _link("directory_organizations:list", publication="review"),
    )
    yield WorkItem(
        reports.filter(state=MistakeState.NEW).count(),
        _("新しい間違いの連絡"),
        _("確かめて、登録を直します。"),
        _link("directory_mistakes:list", state=MistakeState.NEW),
    )
    yield WorkItem(
        open_entries.filter(live=False).exclude(source_key="").count(),
        _("取り込んだ下書き"),
        _("読み取りが正しいか見て、公開します。"),
        _link(resource_list, publication="draft", imported="true"),
    )
    yield WorkItem(
        open_entries.filter(live=True).verified_before(stale_day).count(),
        _("半年より前から確認していない登録"),
        _("電話や訪問で確かめて、「確認を記録」します。"),
        _link(resource_list, publication="live", verified_before=stale_day.isoformat()),
    )
    yield WorkItem(
        open_entries.filter(Q(venue__isnull=True) | Q(venue__lat__isnull=True)).count(),
        _("地図の位置がない登録"),
        _("場所の住所か緯度・経度を入力します。"),
        _link(resource_list, without_point="true"),
    )
    yield WorkItem(
        open_entries.filter(district__isnull=True).count(),
        _("地区が決まっていない登録"),
        _("場所か地区を選びます。"),
        _link(resource_list, without_district="true"),
    )


class WorkListPanel(Component):
    """The panel on the first screen."""

    name = "work_list"
    template_name = "directory/admin/work_list.html"
    order = 10

    def __init__(self, request: Any) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        scope = scope_for(user, "view")
        return {
            "items": work_items(user) if scope is not None else [],
            "places": _places(user),
            "add_url": reverse("directory_resources:add")
            if policy_registry.get_by_type(Resource).user_has_permission(user, "add")
            else "",
            "has_scope": scope is not None,
        }


def _places(user: Any) -> str:
    scope = scope_for(user, "view")
    if scope is None:
        return ""
    if scope.is_everywhere:
        return _("すべての地区")
    rows = user.assignments.select_related("area").order_by("area__order")
    return "、".join(dict.fromkeys(row.area.name for row in rows))
