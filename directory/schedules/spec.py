"""Everything known about when something is held, as one immutable value that can be stored as JSON."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from .periods import ClosedPeriod, Season
from .rules import Rule, Slot, in_order

MAX_DATES = 400
Day = date  # inside a class with a field `date` the type needs another name


class Kind(StrEnum):
    REGULAR = "regular"
    DATES = "dates"
    APPOINTMENT = "appointment"
    IRREGULAR = "irregular"
    ALWAYS = "always"
    UNKNOWN = "unknown"


class HolidayPolicy(StrEnum):
    """What happens when a session falls on a 国民の祝日 (振替休日 and 国民の休日 included)."""

    UNKNOWN = "unknown"
    OFF = "off"
    ON = "on"
    NEXT_DAY = "next_day"
    PREVIOUS_DAY = "previous_day"
    NEXT_WEEK = "next_week"
    PREVIOUS_WEEK = "previous_week"

    @property
    def summary(self) -> str:
        """`off`, `on`, `moved` or `unknown`: the word used in exchanged JSON."""
        return "moved" if self in MOVING_POLICIES else self.value


MOVING_POLICIES = {
    HolidayPolicy.NEXT_DAY: 1,
    HolidayPolicy.PREVIOUS_DAY: -1,
    HolidayPolicy.NEXT_WEEK: 7,
    HolidayPolicy.PREVIOUS_WEEK: -7,
}


class ChangeAction(StrEnum):
    CANCEL = "cancel"
    MOVE = "move"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class DateChange:
    """One date that differs from the rule.

    CANCEL: nothing on `date` (only the given `slots`, when there are any). MOVE: what is on `date` happens
    on `new_date` (None: the same day) at `slots` (empty: the same times). ADD: an extra session on `date`.
    """

    date: date
    action: ChangeAction
    new_date: Day | None = None
    slots: tuple[Slot, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "action", ChangeAction(self.action))
        if self.action == ChangeAction.MOVE and self.new_date is None and not self.slots:
            raise ValueError("a move needs a new date or new times")


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When something is held. Dates follow from it alone; see `occurrences.occurrences`.

    `slots` are the times of all rules and dates that have none of their own. `anchor` is a day on which a
    rhythm of every n weeks or months certainly holds; `starts_on` serves when it is missing.
    `note` is for people (原則, 要問合せ …) and never changes a date.
    """

    kind: Kind = Kind.UNKNOWN
    rules: tuple[Rule, ...] = ()
    dates: tuple[date, ...] = ()
    slots: tuple[Slot, ...] = ()
    holidays: HolidayPolicy = HolidayPolicy.UNKNOWN
    closed: tuple[ClosedPeriod, ...] = ()
    seasons: tuple[Season, ...] = ()
    starts_on: date | None = None
    until: date | None = None
    anchor: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "holidays", HolidayPolicy(self.holidays))
        object.__setattr__(self, "dates", tuple(sorted(set(self.dates))))
        object.__setattr__(self, "slots", in_order(self.slots))
        if len(self.dates) > MAX_DATES:
            raise ValueError(f"more than {MAX_DATES} dates")
        if self.kind == Kind.REGULAR and not self.rules:
            raise ValueError("a regular schedule needs a rule")
        if self.kind == Kind.DATES and not self.dates:
            raise ValueError("a schedule by dates needs a date")
        if self.starts_on and self.until and self.until < self.starts_on:
            raise ValueError(f"schedule ends ({self.until}) before it starts ({self.starts_on})")

    @property
    def rhythm_start(self) -> date | None:
        """The day from which every n weeks or months is counted."""
        return self.anchor or self.starts_on

    @property
    def is_dated(self) -> bool:
        """Whether every rule gives dates. False for 隔週 without a known first day: none are invented."""
        if any(rule.interval > 1 for rule in self.rules) and self.rhythm_start is None:
            return False
        return bool(self.rules or self.dates)

    @property
    def all_slots(self) -> tuple[Slot, ...]:
        """Times of the spec and of its rules, in order, each once."""
        own = [slot for rule in self.rules for slot in rule.slots]
        return in_order((*self.slots, *own))

    def to_dict(self) -> dict:
        """A JSON-safe dictionary; `from_dict(to_dict(spec)) == spec`. Empty fields are left out."""
        data: dict = {"kind": self.kind.value, "holidays": self.holidays.value}
        data["rules"] = [
            {"rrule": rule.to_rrule(), "slots": [slot.to_list() for slot in rule.slots]}
            for rule in self.rules
        ]
        data["dates"] = [day.isoformat() for day in self.dates]
        data["slots"] = [slot.to_list() for slot in self.slots]
        data["closed"] = [period.to_dict() for period in self.closed]
        data["seasons"] = [season.to_dict() for season in self.seasons]
        for name in ("starts_on", "until", "anchor"):
            day = getattr(self, name)
            data[name] = day.isoformat() if day else None
        data["note"] = self.note
        return {key: value for key, value in data.items() if value}

    @classmethod
    def from_dict(cls, data: dict) -> "ScheduleSpec":
        """Raises ValueError for a dictionary that is not a schedule."""
        unknown = set(data) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown schedule fields: {', '.join(sorted(map(str, unknown)))}")
        try:
            return cls(
                kind=data.get("kind", Kind.UNKNOWN),
                rules=tuple(_rule(item) for item in data.get("rules", ())),
                dates=tuple(date.fromisoformat(day) for day in data.get("dates", ())),
                slots=tuple(Slot.from_list(slot) for slot in data.get("slots", ())),
                holidays=data.get("holidays", HolidayPolicy.UNKNOWN),
                closed=tuple(ClosedPeriod.from_dict(item) for item in data.get("closed", ())),
                seasons=tuple(Season.from_dict(item) for item in data.get("seasons", ())),
                starts_on=_date(data.get("starts_on")),
                until=_date(data.get("until")),
                anchor=_date(data.get("anchor")),
                note=data.get("note", ""),
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not a schedule: {error}") from error


def _rule(item: dict) -> Rule:
    rule = Rule.from_rrule(item["rrule"])
    slots = tuple(Slot.from_list(slot) for slot in item.get("slots", ()))
    return Rule(rule.freq, rule.weekdays, rule.nth, rule.monthdays, rule.interval, rule.bymonth, slots)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
