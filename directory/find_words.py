"""The words one can choose from while finding: categories, audiences, features, areas and the fixed lists.

Each list is read from the database at most once a page, and only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
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


class WordRow(NamedTuple):
    """A row of any list, sorting as its list does. `above` is a code, of an area the key of the one above it."""

    list: str
    within: str
    order: int
    then: str
    pk: int
    code: str
    name: str
    above: str
    mark: str


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
        return self._vocabulary["category"]

    @cached_property
    def audience(self) -> Options:
        return self._vocabulary["audience"]

    @cached_property
    def features(self) -> Options:
        """Those staff marked as a filter come with the group "filter"."""
        return self._vocabulary["feature"]

    @cached_property
    def _vocabulary(self) -> dict[str, dict[str, Option]]:
        """The three lists staff keep."""
        found: dict[str, dict[str, Option]] = {"category": {}, "audience": {}, "feature": {}}
        for row in self._rows:
            if row.list != "area":
                found[row.list][row.code] = Option(row.name, row.above, row.mark)
        return found

    @cached_property
    def area(self) -> Options:
        """Areas by path, from the municipality down; `group` is the kind."""
        rows = {row.pk: row for row in self._rows if row.list == "area"}
        paths = {pk: path for path, pk in self.area_keys.items()}
        return {
            path: Option(rows[pk].name, parent=paths.get(_key(rows[pk].above) or 0, ""), group=rows[pk].mark)
            for pk, path in paths.items()
        }

    @cached_property
    def area_keys(self) -> dict[str, int]:
        """Path of an area → its primary key."""
        rows = {row.pk: row for row in self._rows if row.list == "area"}
        return {_path(pk, rows): pk for pk in rows}

    @cached_property
    def _rows(self) -> list[WordRow]:
        """All four lists in one query, in their orders: no page of the finder does with fewer."""
        return sorted(WordRow(*row) for row in _word_rows())

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


def _word_rows() -> QuerySet:
    """The columns of `WordRow` for categories, audiences, features and areas."""
    nothing = _text("")
    filters = Case(When(is_filter=True, then=_text("filter")), default=nothing, output_field=CharField())
    parts = (
        _rows_of(Category, above=Coalesce("parent__code", nothing)),
        _rows_of(Audience),
        _rows_of(Feature, within=Cast("group", CharField()), mark=filters),
        _rows_of(
            Area,
            then=F("kana"),
            key=F("slug"),
            above=Coalesce(Cast("parent_id", CharField()), nothing),
            mark=Cast("kind", CharField()),
        ),
    )
    first, *others = parts
    return first.union(*others, all=True)


def _rows_of(model: type[Model], **columns: Any) -> QuerySet:
    """The rows of one list, and only these columns: the boundaries of areas weigh a hundred kilobytes."""
    nothing = _text("")
    defaults = {"within": nothing, "then": nothing, "key": F("code"), "above": nothing, "mark": nothing}
    # Names of their own: a column must not be called like a field.
    named = {f"word_{name}": value for name, value in (defaults | columns).items()}
    rows = model._default_manager.annotate(word_list=_text(model._meta.model_name or ""), **named).order_by()
    return rows.values_list(
        "word_list",
        "word_within",
        "order",
        "word_then",
        "pk",
        "word_key",
        "name",
        "word_above",
        "word_mark",
    )


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _key(text: str) -> int | None:
    return int(text) if text else None


def _path(pk: int | None, rows: Mapping[int, WordRow]) -> str:
    slugs: list[str] = []
    while pk is not None:
        slugs.append(rows[pk].code)
        pk = _key(rows[pk].above)
    return "/".join(reversed(slugs))
