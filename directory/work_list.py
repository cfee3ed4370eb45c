"""The first screen of staff: what waits, in numbers that lead to it. Counted inside the own places only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from areas.models import Area
from members.permissions import scope_for

from .admin_filters import own_districts
from .choices import ClaimState, DuplicateState, MistakeState, RegistrationState
from .freshness import STALE_AFTER
from .models import Resource
from .work_counts import (
    Counted,
    count_claims,
    count_duplicates,
    count_entries,
    count_imports,
    count_mistakes,
    count_organizations,
    count_registrations,
    count_reviews_elsewhere,
    count_trusted,
)

Counts = dict[str, Counted]

_RESOURCES = "directory_resources:list"
_ORGANIZATIONS = "directory_organizations:list"


@dataclass(frozen=True)
class WorkItem:
    """One kind of waiting work: how much, what it is, what to do, where. `place` is what the list there calls a
    district; empty where it cannot be narrowed to one.
    """

    key: str
    counted: Counted
    name: str
    hint: str
    route: str
    parameters: dict[str, Any] = field(default_factory=dict)
    place: str = "district"
    note: str = ""

    @property
    def count(self) -> int:
        return self.counted.total

    @property
    def url(self) -> str:
        return self._address(self.parameters)

    def url_in(self, district: int) -> str:
        return self._address(self.parameters | {self.place: district} if self.place else self.parameters)

    def _address(self, parameters: dict[str, Any]) -> str:
        address = reverse(self.route)
        return f"{address}?{urlencode(parameters)}" if parameters else address


#: What other apps add: `counted_items(user)` gives kinds of work, counted inside the own places only.
MoreWork = Callable[[Any], Iterable[WorkItem]]
_more_work: dict[str, MoreWork] = {}


def register_work_items(key: str, counted_items: MoreWork) -> None:
    """Add kinds of work to the first screen of staff. The same key again takes the place of the first."""
    _more_work[key] = counted_items


def work_items(user: Any) -> list[WorkItem]:
    """What waits for `user`, the most pressing first; kinds without work are there too, with 0."""
    entries, groups = count_entries(user), count_organizations(user)
    return [
        *_to_decide(user, entries, groups),
        *(item for counted_items in _more_work.values() for item in counted_items(user)),
        *_to_keep_true(entries, groups),
        *_to_tidy(user, entries, groups),
    ]


def _to_decide(user: Any, entries: Counts, groups: Counts) -> Iterator[WorkItem]:
    if scope_for(user, "publish") is not None:
        others = count_reviews_elsewhere(user)
        late = entries["late"].total + groups["late"].total + others["late"].total
        yield WorkItem(
            "review",
            entries["review"] + groups["review"] + others["review"],
            _("審査を待つもの"),
            _("前の内容とくらべて、公開するか差し戻します。"),
            "directory_review:list",
            note=_("うち期限をすぎたもの %(count)d件") % {"count": late} if late else "",
        )
        yield WorkItem(
            "trusted",
            count_trusted(user),
            _("審査なしで公開された変更"),
            _("おかしいところがないか見て、「見ました」を押します。"),
            "directory_review:trusted",
            place="",
        )
    yield WorkItem(
        "registration",
        count_registrations(user),
        _("団体の登録の申込み"),
        _("内容を確かめて、登録に進めます。"),
        "directory_registrations:list",
        {"state": RegistrationState.SUBMITTED},
        "",
    )
    yield WorkItem(
        "claim",
        count_claims(user),
        _("引き継ぎの申し出"),
        _("本人か確かめて、認めるか決めます。"),
        "directory_claims:list",
        {"state": ClaimState.WAITING},
        "",
    )
    yield WorkItem(
        "mistake",
        count_mistakes(user),
        _("新しい間違いの連絡"),
        _("確かめて、登録を直します。"),
        "directory_mistakes:list",
        {"state": MistakeState.NEW},
    )


def _to_keep_true(entries: Counts, groups: Counts) -> Iterator[WorkItem]:
    stale_day = timezone.localdate() - STALE_AFTER
    yield WorkItem(
        "mail",
        entries["mail"],
        _("メールが届かない登録"),
        _("電話などで連絡し、メールアドレスを直します。"),
        _RESOURCES,
        {"mail_failed": "true"},
    )
    yield WorkItem(
        "group_mail",
        groups["mail"],
        _("メールが届かない団体"),
        _("電話などで連絡し、メールアドレスを直します。"),
        _ORGANIZATIONS,
        {"mail_failed": "true"},
        "areas",
    )
    yield WorkItem(
        "call",
        entries["call"],
        _("電話で確かめる登録"),
        _("メールの返事がありません。電話で確かめます。"),
        _RESOURCES,
        {"to_call": "true"},
    )
    yield WorkItem(
        "stale",
        entries["stale"],
        _("半年より前から確認していない登録"),
        _("電話や訪問で確かめて、「確認を記録」します。"),
        _RESOURCES,
        {"publication": "live", "verified_before": stale_day.isoformat()},
    )
    yield WorkItem(
        "owner",
        groups["owner"],
        _("担当者のいない団体"),
        _("団体の人に、登録の引き継ぎをお願いします。"),
        _ORGANIZATIONS,
        {"without_owner": "true"},
        "areas",
    )


def _to_tidy(user: Any, entries: Counts, groups: Counts) -> Iterator[WorkItem]:
    yield WorkItem(
        "duplicate",
        count_duplicates(user),
        _("重複かもしれないもの"),
        _("くらべて、まとめるか、別のものとします。"),
        "directory_duplicates:list",
        {"state": DuplicateState.OPEN},
        "",
    )
    yield WorkItem(
        "import",
        count_imports(user),
        _("途中の取り込み"),
        _("列と内容を確かめて、取り込みます。"),
        "directory_imports:list",
        place="",
    )
    yield WorkItem(
        "imported",
        entries["imported"],
        _("取り込んだ下書き"),
        _("読み取りが正しいか見て、公開します。"),
        _RESOURCES,
        {"publication": "draft", "imported": "true"},
    )
    yield WorkItem(
        "point",
        entries["point"],
        _("地図の位置がない登録"),
        _("場所の住所か緯度・経度を入力します。"),
        _RESOURCES,
        {"without_point": "true"},
    )
    yield WorkItem(
        "nowhere",
        entries["nowhere"],
        _("地区が決まっていない登録"),
        _("場所か地区を選びます。"),
        _RESOURCES,
        {"without_district": "true"},
        "",
    )


@dataclass(frozen=True)
class DistrictRow:
    """A line of the table: a district, and how much of each kind waits there."""

    name: str
    cells: tuple[tuple[int, str], ...]


def district_table(items: list[WorkItem], districts: list[Area]) -> list[DistrictRow]:
    """The districts in which something waits, one cell (how much, where it is) for each of `items`."""
    rows = [
        DistrictRow(
            area.short_name,
            tuple((item.counted.by_district[area.pk], item.url_in(area.pk)) for item in items),
        )
        for area in districts
    ]
    return [row for row in rows if any(count for count, _url in row.cells)]


class WorkListPanel(Component):
    """The panel on the first screen."""

    name = "work_list"
    template_name = "directory/admin/work_list.html"
    order = 10

    def __init__(self, request: Any) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        if scope_for(user, "view") is None:
            return {"has_scope": False}
        items = work_items(user)
        districts = list(own_districts(self.request))
        columns = [item for item in items if item.place and item.count]
        return {
            "has_scope": True,
            "items": [item for item in items if item.count],
            "done": [item.name for item in items if not item.count],
            "places": _places(user),
            "add_url": _add_url(user),
            "columns": columns,
            "table": district_table(columns, districts) if len(districts) > 1 else [],
        }


def _add_url(user: Any) -> str:
    may_add = policy_registry.get_by_type(Resource).user_has_permission(user, "add")
    return reverse("directory_resources:add") if may_add else ""


def _places(user: Any) -> str:
    scope = scope_for(user, "view")
    if scope is None:
        return ""
    if scope.is_everywhere:
        return _("すべての地区")
    rows = user.assignments.select_related("area").order_by("area__order")
    return "、".join(dict.fromkeys(row.area.name for row in rows))
