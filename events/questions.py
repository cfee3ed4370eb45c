"""A question to the calendar as one value: read from an address, written back to one, asked of the dates."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.filters import shortened
from directory.find_words import FindWords

from .filters import BY_PARAM, COUNTED, EVENT_FILTERS, NEAR, WHEN, read_all
from .models import EventDate
from .querysets import EventDateQuerySet

MAX_PAGE = 500
#: Kept readable in an address: paths of areas, points.
_SAFE = "/,:"


@dataclass(frozen=True)
class ChosenValue:
    """One condition in force: its words, and the question without it."""

    param: str
    value: str
    text: str
    without: EventQuestion


@dataclass(frozen=True)
class EventQuestion:
    """What somebody asks the calendar. `values` holds the chosen values by parameter of their filter.

    `problems` are sentences for the visitor about what could not be read; what they speak of is not used.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    problems: tuple[str, ...] = ()
    today: date = field(default_factory=date.today, compare=False)
    words: FindWords = field(default_factory=FindWords, compare=False)

    @classmethod
    def from_params(cls, params: QueryDict, today: date, words: FindWords | None = None) -> Self:
        """Read an address. Whatever stands there, a question comes back: see `problems`."""
        words = words or FindWords()
        given = {name: params.getlist(name) for name in params}
        # A date typed beside the named days counts where none of those is chosen.
        if given.get("when", ["day"])[-1] in ("", "day"):
            given["when"] = [value for value in given.get("day", ()) if value.strip()]
        readings = read_all(given, words)
        page, page_problems = _read_page(params.get("page", ""))
        problems = [problem for reading in readings.values() for problem in reading.problems]
        return cls(
            values={param: reading.values for param, reading in readings.items() if reading.values},
            page=page,
            problems=tuple([*problems, *page_problems][:5]),
            today=today,
            words=words,
        )

    # What is asked

    @property
    def span(self) -> tuple[date, date | None]:
        """First and last day asked for; no last one where everything to come is meant."""
        when = self.values.get(WHEN.param)
        return WHEN.days(when[0], self.today) if when else (self.today, None)

    def narrowed(
        self, rows: EventDateQuerySet | None = None, *, but: Collection[str] = ()
    ) -> EventDateQuerySet:
        """The dates asked for, in order; cancelled ones too, to be shown as such. Public events only.

        `rows` are those to choose from (all public ones); `but` names parameters that do not count.
        """
        rows = EventDate.objects.published() if rows is None else rows
        for item in (WHEN, *COUNTED):
            values = self.values.get(item.param, ())
            if values and item.param not in but:
                rows = item.narrow(rows, values, self.words, self.today)
        if self.near and NEAR.param not in but:
            rows = NEAR.narrow_to(rows, self.values["near"], self.values.get("radius", ()))
        return rows.order_by("date", "start", "pk")

    def coming(self, *, but: Collection[str] = ()) -> EventDateQuerySet:
        """The same from today on: where no days are asked for, the past is not meant."""
        return self.narrowed(but=but).filter(date__gte=self.today)

    @property
    def near(self) -> bool:
        return "near" in self.values

    # Questions near this one

    def with_value(self, param: str, *values: str) -> Self:
        """The same question with exactly these values of one filter; page 1."""
        changed = {key: value for key, value in self.values.items() if key != param}
        if values:
            changed[param] = values
        return replace(self, values=changed, page=1)

    def without(self, param: str, value: str | None = None) -> Self:
        """The same question without one value, or without a filter altogether; page 1."""
        kept = tuple(item for item in self.values.get(param, ()) if value is not None and item != value)
        return self.with_value(param, *kept)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    # In words and as an address

    @property
    def chosen(self) -> list[ChosenValue]:
        """Every condition in force, in words."""
        return [
            ChosenValue(
                param,
                value,
                BY_PARAM[param].describe(value, self.words, self.today),
                self.without(param, value),
            )
            for param, values in self.ordered()
            for value in values
            if param != "radius" or self.near
        ]

    @property
    def title(self) -> str:
        """The conditions in one line: 「今週(7日間)・場所:烏山地区」; "" without any."""
        return _("・").join(item.text for item in self.chosen)

    def ordered(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(parameter, values) in one fixed order, so that one question has one address."""
        return ((item.param, self.values[item.param]) for item in EVENT_FILTERS if item.param in self.values)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(parameter, value) of everything asked; the page from 2 on."""
        yield from ((param, value) for param, values in self.ordered() for value in values)
        if self.page > 1:
            yield "page", str(self.page)

    @property
    def query_string(self) -> str:
        """ "when=week&area=setagaya/karasuyama", "" for everything. The page is part of it from 2 on."""
        return "&".join(f"{param}={quote(value, safe=_SAFE)}" for param, value in self.pairs())

    def address(self, url_name: str, **kwargs: str) -> str:
        """The address of a page (list, month, iCalendar, feed …) that answers this question."""
        query = self.query_string
        return reverse(url_name, kwargs=kwargs) + (f"?{query}" if query else "")

    @property
    def url(self) -> str:
        """The address of the list."""
        return self.address("events:calendar")


def _read_page(raw: str) -> tuple[int, list[str]]:
    raw = unicodedata.normalize("NFKC", raw[:20]).strip()
    if not raw:
        return 1, []
    if raw.isascii() and raw.isdigit() and 1 <= int(raw) <= MAX_PAGE:
        return int(raw), []
    return 1, [_("ページ「%(value)s」はありません。1ページ目を表示しています。") % {"value": shortened(raw)}]
