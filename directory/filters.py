"""The public filters, as an explicit list of small objects.

Each reads its parameters from an address, says what is wrong with them, compiles what is right to conditions of a
search, and names its values for people. Page, map, exports and saved searches use the same objects, through
`directory.find_query.FindQuery`. A field that is not in `FILTERS` cannot be filtered by.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .find_words import FindWords, Option

#: One parameter may be given this often; what is more is not read.
MAX_VALUES = 40
#: No value that means something is longer.
MAX_LENGTH = 100

_Label = str | Promise


@dataclass(frozen=True)
class Reading:
    """What a filter made of an address: values in their one canonical form, and what it could not read."""

    values: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conditions:
    """What the chosen values ask of a search; see `search.request.SearchRequest` for the meaning."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_between: tuple[date, date] | None = None
    near: tuple[float, float] | None = None
    radius_m: int | None = None


@dataclass(frozen=True)
class Filter:
    """A list of options of which any number may be chosen; between them OR."""

    param: str
    title: _Label
    #: What stands before a value on its chip, where the value alone would not be understood.
    prefix: _Label = ""
    #: Whether the values are keywords of the index, which can be counted.
    is_keyword: bool = True

    def options(self, words: FindWords) -> Mapping[str, Option]:
        options: Mapping[str, Option] = getattr(words, self.param)
        return options

    def read(self, raw: Sequence[str], words: FindWords) -> Reading:
        """The values of `raw` that are options. Empty ones count as not given."""
        asked = _tidy(raw)
        if not asked:
            return Reading()
        found = {value: self.resolve(value, words) for value in asked}
        values = tuple(dict.fromkeys(value for value in found.values() if value))
        wrong = [value for value, known in found.items() if not known]
        return Reading(values, tuple(self.refusal(value) for value in wrong))

    def resolve(self, value: str, words: FindWords) -> str | None:
        """The option meant by `value`; None where there is none."""
        return value if value in self.options(words) else None

    def refusal(self, value: str) -> str:
        return _("「%(title)s」の「%(value)s」はわかりませんでした。この条件は使っていません。") % {
            "title": self.title,
            "value": shortened(value),
        }

    def compile(self, values: tuple[str, ...], today: date) -> Conditions:
        return Conditions(filters={self.param: values})

    def count(self, counts: Mapping[str, int], value: str, today: date) -> int:
        """How many would be found with `value`, from the counts of the index by keyword."""
        return counts.get(value, 0)

    def describe(self, value: str, words: FindWords, today: date) -> str:
        """`value` in words, for its chip."""
        option = self.options(words).get(value)
        label = option.label if option else value
        return f"{self.prefix}:{label}" if self.prefix else label


class AreaFilter(Filter):
    """Areas by their path. Also understands a bare slug, and the code of a municipality."""

    def resolve(self, value: str, words: FindWords) -> str | None:
        if value in words.area:
            return value
        value = words.area_codes.get(value, value)
        named = [path for path in words.area if path.rpartition("/")[2] == value]
        # An area and a district in it often share a name: the closer place is meant.
        return max(named, key=lambda path: path.count("/"), default=None)


class VerifiedFilter(Filter):
    """How long ago an entry was confirmed. The index knows the month ("2026-10")."""

    MONTHS = {"half": 6, "year": 12}

    def compile(self, values: tuple[str, ...], today: date) -> Conditions:
        months = max(self.MONTHS[value] for value in values)
        return Conditions(filters={self.param: _last_months(today, months)})

    def count(self, counts: Mapping[str, int], value: str, today: date) -> int:
        # An entry has one such month, so the counts may be added up.
        return sum(counts.get(month, 0) for month in _last_months(today, self.MONTHS[value]))


class OpenFilter(Filter):
    """Held today, tomorrow, within a week, or on a date. One at a time."""

    WORDS = {
        "today": gettext_lazy("今日"),
        "tomorrow": gettext_lazy("あした"),
        "week": gettext_lazy("今週(7日間)"),
    }

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return {value: Option(str(label)) for value, label in self.WORDS.items()}

    def read(self, raw: Sequence[str], words: FindWords) -> Reading:
        reading = super().read(raw, words)
        return Reading(reading.values[-1:], reading.problems)

    def resolve(self, value: str, words: FindWords) -> str | None:
        value = unicodedata.normalize("NFKC", value)
        if value in self.WORDS:
            return value
        try:
            return date.fromisoformat(value).isoformat() if "-" in value else None
        except ValueError:
            return None

    def refusal(self, value: str) -> str:
        return _("日にち「%(value)s」はわかりませんでした。2026-11-20のように入力してください。") % {
            "value": shortened(value)
        }

    def compile(self, values: tuple[str, ...], today: date) -> Conditions:
        return Conditions(open_between=days_of(values[0], today))

    def describe(self, value: str, words: FindWords, today: date) -> str:
        if value in self.WORDS:
            return str(self.WORDS[value])
        day = date.fromisoformat(value)
        return _("%(month)s月%(day)s日にやっている") % {"month": day.month, "day": day.day}


class NearFilter(Filter):
    """Near a point, "35.668,139.600". Kept to 3 decimals (about 100 m): a finer one would tell where somebody lives."""

    DECIMALS = 3
    _POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return {}

    def read(self, raw: Sequence[str], words: FindWords) -> Reading:
        reading = super().read(raw, words)
        return Reading(reading.values[-1:], reading.problems)

    def resolve(self, value: str, words: FindWords) -> str | None:
        found = self._POINT.fullmatch(unicodedata.normalize("NFKC", value).strip())
        if not found:
            return None
        lat, lng = float(found[1]), float(found[2])
        # Japan, with its farthest islands; the same bounds as the register's own points.
        if not (20 <= lat <= 46 and 122 <= lng <= 154):
            return None
        return f"{lat:.{self.DECIMALS}f},{lng:.{self.DECIMALS}f}"

    def refusal(self, value: str) -> str:
        return _("場所(near)がわかりませんでした。住所か郵便番号を入力するか、地区を選んでください。")

    def compile(self, values: tuple[str, ...], today: date) -> Conditions:
        return Conditions(near=point_of(values[0]))

    def describe(self, value: str, words: FindWords, today: date) -> str:
        return _("指定した場所の近く")


class RadiusFilter(Filter):
    """No farther than this on foot, in metres. Means something only together with `near`."""

    #: Walking 80 m a minute (不動産の表示に関する公正競争規約施行規則).
    METRES = {
        "800": gettext_lazy("歩いて10分まで"),
        "1600": gettext_lazy("歩いて20分まで"),
        "3000": gettext_lazy("3kmまで"),
        "5000": gettext_lazy("5kmまで"),
    }

    def options(self, words: FindWords) -> Mapping[str, Option]:
        return {value: Option(str(label)) for value, label in self.METRES.items()}

    def read(self, raw: Sequence[str], words: FindWords) -> Reading:
        reading = super().read(raw, words)
        return Reading(reading.values[-1:], reading.problems)

    def compile(self, values: tuple[str, ...], today: date) -> Conditions:
        return Conditions(radius_m=int(values[0]))


#: In the order in which they are shown and written into an address.
FILTERS: tuple[Filter, ...] = (
    NearFilter("near", gettext_lazy("近く"), is_keyword=False),
    RadiusFilter("radius", gettext_lazy("きょり"), is_keyword=False),
    OpenFilter("open", gettext_lazy("いつ"), is_keyword=False),
    Filter("weekday", gettext_lazy("曜日")),
    Filter("time", gettext_lazy("時間")),
    Filter("wish", gettext_lazy("したいこと")),
    Filter("category", gettext_lazy("種類")),
    Filter("audience", gettext_lazy("対象")),
    Filter("features", gettext_lazy("行きやすさ")),
    Filter("join", gettext_lazy("参加のしかた")),
    Filter("free", gettext_lazy("費用")),
    Filter("language", gettext_lazy("使える言葉")),
    VerifiedFilter("verified", gettext_lazy("確認した日")),
    AreaFilter("area", gettext_lazy("地区"), prefix=gettext_lazy("場所")),
)
BY_PARAM = {item.param: item for item in FILTERS}


def days_of(value: str, today: date) -> tuple[date, date]:
    """First and last day meant by a value of `OpenFilter`."""
    if value == "today":
        return today, today
    if value == "tomorrow":
        return today + timedelta(days=1), today + timedelta(days=1)
    if value == "week":
        return today, today + timedelta(days=6)
    day = date.fromisoformat(value)
    return day, day


def point_of(value: str) -> tuple[float, float]:
    """(lat, lng) of a value that `NearFilter` has read."""
    lat, _comma, lng = value.partition(",")
    return float(lat), float(lng)


def near_value(lat: float, lng: float) -> str | None:
    """A point as it stands in an address; None for one outside Japan."""
    if not (math.isfinite(lat) and math.isfinite(lng)):
        return None
    near: Any = BY_PARAM["near"]
    value: str | None = near.resolve(f"{lat:.6f},{lng:.6f}", FindWords())
    return value


def shortened(text: str, length: int = 20) -> str:
    """`text` as it may be repeated in a message."""
    printable = "".join(char for char in text if char.isprintable())
    return printable if len(printable) <= length else printable[:length] + "…"


def _tidy(raw: Sequence[str]) -> list[str]:
    values = [value.replace("\x00", "").strip()[:MAX_LENGTH] for value in raw[:MAX_VALUES]]
    return list(dict.fromkeys(value for value in values if value))


def _last_months(today: date, count: int) -> tuple[str, ...]:
    """The last `count` months, this one included, as "2026-11"."""
    latest = today.year * 12 + today.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(latest, latest - count, -1))
