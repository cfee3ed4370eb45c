"""The filters as a form: groups of choices with the counts of what would be found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from areas.choices import AreaKind
from search.request import SearchResult

from .filters import BY_PARAM
from .find_query import FindQuery
from .find_words import Option
from .opening_keywords import WORKDAYS

#: Keyword fields whose counts the form shows.
COUNTED = tuple(item.param for item in BY_PARAM.values() if item.is_keyword)
#: Kinds shown before "more".
SHOWN_CATEGORIES = 6
SHOWN_AUDIENCES = 6
_FIRST_WEEKDAYS = ("sun", "sat", WORKDAYS)


@dataclass(frozen=True)
class Choice:
    """One box to tick. `count` is None where nothing is counted; `depth` is how far it stands in."""

    name: str
    value: str
    label: str
    count: int | None = None
    checked: bool = False
    radio: bool = False
    depth: int = 0

    @property
    def id(self) -> str:
        """Stable, so that the focus stays when the form is drawn anew."""
        return f"f-{self.name}-{self.value.replace('/', '-')}"


@dataclass(frozen=True)
class Group:
    """Choices under one heading; `more` are those behind a fold, `is_folded` puts all of them behind one."""

    key: str
    legend: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    is_folded: bool = False

    @property
    def has_checked_more(self) -> bool:
        return any(choice.checked for choice in self.more)

    @property
    def active(self) -> int:
        """How many of its choices are ticked; the one that says "any" does not count."""
        return sum(1 for choice in (*self.choices, *self.more) if choice.checked and choice.value)


class GroupsOf:
    """Builds the groups for one question and its answer."""

    def __init__(self, query: FindQuery, result: SearchResult) -> None:
        self.query = query
        self.words = query.words
        self.counts: dict[str, dict[str, int]] = {name: dict(rows) for name, rows in result.facets.items()}
        self.understood = {
            (chip.field, value) for chip in result.understood if chip.narrows for value in chip.values
        }

    def all(self) -> list[Group]:
        """Every group that has something to choose, in the order people decide."""
        groups = [
            self._when(),
            self._weekday(),
            self._audience(),
            self._access(),
            self._distance(),
            self._area(),
            self._category(),
            self._group("time", _("時間"), folded=True),
            self._cost(),
            self._language(),
            self._group("verified", _("確認した日"), folded=True),
        ]
        return [group for group in groups if group.choices]

    def _choice(self, param: str, value: str, option: Option, *, depth: int = 0) -> Choice:
        item = BY_PARAM[param]
        checked = value in self.query.values.get(param, ()) or (param, value) in self.understood
        # The other values of a field the words speak of are counted inside those words: that is not what a tick gives.
        exact = item.is_keyword and (checked or param not in {field for field, _value in self.understood})
        return Choice(
            name=param,
            value=value,
            label=option.label,
            count=item.count(self.counts.get(param, {}), value, self.query.today) if exact else None,
            checked=checked,
            depth=depth,
        )

    def _choices(self, param: str, values: Iterable[str] | None = None) -> tuple[Choice, ...]:
        options = BY_PARAM[param].options(self.words)
        wanted = options if values is None else [value for value in values if value in options]
        return tuple(self._choice(param, value, options[value]) for value in wanted)

    def _group(self, param: str, legend: str, *, folded: bool = False) -> Group:
        choices = self._choices(param)
        return Group(param, legend, choices, is_folded=folded and not any(item.checked for item in choices))

    def _when(self) -> Group:
        chosen = self.query.values.get("open", ("",))[0]
        options = {"": Option(_("いつでも")), **BY_PARAM["open"].options(self.words)}
        choices = [
            Choice("open", value, option.label, checked=value == chosen, radio=True)
            for value, option in options.items()
        ]
        choices.append(Choice("open", "day", _("日にちを選ぶ"), checked=chosen not in options, radio=True))
        return Group("open", _("いつ"), tuple(choices))

    def _weekday(self) -> Group:
        choices = self._choices("weekday")
        first = tuple(item for item in choices if item.value in _FIRST_WEEKDAYS)
        return Group("weekday", _("曜日"), first, tuple(item for item in choices if item not in first))

    def _audience(self) -> Group:
        """In their own order; those nobody would be found for come after the fold."""
        choices = self._choices("audience")
        useful = [item for item in choices if item.count or item.checked][:SHOWN_AUDIENCES] or choices[:3]
        return Group(
            "audience", _("対象"), tuple(useful), tuple(item for item in choices if item not in useful)
        )

    def _access(self) -> Group:
        chosen = self.query.values.get("features", ())
        options = self.words.features
        offered = [value for value, option in options.items() if option.group or value in chosen]
        return Group(
            "features",
            _("行きやすさ"),
            (*self._choices("features", offered), *self._choices("join", ["open"])),
        )

    def _cost(self) -> Group:
        join = self._choices("join", ["reservation", "referral"])
        choices = (*self._choices("free"), *join)
        folded = not any(item.checked for item in choices)
        return Group("free", _("費用・参加のしかた"), choices, is_folded=folded)

    def _distance(self) -> Group:
        if not self.query.near:
            return Group("radius", "", ())
        chosen = self.query.values.get("radius", ("",))[0]
        options = {"": Option(_("どこまでも")), **BY_PARAM["radius"].options(self.words)}
        choices = tuple(
            Choice("radius", value, option.label, checked=value == chosen, radio=True)
            for value, option in options.items()
        )
        return Group("radius", _("きょり"), choices)

    def _category(self) -> Group:
        elements = {option.parent for option in self.words.category.values()}
        choices = [item for item in self._choices("category") if item.value not in elements or item.checked]
        useful = sorted(
            (item for item in choices if item.count or item.checked),
            key=lambda item: (not item.checked, -(item.count or 0)),
        )
        return Group(
            "category", _("種類"), tuple(useful[:SHOWN_CATEGORIES]), tuple(useful[SHOWN_CATEGORIES:])
        )

    def _language(self) -> Group:
        choices = tuple(item for item in self._choices("language") if item.count or item.checked)
        return Group(
            "language", _("使える言葉"), choices, is_folded=not any(item.checked for item in choices)
        )

    def _area(self) -> Group:
        """The districts around what is chosen; without a choice, the areas, with their districts behind the fold."""
        options = self.words.area
        choices = {
            path: self._choice("area", path, option, depth=path.count("/"))
            for path, option in options.items()
        }
        chosen = [path for path, item in choices.items() if item.checked]
        near = places_around(chosen, options) if chosen else top_places(options)
        ordered = in_tree_order(options)
        first = tuple(choices[path] for path in ordered if path in near)
        rest = tuple(choices[path] for path in ordered if path not in near)
        return Group("area", _("地区"), first, rest)


def top_places(options: Mapping[str, Option]) -> set[str]:
    """The areas; of a municipality without areas the districts would be too many: itself."""
    with_areas = {option.parent for option in options.values() if option.group == AreaKind.AREA}
    return {
        path
        for path, option in options.items()
        if option.group == AreaKind.AREA or (option.group == AreaKind.MUNICIPALITY and path not in with_areas)
    }


def places_around(chosen: list[str], options: Mapping[str, Option]) -> set[str]:
    """What is chosen, what stands above and below it, and its neighbours."""
    found: set[str] = set()
    for path in chosen:
        parent = options[path].parent
        found |= {path, parent} if parent else {path}
        found |= {
            other for other, option in options.items() if option.parent in (path, parent) and option.parent
        }
    return found


def in_tree_order(options: Mapping[str, Option]) -> list[str]:
    """The paths, each place followed by what lies in it."""
    below: dict[str, list[str]] = {}
    for path, option in options.items():
        below.setdefault(option.parent, []).append(path)

    def walk(path: str) -> list[str]:
        return [path, *(item for child in below.get(path, ()) for item in walk(child))]

    return [path for root in below.get("", ()) for path in walk(root)]


def days_offered(today: date) -> tuple[str, str]:
    """First and last day one can ask for: dates are kept 13 months ahead."""
    return today.isoformat(), date(today.year + 1, today.month, 28).isoformat()
