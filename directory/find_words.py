"""The words one can choose from while finding: categories, audiences, features, areas and the fixed lists.

Each list is read from the database at most once a page, and only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from areas.models import Area

from .choices import JoinPolicy, Wish
from .models import Audience, Category, Feature
from .opening_keywords import WORKDAYS


@dataclass(frozen=True)
class Option:
    """One thing to choose. `parent` is the value of the option above it; `group` sorts lists into parts."""

    label: str
    parent: str = ""
    group: str = ""


Options = Mapping[str, Option]

WEEKDAY_LABELS = {
    "sun": _("日曜日"),
    "sat": _("土曜日"),
    WORKDAYS: _("平日"),
    "mon": _("月曜日"),
    "tue": _("火曜日"),
    "wed": _("水曜日"),
    "thu": _("木曜日"),
    "fri": _("金曜日"),
}
TIME_LABELS = {
    "morning": _("午前"),
    "afternoon": _("午後"),
    "evening": _("夕方・夜(17時から)"),
}
FREE_LABELS = {"yes": _("無料")}
JOIN_LABELS = {
    JoinPolicy.OPEN.value: _("予約がいらない"),
    JoinPolicy.RESERVATION.value: _("予約がいる"),
    JoinPolicy.REFERRAL.value: _("紹介がいる"),
}
VERIFIED_LABELS = {"half": _("半年以内に確認"), "year": _("1年以内に確認")}
#: ISO 639-1 → how the language is called here. Only these can be filtered by.
LANGUAGE_LABELS = {
    "en": _("英語"),
    "zh": _("中国語"),
    "ko": _("韓国・朝鮮語"),
    "vi": _("ベトナム語"),
    "ne": _("ネパール語"),
    "tl": _("フィリピン語"),
    "id": _("インドネシア語"),
    "my": _("ミャンマー語"),
    "th": _("タイ語"),
    "pt": _("ポルトガル語"),
    "es": _("スペイン語"),
    "fr": _("フランス語"),
    "hi": _("ヒンディー語"),
    "jsl": pgettext_lazy("language", "手話"),
}


def fixed(labels: Mapping[str, object]) -> dict[str, Option]:
    """Options of a list that stands in the code."""
    return {value: Option(str(label)) for value, label in labels.items()}


class FindWords:
    """The lists of one request."""

    @cached_property
    def category(self) -> Options:
        """Kinds by code; `parent` is the code of the element above."""
        rows = Category.objects.values_list("code", "name", "parent__code")
        return {code: Option(name, parent or "") for code, name, parent in rows}

    @cached_property
    def audience(self) -> Options:
        return {code: Option(name) for code, name in Audience.objects.values_list("code", "name")}

    @cached_property
    def features(self) -> Options:
        """Those staff marked as a filter come with the group "filter"."""
        rows = Feature.objects.values_list("code", "name", "is_filter")
        return {code: Option(name, group="filter" if is_filter else "") for code, name, is_filter in rows}

    @cached_property
    def area(self) -> Options:
        """Areas by path, from the municipality down; `group` is the kind."""
        # Only these columns: the boundaries in the others weigh a hundred kilobytes.
        columns = ("pk", "parent_id", "slug", "name", "kind")
        rows = {row[0]: row for row in Area.objects.in_order().values_list(*columns)}
        paths = {pk: _path(pk, rows) for pk in rows}
        return {
            paths[pk]: Option(name, parent=paths.get(parent, ""), group=kind)
            for pk, parent, _slug, name, kind in rows.values()
        }

    @cached_property
    def area_codes(self) -> dict[str, str]:
        """全国地方公共団体コード → path, for links that name a municipality by its code. Asked for when no path fits."""
        return dict(Area.objects.municipalities().exclude(code="").values_list("code", "slug"))

    @cached_property
    def wish(self) -> Options:
        return {value: Option(str(label)) for value, label in Wish.choices}

    @cached_property
    def weekday(self) -> Options:
        return fixed(WEEKDAY_LABELS)

    @cached_property
    def time(self) -> Options:
        return fixed(TIME_LABELS)

    @cached_property
    def free(self) -> Options:
        return fixed(FREE_LABELS)

    @cached_property
    def join(self) -> Options:
        return fixed(JOIN_LABELS)

    @cached_property
    def language(self) -> Options:
        return fixed(LANGUAGE_LABELS)

    @cached_property
    def verified(self) -> Options:
        return fixed(VERIFIED_LABELS)


def _path(pk: int | None, rows: Mapping[int, tuple]) -> str:
    slugs: list[str] = []
    while pk is not None:
        _pk, parent, slug, *_rest = rows[pk]
        slugs.append(slug)
        pk = parent
    return "/".join(reversed(slugs))
