"""Rules, their RRULE text and the stored form of a schedule."""

import json
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedules import (
    ClosedPeriod,
    DateChange,
    Frequency,
    Kind,
    Rule,
    RuleOutsideSubset,
    ScheduleSpec,
    Season,
    Slot,
    describe,
    holiday_name,
    monthly,
    monthly_on,
    parse,
    weekly,
)
from directory.schedules.rules import merge

from .strategies import rules, specs


@given(rules)
def test_rule_survives_its_rrule_text(rule):
    assert Rule.from_rrule(rule.to_rrule()) == rule
    assert Rule.from_rrule(f"RRULE:{rule.to_rrule()}") == rule


@given(specs)
def test_schedule_survives_json(spec):
    assert ScheduleSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


@given(specs)
@settings(max_examples=400, deadline=None)
def test_schedule_survives_its_japanese_text(spec):
    found = parse(describe(spec), date(2026, 11, 21)).spec
    assert (found.rules, found.slots, found.holidays) == (spec.rules, spec.slots, spec.holidays)
    assert set(found.closed) == set(spec.closed)


def test_schedule_with_every_field_survives_json():
    spec = ScheduleSpec(
        Kind.REGULAR,
        rules=(monthly((2, 3), slots=(Slot(time(9)),)), weekly(1, interval=2)),
        dates=(date(2026, 12, 5),),
        slots=(Slot(time(10), time(12)),),
        closed=(ClosedPeriod(start=date(2026, 8, 1), end=date(2026, 8, 3)),),
        seasons=(Season((4, 1), (9, 30), only=True),),
        starts_on=date(2026, 4, 1),
        until=date(2027, 3, 31),
        anchor=date(2026, 4, 7),
        note="原則",
    )
    assert ScheduleSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "sometimes"},
        {"rules": [{"rrule": "FREQ=YEARLY"}]},
        {"rules": ["FREQ=WEEKLY;BYDAY=MO"]},
        {"slots": [["12:00", "10:00"]]},
        {"slots": "x"},
        {"dates": ["tomorrow"]},
        {"kind": "regular"},
        {"colour": "red"},
        {"closed": [{"first": [2, 30], "last": [3, 1]}]},
        {"until": "2026-01-01", "starts_on": "2026-02-01"},
    ],
)
def test_stored_data_that_is_no_schedule_is_refused_by_value_error(data):
    with pytest.raises(ValueError):
        ScheduleSpec.from_dict(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=-2MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=1FR",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=3",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=MO;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=1;INTERVAL=2",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=DAILY;BYDAY=MO",
    ],
)
def test_rule_outside_the_subset_is_refused_by_name(text):
    with pytest.raises(RuleOutsideSubset):
        Rule.from_rrule(text)


@given(st.text(max_size=40))
def test_any_text_as_rrule_is_read_or_refused(text):
    with suppress(RuleOutsideSubset):
        Rule.from_rrule("FREQ=MONTHLY;BYDAY=" + text)


def test_daily_is_every_weekday():
    assert Rule.from_rrule("FREQ=DAILY") == weekly(*range(7))


def test_equal_rules_compare_equal_however_written():
    assert monthly((4, 3), (2, 3)) == monthly((2, 3), (4, 3), (2, 3))
    assert monthly((-1, 4), (1, 4)).to_rrule() == "FREQ=MONTHLY;BYDAY=1FR,-1FR"


def test_rules_that_differ_in_their_days_only_merge():
    assert merge([monthly((2, 6)), monthly((4, 5))]) == (monthly((2, 6), (4, 5)),)
    assert len(merge([monthly((2, 6)), monthly_on(15), weekly(1)])) == 3


def test_rule_needs_exactly_one_kind_of_day():
    with pytest.raises(RuleOutsideSubset):
        Rule(Frequency.MONTHLY, nth=((1, 1),), monthdays=(1,))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Slot(time(12), time(10)),
        lambda: ClosedPeriod(),
        lambda: ClosedPeriod(first=(1, 1)),
        lambda: Season((1, 1), (2, 1)),
        lambda: DateChange(date(2026, 1, 1), "move"),
    ],
)
def test_parts_without_sense_are_refused(build):
    with pytest.raises(ValueError):
        build()


def test_holidays_have_names_and_other_days_none():
    assert holiday_name(date(2026, 11, 3)) == "文化の日"
    assert "振替休日" in holiday_name(date(2026, 5, 6))
    assert holiday_name(date(2026, 11, 4)) is None
    assert holiday_name(date(9999, 1, 1)) is None
