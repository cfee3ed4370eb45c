"""Between a timetable and the boxes a person ticks: pure, both ways.

`spec_from_choices` takes the cleaned values of the form, `choices_from_spec` gives them back, or None for a rule the
boxes cannot say (seasons with other times, times per rule …): such a rule stays as it is until somebody rewrites it.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from .schedules.periods import ClosedPeriod, NamedPeriod
from .schedules.rules import Frequency, Rule, Slot
from .schedules.spec import HolidayPolicy, Kind, ScheduleSpec

#: Times a day the form has boxes for.
SLOT_COUNT = 3

#: Answers to 「いつ開きますか」 that make a rule, and those that are a kind of their own.
WEEKLY, NTH, EVERY_N_WEEKS, MONTHDAYS, DATES = "weekly", "nth", "every_n_weeks", "monthdays", "dates"
_PLAIN_KINDS = {
    "appointment": Kind.APPOINTMENT,
    "irregular": Kind.IRREGULAR,
    "always": Kind.ALWAYS,
}


class IncompleteChoices(ValueError):
    """Something is missing or does not fit; `field` says where, the message what to do (Japanese)."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def spec_from_choices(values: dict[str, Any]) -> ScheduleSpec:
    """The timetable that the boxes say. Raises `IncompleteChoices`."""
    how = values.get("how") or ""
    if not how:
        raise IncompleteChoices("how", _("いつ開くかを選んでください。"))
    shared: dict[str, Any] = {"slots": _slots(values), "note": values.get("spec_note", "")}
    if how in _PLAIN_KINDS:
        return ScheduleSpec(kind=_PLAIN_KINDS[how], **shared)
    if how == DATES:
        return ScheduleSpec(kind=Kind.DATES, dates=tuple(_needed(values, "dates")), **shared)
    return ScheduleSpec(
        kind=Kind.REGULAR,
        rules=(_rule(how, values),),
        holidays=values.get("holidays") or HolidayPolicy.UNKNOWN,
        closed=_closed(values),
        starts_on=values.get("starts_on"),
        until=_until(values),
        anchor=values.get("anchor") if how == EVERY_N_WEEKS else None,
        **shared,
    )


def _rule(how: str, values: dict[str, Any]) -> Rule:
    months = tuple(values.get("months") or ())
    if how == MONTHDAYS:
        return Rule(Frequency.MONTHLY, monthdays=tuple(_needed(values, "monthdays")), bymonth=months)
    weekdays = tuple(_needed(values, "weekdays"))
    if how == NTH:
        nth = tuple((ordinal, day) for ordinal in _needed(values, "ordinals") for day in weekdays)
        return Rule(Frequency.MONTHLY, nth=nth, bymonth=months)
    if how == EVERY_N_WEEKS:
        return Rule(Frequency.WEEKLY, weekdays=weekdays, interval=values.get("interval") or 2)
    return Rule(Frequency.WEEKLY, weekdays=weekdays, bymonth=months)


_MISSING = {
    "weekdays": lambda: _("曜日を選んでください。"),
    "ordinals": lambda: _("第何週かを選んでください。"),
    "monthdays": lambda: _("何日かを入力してください。例:15、29、末日"),
    "dates": lambda: _("日にちを1行に1つ入力してください。例:2026年12月5日"),
}


def _needed(values: dict[str, Any], field: str) -> Any:
    if not values.get(field):
        raise IncompleteChoices(field, _MISSING[field]())
    return values[field]


def _slots(values: dict[str, Any]) -> tuple[Slot, ...]:
    found = []
    for number in range(1, SLOT_COUNT + 1):
        start, end = values.get(f"start_{number}"), values.get(f"end_{number}")
        if end and not start:
            raise IncompleteChoices(f"start_{number}", _("はじまりの時刻を入力してください。"))
        if start and end and end <= start:
            raise IncompleteChoices(f"end_{number}", _("おわりは、はじまりより後の時刻にしてください。"))
        if start:
            found.append(Slot(start, end))
    return tuple(found)


def _closed(values: dict[str, Any]) -> tuple[ClosedPeriod, ...]:
    periods = [ClosedPeriod(name=NamedPeriod(name)) for name in values.get("closed") or ()]
    first: Any = values.get("closed_from")
    last: Any = values.get("closed_to")
    if first or last:
        start, end = first or last, last or first
        if end < start:
            raise IncompleteChoices("closed_to", _("休みのおわりは、はじめの日より後にしてください。"))
        periods.append(ClosedPeriod(start=start, end=end))
    return tuple(periods)


def _until(values: dict[str, Any]) -> date | None:
    starts_on, until = values.get("starts_on"), values.get("until")
    if starts_on and until and until < starts_on:
        raise IncompleteChoices("until", _("おわりの日は、はじめの日より後にしてください。"))
    return until


def choices_from_spec(spec: ScheduleSpec) -> dict[str, Any] | None:
    """The boxes that say `spec`; None when they cannot say all of it."""
    values = _choices(spec)
    if values is None:
        return None
    try:
        return values if spec_from_choices(values) == spec else None
    except ValueError:
        return None


def _choices(spec: ScheduleSpec) -> dict[str, Any] | None:
    if len(spec.rules) > 1 or len(spec.slots) > SLOT_COUNT:
        return None
    how = _how(spec)
    if how is None:
        return None
    values: dict[str, Any] = {
        "how": how,
        "holidays": spec.holidays.value,
        "starts_on": spec.starts_on,
        "until": spec.until,
        "anchor": spec.anchor,
        "dates": list(spec.dates),
        "spec_note": spec.note,
        **_slot_boxes(spec.slots),
        **_closed_boxes(spec.closed),
    }
    for rule in spec.rules:
        values |= _rule_boxes(rule)
    return values


def _how(spec: ScheduleSpec) -> str | None:
    plain = {kind: how for how, kind in _PLAIN_KINDS.items()}
    if spec.kind in plain:
        return plain[spec.kind]
    if spec.kind == Kind.DATES:
        return DATES
    if not spec.rules:
        return None
    (rule,) = spec.rules
    if rule.monthdays:
        return MONTHDAYS
    if rule.nth:
        return NTH
    return EVERY_N_WEEKS if rule.interval > 1 else WEEKLY


def _rule_boxes(rule: Rule) -> dict[str, Any]:
    days = rule.weekdays or tuple(day for _ordinal, day in rule.nth)
    return {
        "weekdays": sorted(set(days)),
        "ordinals": sorted({ordinal for ordinal, _day in rule.nth}, key=lambda n: n if n > 0 else 99),
        "monthdays": list(rule.monthdays),
        "months": list(rule.bymonth),
        "interval": rule.interval if rule.interval > 1 else 2,
    }


def _slot_boxes(slots: tuple[Slot, ...]) -> dict[str, time | None]:
    boxes: dict[str, time | None] = {}
    for number, slot in enumerate(slots, start=1):
        boxes |= {f"start_{number}": slot.start, f"end_{number}": slot.end}
    return boxes


def _closed_boxes(periods: tuple[ClosedPeriod, ...]) -> dict[str, Any]:
    boxes: dict[str, Any] = {"closed": [period.name.value for period in periods if period.name]}
    for period in periods:
        if period.start:
            boxes |= {"closed_from": period.start, "closed_to": period.end}
    return boxes
