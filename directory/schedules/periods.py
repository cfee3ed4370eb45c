"""Parts of the year: when nothing is held, and when other times hold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .rules import Slot

MonthDay = tuple[int, int]


class NamedPeriod(StrEnum):
    """Closures people name without giving dates."""

    NEW_YEAR = "new_year"
    OBON = "obon"
    SCHOOL_HOLIDAYS = "school_holidays"
    SUMMER_HOLIDAYS = "summer_holidays"


# 12/29–1/3 and 8/13–16 are the house's reading (japan-standards 11); the school terms are those of the
# Tokyo Metropolitan schools' rules (東京都立学校の管理運営に関する規則). Schools differ, which is why the
# parser never calls a text with a school holiday fully understood.
_SUMMER = ((7, 21), (8, 31))
NAMED_RANGES: dict[NamedPeriod, tuple[tuple[MonthDay, MonthDay], ...]] = {
    NamedPeriod.NEW_YEAR: (((12, 29), (1, 3)),),
    NamedPeriod.OBON: (((8, 13), (8, 16)),),
    NamedPeriod.SCHOOL_HOLIDAYS: (((3, 26), (4, 5)), _SUMMER, ((12, 26), (1, 7))),
    NamedPeriod.SUMMER_HOLIDAYS: (_SUMMER,),
}


def in_year_range(day: date, first: MonthDay, last: MonthDay) -> bool:
    """Whether the day lies in a yearly range, ends included; the range may run over New Year."""
    here = (day.month, day.day)
    if first <= last:
        return first <= here <= last
    return here >= first or here <= last


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A time without sessions: a named one, a yearly range (`first`, `last`), or absolute dates.

    Exactly one of the three is given. All ends are included. Raises ValueError otherwise.
    """

    name: NamedPeriod | None = None
    first: MonthDay | None = None
    last: MonthDay | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.name is not None:
            object.__setattr__(self, "name", NamedPeriod(self.name))
        yearly, absolute = (self.first, self.last), (self.start, self.end)
        if [self.name is not None, any(yearly), any(absolute)].count(True) != 1:
            raise ValueError("a closed period is named, yearly or absolute: exactly one")
        if (any(yearly) and not all(yearly)) or (any(absolute) and not all(absolute)):
            raise ValueError("a closed period needs both ends")
        for end in yearly:
            check_month_day(end)
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"closed period ends ({self.end}) before it starts ({self.start})")

    def covers(self, day: date) -> bool:
        if self.start and self.end:
            return self.start <= day <= self.end
        if self.first and self.last:
            return in_year_range(day, self.first, self.last)
        ranges = NAMED_RANGES[self.name] if self.name else ()
        return any(in_year_range(day, first, last) for first, last in ranges)

    def to_dict(self) -> dict:
        if self.name:
            return {"name": self.name.value}
        if self.first and self.last:
            return {"first": list(self.first), "last": list(self.last)}
        return {name: day.isoformat() for name, day in (("start", self.start), ("end", self.end)) if day}

    @classmethod
    def from_dict(cls, data: dict) -> "ClosedPeriod":
        if "name" in data:
            return cls(name=NamedPeriod(data["name"]))
        if "first" in data:
            return cls(first=month_day(data["first"]), last=month_day(data["last"]))
        return cls(start=date.fromisoformat(data["start"]), end=date.fromisoformat(data["end"]))


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, ends included: with its own times, or the only time when sessions are held."""

    first: MonthDay
    last: MonthDay
    slots: tuple[Slot, ...] = ()
    only: bool = False

    def __post_init__(self) -> None:
        check_month_day(self.first)
        check_month_day(self.last)
        if not self.slots and not self.only:
            raise ValueError("a season either has its own times or is the only time of sessions")

    def covers(self, day: date) -> bool:
        return in_year_range(day, self.first, self.last)

    def to_dict(self) -> dict:
        return {
            "first": list(self.first),
            "last": list(self.last),
            "slots": [slot.to_list() for slot in self.slots],
            "only": self.only,
        }

    @classmethod
    def from_dict(cls, data: dict) -> "Season":
        slots = tuple(Slot.from_list(slot) for slot in data.get("slots", ()))
        return cls(month_day(data["first"]), month_day(data["last"]), slots, data.get("only", False))


def month_day(value: list[int]) -> MonthDay:
    """`[8, 13]` → `(8, 13)`. Raises ValueError for anything else."""
    month, day = value
    check_month_day((month, day))
    return month, day


def check_month_day(value: MonthDay | None) -> None:
    """Raise ValueError when no year has this day (2/29 is allowed)."""
    if value is not None:
        date(2024, *value)
