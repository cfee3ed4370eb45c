"""What is asked and what is answered: plain frozen objects, the same for every engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .analysis.normalise import clean

MAX_TEXT = 200  # a spoken sentence fits; what is longer is cut, never refused
MAX_PAGE_SIZE = 200
MAX_RESULTS = 10_000  # nobody leafs further; keeps OFFSET bounded
MAX_RADIUS_M = 50_000
MAX_VALUES = 50


class Sort(TextChoices):
    """Orders a reader can choose."""

    RELEVANCE = "relevance", gettext_lazy("おすすめ順")
    DISTANCE = "distance", gettext_lazy("近い順")
    NEXT_DATE = "next_date", gettext_lazy("開催が早い順")
    TITLE = "title", gettext_lazy("名前順")


class InvalidSearchRequest(ValueError):
    """A part of the request cannot be meant. `field` names the part, the message is Japanese and can be shown."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A question. Raises `InvalidSearchRequest` for values that cannot be meant; text is never refused.

    `filters`: OR inside a field, AND between fields. `plain`: surfaces the reader wants taken as plain words, not
    as conditions. `near` is (latitude, longitude) in degrees, `box` (south, west, north, east). `open_between`
    includes both ends; `open_on` is the same for one day. `facets` names the keyword fields to count. `today` fixes
    the day "next date" counts from.
    """

    text: str = ""
    types: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    radius_m: int | None = None
    box: tuple[float, float, float, float] | None = None
    open_on: date | None = None
    open_between: tuple[date, date] | None = None
    sort: str = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20
    facets: tuple[str, ...] = ()
    explain: bool = False
    today: date | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "text", clean(self.text)[:MAX_TEXT])
        put(self, "types", _words(self.types))
        put(self, "plain", _words(self.plain))
        put(self, "facets", _words(self.facets))
        put(self, "filters", {clean(name): _words(values) for name, values in self.filters.items() if values})
        self._check_place()
        self._check_dates()
        if self.sort not in Sort.values:
            raise InvalidSearchRequest("sort", _("並べ方を選びなおしてください。"))
        if self.sort == Sort.DISTANCE and self.near is None:
            raise InvalidSearchRequest("sort", _("近い順に並べるには、場所が必要です。"))
        if not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise InvalidSearchRequest("page_size", _("1ページの件数を確かめてください。"))
        if self.page < 1 or self.offset >= MAX_RESULTS:
            raise InvalidSearchRequest("page", _("そのページはありません。"))

    def _check_place(self) -> None:
        if self.near is not None:
            lat, lng = self.near
            if not (math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180):
                raise InvalidSearchRequest("near", _("場所を確かめてください。"))
        if self.box is not None:
            south, west, north, east = self.box
            if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
                raise InvalidSearchRequest("box", _("地図の範囲を確かめてください。"))
        if self.radius_m is None:
            return
        if self.near is None or not 0 < self.radius_m <= MAX_RADIUS_M:
            raise InvalidSearchRequest("radius_m", _("距離を確かめてください。"))

    def _check_dates(self) -> None:
        if self.open_between is not None and self.open_between[0] > self.open_between[1]:
            raise InvalidSearchRequest("open_between", _("日付の順番を確かめてください。"))

    @property
    def offset(self) -> int:
        """Number of hits before this page."""
        return (self.page - 1) * self.page_size

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day it must be open in, or None."""
        if self.open_on is not None:
            return self.open_on, self.open_on
        return self.open_between

    def with_(self, **changes: Any) -> SearchRequest:
        """The same question with some parts changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition understood from the words: shown as a chip. Putting `surface` in `plain` turns it back to words.

    Beside the keyword fields there are "days" (values: first and last day) and "near" (no values). One that does not
    narrow only raises what fits (whom it is for), or waits for a place to be given (near).
    """

    field: str
    values: tuple[str, ...]
    label: str
    surface: str
    narrows: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `highlight` holds (start, end) character spans in the title; `parts` explains the score."""

    id: str
    type: str
    score: float
    card: Mapping[str, Any]
    title: str
    highlight: tuple[tuple[int, int], ...] = ()
    distance_m: int | None = None
    next_date: date | None = None
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An answer. `relaxed` holds sentences for the page about what was let go to find something."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    page_size: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    understood: tuple[Chip, ...] = ()
    relaxed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    took_ms: float = 0.0

    @property
    def pages(self) -> int:
        """Number of pages that can be asked for; at least one."""
        return max(1, -(-min(self.total, MAX_RESULTS) // self.page_size))

    @property
    def has_next(self) -> bool:
        """Whether a further page exists."""
        return self.page < self.pages


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(value)[:MAX_TEXT] for value in values[:MAX_VALUES]))
