"""A question to the register as one value: read from an address, written back to an address, compiled to a search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Self
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from search.request import SearchRequest

from .filters import BY_PARAM, FILTERS, Conditions, shortened
from .find_words import FindWords
from .found_types import further_types
from .models import Organization, Resource
from .models.base import CODE_ALPHABET, CODE_LENGTH
from .services.reindexing import ORGANIZATION, RESOURCE

MAX_TEXT = 200
MAX_PAGE = 500
PAGE_SIZE = 20
SORTS = ("relevance", "distance", "next_date", "title")
#: Kept readable in an address: paths of areas, points, times.
_SAFE = "/,:"


@dataclass(frozen=True)
class FindQuery:
    """What somebody looks for. `values` holds the chosen values by parameter of their filter.

    `plain` are words of `text` to be looked for as words, where the search would take them for a condition.
    `problems` are sentences for the visitor about what could not be read; what they speak of is not used.
    """

    text: str = ""
    plain: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()
    today: date = field(default_factory=date.today, compare=False)
    words: FindWords = field(default_factory=FindWords, compare=False)

    @classmethod
    def from_params(cls, params: QueryDict, today: date, words: FindWords | None = None) -> Self:
        """Read an address. Whatever stands there, a query comes back: see `problems`."""
        words = words or FindWords()
        readings = {item.param: item.read(params.getlist(item.param), words) for item in FILTERS}
        text, text_problems = _read_text(params.get("q", ""))
        sort, sort_problems = _read_sort(params.get("sort", ""))
        page, page_problems = _read_page(params.get("page", ""))
        filter_problems = [problem for reading in readings.values() for problem in reading.problems]
        return cls(
            text=text,
            plain=tuple(_read_text(word)[0] for word in params.getlist("plain")[:10] if word.strip()),
            values={param: reading.values for param, reading in readings.items() if reading.values},
            sort=sort,
            page=page,
            problems=tuple([*text_problems, *filter_problems, *sort_problems, *page_problems][:5]),
            today=today,
            words=words,
        )

    # What is asked

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.values

    @cached_property
    def code(self) -> str:
        """The number of a public entry or group, where that is all somebody typed: cut into letters and figures it
        would find whatever holds an 8. Asked for only where the text looks like one.
        """
        code = unicodedata.normalize("NFKC", self.text).strip().upper()
        if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
            return ""
        known = (Resource.objects.published(), Organization.objects.published())
        return code if any(rows.filter(code=code).exists() for rows in known) else ""

    @property
    def types(self) -> tuple[str, ...]:
        """Groups are found by their name; filters and maps are about what takes place."""
        own = (RESOURCE, ORGANIZATION) if self.text and not self.values else (RESOURCE,)
        return (*own, *further_types(has_text=bool(self.text), has_filters=bool(self.values)))

    @property
    def near(self) -> tuple[float, float] | None:
        return self.conditions.near

    @property
    def effective_sort(self) -> str:
        """The order asked for, else the one that helps most: nearest, best fitting, soonest."""
        if self.sort == "distance" and not self.near:
            return self.default_sort
        return self.sort or self.default_sort

    @property
    def default_sort(self) -> str:
        if self.near:
            return "distance"
        return "relevance" if self.text else "next_date"

    @property
    def conditions(self) -> Conditions:
        """Everything the chosen values ask for, together."""
        compiled = [BY_PARAM[param].compile(values, self.today) for param, values in self.values.items()]
        filters: dict[str, tuple[str, ...]] = {}
        for part in compiled:
            filters.update(part.filters)
        near = next((part.near for part in compiled if part.near), None)
        return Conditions(
            filters=filters,
            open_between=next((part.open_between for part in compiled if part.open_between), None),
            near=near,
            radius_m=next((part.radius_m for part in compiled if part.radius_m and near), None),
        )

    def to_request(self, **changes: Any) -> SearchRequest:
        """The same question as the search understands it; `changes` are fields of `SearchRequest`."""
        asked = self.conditions
        fields: dict[str, Any] = {
            "text": "" if self.code else self.text,
            "plain": self.plain,
            "types": ("resource",),
            "filters": {**asked.filters, "code": (self.code,)} if self.code else asked.filters,
            "open_between": asked.open_between,
            "near": asked.near,
            "radius_m": asked.radius_m,
            "sort": self.effective_sort,
            "page": self.page,
            "page_size": PAGE_SIZE,
        }
        return SearchRequest(**(fields | changes))

    # Other questions near this one

    def with_value(self, param: str, value: str) -> Self:
        """The same question with one more value; page 1."""
        kept = tuple(item for item in self.values.get(param, ()) if item != value)
        return self._with(param, (*kept, value))

    def without(self, param: str, value: str | None = None) -> Self:
        """The same question without one value, or without a filter altogether; page 1."""
        kept = tuple(item for item in self.values.get(param, ()) if value is not None and item != value)
        return self._with(param, kept)

    def without_filters(self) -> Self:
        return replace(self, values={}, plain=(), page=1)

    def with_text(self, text: str) -> Self:
        return replace(self, text=" ".join(text.split()), page=1)

    def as_plain(self, surface: str) -> Self:
        """The same question, with `surface` looked for as a word and not taken for a condition."""
        return replace(self, plain=tuple(dict.fromkeys((*self.plain, surface))), page=1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    def _with(self, param: str, values: tuple[str, ...]) -> Self:
        changed = {key: value for key, value in self.values.items() if key != param}
        if values:
            changed[param] = values
        return replace(self, values=changed, page=1)

    # Addresses

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(parameter, value) in one fixed order, so that one question has one address."""
        if self.text:
            yield "q", self.text
        for word in self.plain:
            yield "plain", word
        for item in FILTERS:
            for value in self.values.get(item.param, ()):
                yield item.param, value
        if self.sort:
            yield "sort", self.sort
        if self.page > 1:
            yield "page", str(self.page)

    @property
    def query_string(self) -> str:
        return "&".join(f"{key}={quote(value, safe=_SAFE)}" for key, value in self.pairs())

    @property
    def url(self) -> str:
        """The address of the find page that asks this."""
        query = self.query_string
        return reverse("directory:find") + (f"?{query}" if query else "")

    @property
    def map_url(self) -> str:
        """The address of the pins of everything found, whatever the page."""
        query = self.on_page(1).query_string
        return reverse("directory:find_map") + (f"?{query}" if query else "")


def _read_text(raw: str) -> tuple[str, list[str]]:
    clean = "".join(char if char.isprintable() else " " for char in raw[: MAX_TEXT * 2])
    text = " ".join(clean.split())
    # A lone half of a pair (surrogate) is no character and cannot be stored or sent.
    text = text.encode("utf-8", "ignore").decode("utf-8")
    if len(text) <= MAX_TEXT and len(raw) <= MAX_TEXT * 2:
        return text, []
    return text[:MAX_TEXT], [
        _("さがす言葉が長すぎます。はじめの%(length)s文字でさがしました。") % {"length": MAX_TEXT}
    ]


def _read_sort(raw: str) -> tuple[str, list[str]]:
    if raw in ("", *SORTS):
        return raw, []
    return "", [_("並び順「%(value)s」はわかりませんでした。") % {"value": shortened(raw)}]


def _read_page(raw: str) -> tuple[int, list[str]]:
    raw = unicodedata.normalize("NFKC", raw[:20]).strip()
    if not raw:
        return 1, []
    if raw.isascii() and raw.isdigit() and 1 <= int(raw) <= MAX_PAGE:
        return int(raw), []
    return 1, [_("ページ「%(value)s」はありません。1ページ目を表示しています。") % {"value": shortened(raw)}]
