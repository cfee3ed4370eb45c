"""The public filters of the calendar, as an explicit list of small objects.

Each reads its parameters from an address, says what is wrong with them, narrows rows of `EventDate`, and names its
values for people (`directory.filters.Filter`). List, month, paper, iCalendar and feeds use the same objects, through
`events.questions.EventQuestion`. A field that is not in `EVENT_FILTERS` cannot be filtered by.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from directory.choices import FeeKind
from directory.filters import AreaFilter, Filter, NearFilter, OpenFilter, RadiusFilter, Reading, point_of
from directory.find_words import FindWords, Option, fixed
from directory.japanese_dates import short_date

from .choices import AttendanceMode, EventKind, SignUpPolicy
from .models import Event
from .near import within
from .querysets import EventDateQuerySet

#: How far "near" reaches where nobody said: a quarter of an hour and a bit on foot.
DEFAULT_RADIUS = 1600
Values = tuple[str, ...]


class When(OpenFilter):
    """Today, tomorrow, within a week, this month, or on a date. One at a time."""

    WORDS = {
        "today": gettext_lazy("今日"),
        "tomorrow": gettext_lazy("あした"),
        "week": gettext_lazy("今週(7日間)"),
        "month": gettext_lazy("今月"),
    }

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        return rows.between(*self.days(values[0], today))

    def describe(self, value: str, words: FindWords, today: date) -> str:
        return str(self.WORDS[value]) if value in self.WORDS else short_date(date.fromisoformat(value))

    def days(self, value: str, today: date) -> tuple[date, date]:
        """First and last day meant by `value`."""
        if value == "today":
            return today, today
        if value == "tomorrow":
            return today + timedelta(days=1), today + timedelta(days=1)
        if value == "week":
            return today, today + timedelta(days=6)
        if value == "month":
            return today, today.replace(day=calendar.monthrange(today.year, today.month)[1])
        day = date.fromisoformat(value)
        return day, day


class Where(AreaFilter):
    """Districts, areas, municipalities. What has no place of its own is found where it is for."""

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        below, around = self.keys(values, words)
        served = Event.areas_served.through.objects.filter(area__in=around).values("event")
        placed = Q(event__district__in=below)
        # At a hidden place: in no list of a district.
        return rows.listed().filter(placed | Q(event__district__isnull=True, event__in=served))

    def keys(self, values: Values, words: FindWords) -> tuple[list[int], list[int]]:
        """(areas at or below the values, these and what they lie in)."""
        below = [key for path, key in words.area_keys.items() if any(_is_in(path, value) for value in values)]
        above = [key for path, key in words.area_keys.items() if any(_is_in(value, path) for value in values)]
        return below, [*below, *above]


class Kind(Filter):
    """What is held: a course, a consultation …"""

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return fixed(dict(EventKind.choices))

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        return rows.filter(event__kind__in=values)


class ForWhom(Filter):
    """Whom it is for, by the code of the audience."""

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        meant = Event.audiences.through.objects.filter(audience__code__in=values).values("event")
        return rows.filter(event__in=meant)


class Free(Filter):
    """Costs nothing."""

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        return rows.filter(event__fee_kind=FeeKind.FREE)


class HowToJoin(Filter):
    """Without signing up, or by signing up here."""

    POLICIES: Mapping[str, tuple[str, ...]] = {
        "none": (SignUpPolicy.NONE,),
        "here": (SignUpPolicy.OPEN, SignUpPolicy.APPROVAL),
    }
    LABELS = {
        "none": gettext_lazy("申込みがいらない"),
        "here": gettext_lazy("ここから申し込める"),
    }

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return fixed(self.LABELS)

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        policies = [policy for value in values for policy in self.POLICIES[value]]
        return rows.filter(event__signup_policy__in=policies)


class Online(Filter):
    """One can take part from home."""

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return fixed({"yes": gettext_lazy("家から参加できる(オンライン)")})

    def narrow(
        self, rows: EventDateQuerySet, values: Values, words: FindWords, today: date
    ) -> EventDateQuerySet:
        return rows.exclude(event__attendance_mode=AttendanceMode.ONSITE)


class Near(NearFilter):
    """Near a point. How near, `radius` says."""

    def narrow_to(self, rows: EventDateQuerySet, values: Values, radius: Values) -> EventDateQuerySet:
        return within(rows, point_of(values[0]), int(radius[0]) if radius else DEFAULT_RADIUS)


#: In the order in which they are shown and written into an address.
WHEN = When("when", gettext_lazy("いつ"), is_keyword=False)
NEAR = Near("near", gettext_lazy("近く"), is_keyword=False)
RADIUS = RadiusFilter("radius", gettext_lazy("きょり"), is_keyword=False)
#: Those whose choices are counted.
COUNTED: tuple[Any, ...] = (
    Where("area", gettext_lazy("地区"), prefix=gettext_lazy("場所")),
    Kind("kind", gettext_lazy("種類")),
    ForWhom("audience", gettext_lazy("対象")),
    Free("free", gettext_lazy("費用")),
    HowToJoin("signup", gettext_lazy("参加のしかた")),
    Online("online", gettext_lazy("参加する場所")),
)
EVENT_FILTERS: tuple[Filter, ...] = (WHEN, NEAR, RADIUS, *COUNTED)
BY_PARAM: Mapping[str, Filter] = {item.param: item for item in EVENT_FILTERS}


def read_all(raw: Mapping[str, Sequence[str]], words: FindWords) -> dict[str, Reading]:
    """What every filter made of the parameters `raw`."""
    return {item.param: item.read(raw.get(item.param, ()), words) for item in EVENT_FILTERS}


def _is_in(path: str, place: str) -> bool:
    """Is the area at `path` the one at `place`, or below it?"""
    return path == place or path.startswith(f"{place}/")
