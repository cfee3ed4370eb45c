"""Repeating days as a small, checkable subset of RFC 5545.

Weekdays are 0 (Monday) … 6 (Sunday), as in `date.weekday()`. The subset is what Japanese groups really
write: weekly on some days, monthly by nth weekday, monthly by day of the month, every n weeks or months,
only in some months. Everything else is refused by `RuleOutsideSubset` rather than approximated.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = tuple(range(7))
MONDAY_TO_FRIDAY = tuple(range(5))
ODD_MONTHS = (1, 3, 5, 7, 9, 11)
EVEN_MONTHS = (2, 4, 6, 8, 10, 12)
ORDINALS = (1, 2, 3, 4, 5, -1)
MAX_INTERVAL = 52

_BYDAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,2}", re.ASCII)
_KNOWN_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}


class RuleOutsideSubset(ValueError):
    """A rule we do not support; the message names the part that is the reason."""


class Frequency(StrEnum):
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Slot:
    """Opening and closing time of one session, local time; `end` is None when nobody stated it."""

    start: time
    end: time | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"slot ends ({self.end}) before it starts ({self.start})")

    @property
    def order(self) -> tuple[time, bool, time]:
        """Sort key: by start, then an open end first."""
        return self.start, self.end is not None, self.end or self.start

    def to_list(self) -> list[str | None]:
        """`["13:30", "15:30"]`, or `["13:30", None]` for an open end."""
        return [f"{self.start:%H:%M}", f"{self.end:%H:%M}" if self.end else None]

    @classmethod
    def from_list(cls, value: list[str | None]) -> "Slot":
        start, end = value
        return cls(time.fromisoformat(start or ""), time.fromisoformat(end) if end else None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One repetition. WEEKLY uses `weekdays`; MONTHLY uses `nth` or `monthdays`, never both.

    `nth` holds (ordinal, weekday) pairs, ordinal in 1…5 or -1 for 最終; `monthdays` are 1…31 or -1 for 末日;
    `bymonth` empty means every month. `slots` are times of this rule only; empty means those of the spec.
    `interval` above 1 has dates only together with an anchor, which is the spec's.
    """

    freq: Frequency
    weekdays: tuple[int, ...] = ()
    nth: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    interval: int = 1
    bymonth: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        # One canonical order, so that equal rules compare equal however they were written.
        for name in ("weekdays", "nth", "monthdays", "bymonth"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)), key=_last_comes_last)))
        object.__setattr__(self, "slots", in_order(self.slots))
        object.__setattr__(self, "freq", Frequency(self.freq))
        _check(self)

    def to_rrule(self) -> str:
        """The RFC 5545 text without a prefix: `FREQ=MONTHLY;BYDAY=2TH,4TH`. Times are not part of it."""
        parts = [f"FREQ={self.freq.value}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.bymonth:
            parts.append("BYMONTH=" + ",".join(map(str, self.bymonth)))
        if self.monthdays:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.monthdays)))
        days = [WEEKDAY_CODES[day] for day in self.weekdays]
        days += [f"{ordinal}{WEEKDAY_CODES[day]}" for ordinal, day in self.nth]
        if days:
            parts.append("BYDAY=" + ",".join(days))
        return ";".join(parts)

    @classmethod
    def from_rrule(cls, text: str) -> "Rule":
        """Read an RRULE value (a leading `RRULE:` is allowed). Raises `RuleOutsideSubset`."""
        parts = _split_rrule(text)
        freq = parts.get("FREQ", "")
        if freq == "DAILY":
            return _daily(parts)
        if freq not in Frequency.__members__:
            raise RuleOutsideSubset(f"FREQ={freq or '(missing)'}")
        days = [_read_byday(item) for item in _items(parts, "BYDAY")]
        weekly = freq == Frequency.WEEKLY
        if any((ordinal is None) != weekly for ordinal, _ in days):
            raise RuleOutsideSubset(f"BYDAY={parts['BYDAY']} with FREQ={freq}")
        return cls(
            Frequency(freq),
            weekdays=tuple(day for ordinal, day in days if ordinal is None),
            nth=tuple((ordinal, day) for ordinal, day in days if ordinal is not None),
            monthdays=_numbers(parts, "BYMONTHDAY"),
            interval=(_numbers(parts, "INTERVAL") or (1,))[0],
            bymonth=_numbers(parts, "BYMONTH"),
        )


def weekly(*days: int, **options) -> Rule:
    """`weekly(1, 4)` is every Tuesday and Friday."""
    return Rule(Frequency.WEEKLY, weekdays=tuple(days), **options)


def monthly(*nth: tuple[int, int], **options) -> Rule:
    """`monthly((2, 3), (4, 3))` is 第2・第4木曜日."""
    return Rule(Frequency.MONTHLY, nth=tuple(nth), **options)


def monthly_on(*days: int, **options) -> Rule:
    """`monthly_on(15, 29)` is 毎月15日・29日."""
    return Rule(Frequency.MONTHLY, monthdays=tuple(days), **options)


def merge(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Join rules that differ only in their days: 第2日曜 and 第4土曜 become one rule, in order of first sight."""
    merged: dict[tuple, Rule] = {}
    for rule in rules:
        key = (rule.freq, rule.interval, rule.bymonth, rule.slots, bool(rule.nth), bool(rule.monthdays))
        known = merged.get(key)
        merged[key] = rule if known is None else _joined(known, rule)
    return tuple(merged.values())


def _joined(one: Rule, other: Rule) -> Rule:
    return replace(
        one,
        weekdays=one.weekdays + other.weekdays,
        nth=one.nth + other.nth,
        monthdays=one.monthdays + other.monthdays,
    )


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots by time of day, each once."""
    return tuple(sorted(set(slots), key=lambda slot: slot.order))


def _last_comes_last(value: int | tuple[int, int]) -> tuple[int, int]:
    number, day = value if isinstance(value, tuple) else (value, 0)
    return (number if number >= 0 else 99, day)


def _check(rule: Rule) -> None:
    if not 1 <= rule.interval <= MAX_INTERVAL:
        raise RuleOutsideSubset(f"INTERVAL={rule.interval}")
    if any(not 1 <= month <= 12 for month in rule.bymonth):
        raise RuleOutsideSubset(f"BYMONTH={rule.bymonth}")
    if rule.interval > 1 and rule.bymonth:
        raise RuleOutsideSubset("INTERVAL together with BYMONTH")
    if rule.freq == Frequency.WEEKLY:
        fitting = bool(rule.weekdays) and not rule.nth and not rule.monthdays
    else:
        fitting = not rule.weekdays and bool(rule.nth) != bool(rule.monthdays)
    if not fitting:
        raise RuleOutsideSubset(f"FREQ={rule.freq.value} needs exactly one kind of day")
    days = (*rule.weekdays, *(day for _, day in rule.nth))
    if any(day not in EVERY_DAY for day in days) or any(ordinal not in ORDINALS for ordinal, _ in rule.nth):
        raise RuleOutsideSubset(f"BYDAY={rule.weekdays or rule.nth}")
    if any(day != -1 and not 1 <= day <= 31 for day in rule.monthdays):
        raise RuleOutsideSubset(f"BYMONTHDAY={rule.monthdays}")


def _split_rrule(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.strip().removeprefix("RRULE:").split(";"):
        name, _, value = piece.upper().partition("=")
        if name not in _KNOWN_PARTS or not value or name in parts:
            raise RuleOutsideSubset(piece or "(empty)")
        parts[name] = value
    if parts.get("WKST", "MO") != "MO":
        raise RuleOutsideSubset(f"WKST={parts['WKST']}")
    return parts


def _daily(parts: dict[str, str]) -> Rule:
    if set(parts) - {"FREQ", "INTERVAL", "BYMONTH", "WKST"} or parts.get("INTERVAL", "1") != "1":
        raise RuleOutsideSubset("FREQ=DAILY is supported as every day only")
    return Rule(Frequency.WEEKLY, weekdays=EVERY_DAY, bymonth=_numbers(parts, "BYMONTH"))


def _items(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    items = _items(parts, name)
    if any(not _NUMBER.fullmatch(item) for item in items) or (name == "INTERVAL" and len(items) > 1):
        raise RuleOutsideSubset(f"{name}={parts[name]}")
    return tuple(int(item) for item in items)


def _read_byday(item: str) -> tuple[int | None, int]:
    found = _BYDAY.fullmatch(item)
    if not found:
        raise RuleOutsideSubset(f"BYDAY={item}")
    ordinal = int(found[1]) if found[1] else None
    return ordinal, WEEKDAY_CODES.index(found[2])
