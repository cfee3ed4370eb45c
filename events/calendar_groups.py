"""The filters of the calendar as a form: groups of choices with the counts of what they would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from directory.find_groups import Choice, Group, days_offered, in_tree_order, places_around, top_places
from directory.find_words import Option

from .calendar_counts import Counts
from .filters import BY_PARAM, DEFAULT_RADIUS
from .questions import EventQuestion

SHOWN_AUDIENCES = 6


class GroupsOf:
    """Builds the groups for one question."""

    def __init__(self, question: EventQuestion) -> None:
        self.question = question
        self.counts = Counts(question)

    def all(self) -> list[Group]:
        """Every group that has something to choose, in the order people decide."""
        groups = [self._when(), self._distance(), self._area(), self._plain("kind"), self._audience()]
        last = Group("join", _("費用・参加のしかた"), tuple(self._all_of("free", "signup", "online")))
        return [group for group in [*groups, last] if group.choices]

    @property
    def day(self) -> str:
        """The date asked for, when it is none of the named days."""
        value = self._chosen("when")
        return "" if value in BY_PARAM["when"].options(self.question.words) else value

    @property
    def day_limits(self) -> tuple[str, str]:
        return days_offered(self.question.today)

    def _chosen(self, param: str) -> str:
        return self.question.values.get(param, ("",))[0]

    def _choice(self, param: str, value: str, option: Option, *, depth: int = 0) -> Choice:
        checked = value in self.question.values.get(param, ())
        return Choice(param, value, option.label, self.counts.of(param, value), checked, depth=depth)

    def _choices(self, param: str) -> list[Choice]:
        options = BY_PARAM[param].options(self.question.words)
        return [self._choice(param, value, option) for value, option in options.items()]

    def _all_of(self, *params: str) -> Iterable[Choice]:
        return (choice for param in params for choice in self._choices(param))

    def _plain(self, param: str) -> Group:
        return Group(param, str(BY_PARAM[param].title), tuple(self._choices(param)))

    def _radios(self, param: str, options: Mapping[str, Option], chosen: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(param, value, option.label, checked=value == chosen, radio=True)
            for value, option in options.items()
        )

    def _when(self) -> Group:
        options = {"": Option(_("これから全部")), **BY_PARAM["when"].options(self.question.words)}
        on_a_day = Choice("when", "day", _("日にちを選ぶ"), checked=bool(self.day), radio=True)
        return Group("when", _("いつ"), (*self._radios("when", options, self._chosen("when")), on_a_day))

    def _distance(self) -> Group:
        if not self.question.near:
            return Group("radius", "", ())
        options = BY_PARAM["radius"].options(self.question.words)
        chosen = self._chosen("radius") or str(DEFAULT_RADIUS)
        return Group("radius", _("きょり"), self._radios("radius", options, chosen))

    def _audience(self) -> Group:
        """In their own order; those nobody would be found for come after the fold."""
        choices = self._choices("audience")
        useful = [item for item in choices if item.count or item.checked][:SHOWN_AUDIENCES] or choices[:3]
        rest = tuple(item for item in choices if item not in useful)
        return Group("audience", _("対象"), tuple(useful), rest)

    def _area(self) -> Group:
        """The districts around what is chosen; without a choice the areas, with their districts behind the fold."""
        options = self.question.words.area
        choices = {
            path: self._choice("area", path, option, depth=path.count("/"))
            for path, option in options.items()
        }
        chosen = [path for path, item in choices.items() if item.checked]
        near = places_around(chosen, options) if chosen else top_places(options)
        ordered = in_tree_order(options)
        first = tuple(choices[path] for path in ordered if path in near)
        return Group("area", _("地区"), first, tuple(choices[path] for path in ordered if path not in near))
