"""The days that follow from a schedule: calendar corners, holidays, closures, single changes."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedules import (
    ClosedPeriod,
    DateChange,
    HolidayPolicy,
    Kind,
    NamedPeriod,
    ScheduleSpec,
    Season,
    Slot,
    Status,
    monthly,
    monthly_on,
    next_dates,
    occurrences,
    weekly,
)

from .strategies import rules

MORNING, EVENING = Slot(time(10), time(12)), Slot(time(18), time(20))


def regular(*its_rules, **options) -> ScheduleSpec:
    return ScheduleSpec(Kind.REGULAR, rules=its_rules, **options)


def days(spec, start, end, changes=()) -> list[date]:
    return [item.date for item in occurrences(spec, start, end, changes) if item.status != Status.CANCELLED]


def test_fifth_week_exists_only_in_months_that_have_one():
    found = days(regular(monthly((5, 3))), date(2026, 1, 1), date(2026, 12, 31))
    assert [(day.month, day.day) for day in found] == [(1, 29), (4, 30), (7, 30), (10, 29), (12, 31)]


def test_month_without_a_31st_is_skipped_and_the_last_day_is_not():
    start, end = date(2027, 1, 1), date(2027, 4, 30)
    assert days(regular(monthly_on(31)), start, end) == [date(2027, 1, 31), date(2027, 3, 31)]
    last_days = [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert days(regular(monthly_on(-1)), start, end) == last_days


def test_leap_day_is_held_in_leap_years_only():
    assert next_dates(regular(monthly_on(29, bymonth=(2,))), date(2026, 3, 1), 2) == [
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]


def test_last_friday_is_the_fifth_where_there_is_one():
    assert days(regular(monthly((-1, 4))), date(2026, 10, 1), date(2026, 11, 30)) == [
        date(2026, 10, 30),
        date(2026, 11, 27),
    ]


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(date(2026, 5, 6), 2), (date(2026, 9, 22), 1), (date(2026, 11, 23), 0), (date(2027, 3, 22), 0)],
    ids=["振替休日", "国民の休日", "勤労感謝の日", "春分の日の振替休日"],
)
def test_closed_on_holidays_means_no_session_on_substitute_holidays_too(day, weekday):
    assert days(regular(weekly(weekday), holidays=HolidayPolicy.OFF), day, day) == []
    assert days(regular(weekly(weekday), holidays=HolidayPolicy.ON), day, day) == [day]


def test_holiday_with_unknown_policy_is_marked_uncertain_with_its_name():
    (session,) = occurrences(regular(weekly(0)), date(2026, 11, 23), date(2026, 11, 23))
    assert session.uncertain
    assert session.reason == "勤労感謝の日"


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        (HolidayPolicy.NEXT_DAY, date(2026, 5, 7)),
        (HolidayPolicy.PREVIOUS_DAY, date(2026, 5, 2)),
        (HolidayPolicy.NEXT_WEEK, date(2026, 5, 11)),
        (HolidayPolicy.PREVIOUS_WEEK, date(2026, 4, 27)),
    ],
)
def test_session_on_a_golden_week_holiday_moves_to_the_first_day_that_is_none(policy, day):
    spec = regular(monthly((1, 0)), holidays=policy)  # 4 May 2026 is みどりの日, 3 to 6 May are holidays
    (session,) = occurrences(spec, date(2026, 4, 20), date(2026, 5, 20))
    assert (session.date, session.status, session.moved_from) == (day, Status.MOVED, date(2026, 5, 4))


def test_session_moved_into_the_window_is_found_and_one_moved_out_is_not():
    spec = regular(monthly((1, 0)), holidays=HolidayPolicy.NEXT_WEEK)
    assert days(spec, date(2026, 5, 11), date(2026, 5, 11)) == [date(2026, 5, 11)]
    assert days(spec, date(2026, 5, 4), date(2026, 5, 4)) == []


def test_session_moved_onto_a_regular_one_is_not_held_twice():
    spec = regular(weekly(0, 1), holidays=HolidayPolicy.NEXT_DAY)
    (session,) = occurrences(spec, date(2026, 11, 23), date(2026, 11, 24))
    assert (session.date, session.status) == (date(2026, 11, 24), Status.SCHEDULED)


def test_nothing_is_held_between_29_december_and_3_january():
    spec = regular(
        weekly(*range(7)), closed=(ClosedPeriod(name=NamedPeriod.NEW_YEAR),), holidays=HolidayPolicy.ON
    )
    assert days(spec, date(2026, 12, 28), date(2027, 1, 4)) == [date(2026, 12, 28), date(2027, 1, 4)]


def test_absolute_closed_period_ends_on_its_last_day():
    closed = ClosedPeriod(start=date(2026, 12, 1), end=date(2026, 12, 3))
    spec = regular(weekly(*range(7)), closed=(closed,))
    assert days(spec, date(2026, 11, 30), date(2026, 12, 4)) == [date(2026, 11, 30), date(2026, 12, 4)]


def test_fortnight_without_a_known_first_day_invents_no_dates():
    spec = regular(weekly(5, interval=2))
    assert not spec.is_dated
    assert occurrences(spec, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_fortnight_counts_from_its_anchor_and_has_nothing_before():
    spec = regular(weekly(5, interval=2), anchor=date(2026, 11, 14))
    assert days(spec, date(2026, 10, 1), date(2026, 12, 15)) == [
        date(2026, 11, 14),
        date(2026, 11, 28),
        date(2026, 12, 12),
    ]


def test_schedule_holds_from_its_first_to_its_last_day():
    spec = regular(weekly(5), starts_on=date(2026, 11, 14), until=date(2026, 11, 28))
    assert days(spec, date(2026, 1, 1), date(2027, 1, 1)) == [
        date(2026, 11, 14),
        date(2026, 11, 21),
        date(2026, 11, 28),
    ]


def test_season_has_its_own_times():
    spec = regular(weekly(5), slots=(MORNING,), seasons=(Season((7, 1), (9, 30), slots=(EVENING,)),))
    summer, autumn = occurrences(spec, date(2026, 9, 26), date(2026, 10, 3))
    assert (summer.start, autumn.start) == (time(18), time(10))


def test_seasonal_schedule_rests_outside_its_season_even_over_new_year():
    spec = regular(monthly_on(1), seasons=(Season((11, 15), (2, 15), only=True),))
    assert [day.month for day in days(spec, date(2026, 9, 1), date(2027, 4, 1))] == [12, 1, 2]


def test_several_slots_and_rules_with_their_own_times_are_in_order():
    spec = regular(monthly((2, 1), slots=(EVENING,)), monthly((2, 2)), slots=(MORNING, EVENING))
    found = occurrences(spec, date(2026, 12, 1), date(2026, 12, 31))
    assert [(item.date.day, item.start, item.slot_index) for item in found] == [
        (8, time(18), 0),
        (9, time(10), 0),
        (9, time(18), 1),
    ]


def test_explicit_dates_are_held_even_on_holidays():
    spec = ScheduleSpec(Kind.DATES, dates=(date(2026, 11, 23),), holidays=HolidayPolicy.OFF)
    assert days(spec, date(2026, 11, 1), date(2026, 11, 30)) == [date(2026, 11, 23)]


def test_cancelled_date_stays_visible_with_its_reason_but_is_no_next_date():
    spec = regular(weekly(5), slots=(MORNING,))
    change = DateChange(date(2026, 11, 21), "cancel", reason="会場の都合")
    (session,) = occurrences(spec, date(2026, 11, 21), date(2026, 11, 21), [change])
    assert (session.status, session.reason) == (Status.CANCELLED, "会場の都合")
    assert next_dates(spec, date(2026, 11, 21), 1, [change]) == [date(2026, 11, 28)]


def test_only_the_cancelled_slot_of_a_day_is_cancelled():
    spec = regular(weekly(5), slots=(MORNING, EVENING))
    change = DateChange(date(2026, 11, 21), "cancel", slots=(EVENING,))
    found = occurrences(spec, date(2026, 11, 21), date(2026, 11, 21), [change])
    assert [item.status for item in found] == [Status.SCHEDULED, Status.CANCELLED]


def test_moved_date_keeps_its_times_and_says_where_it_came_from():
    spec = regular(weekly(5), slots=(MORNING,))
    change = DateChange(date(2026, 11, 21), "move", new_date=date(2026, 11, 23))
    found = occurrences(spec, date(2026, 11, 20), date(2026, 11, 27), [change])
    assert [(item.date, item.start, item.status, item.moved_from) for item in found] == [
        (date(2026, 11, 23), time(10), Status.MOVED, date(2026, 11, 21))
    ]


def test_date_moved_in_from_outside_the_window_is_found():
    spec = regular(weekly(5), slots=(MORNING,))
    change = DateChange(date(2026, 11, 21), "move", new_date=date(2026, 12, 1))
    (session,) = occurrences(spec, date(2026, 12, 1), date(2026, 12, 1), [change])
    assert session.start == time(10)


def test_move_without_a_new_date_changes_the_times_only():
    spec = regular(weekly(5), slots=(MORNING,))
    change = DateChange(date(2026, 11, 21), "move", slots=(EVENING,))
    (session,) = occurrences(spec, date(2026, 11, 21), date(2026, 11, 21), [change])
    assert (session.date, session.start) == (date(2026, 11, 21), time(18))


def test_added_date_is_held_even_without_any_rule():
    change = DateChange(date(2026, 11, 25), "add", slots=(MORNING,), reason="臨時")
    (session,) = occurrences(ScheduleSpec(Kind.IRREGULAR), date(2026, 11, 1), date(2026, 11, 30), [change])
    assert (session.status, session.reason) == (Status.ADDED, "臨時")


def test_next_dates_include_the_day_itself_and_far_explicit_dates():
    assert next_dates(regular(weekly(5)), date(2026, 11, 21), 1) == [date(2026, 11, 21)]
    spec = ScheduleSpec(Kind.DATES, dates=(date(2027, 6, 14),))
    assert next_dates(spec, date(2026, 11, 21), 6) == [date(2027, 6, 14)]


def test_ends_of_the_calendar_are_no_error():
    spec = regular(weekly(*range(7)), holidays=HolidayPolicy.NEXT_WEEK)
    assert days(spec, date.max - timedelta(days=1), date.max)[-1] == date.max
    assert days(spec, date.min, date.min) == [date.min]
    assert next_dates(spec, date.max, 6) == [date.max]


def test_span_without_sense_is_refused():
    with pytest.raises(ValueError, match="longer"):
        occurrences(regular(weekly(5)), date.min, date.max)


@given(
    rule=rules,
    start=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    anchor=st.dates(date(2019, 1, 1), date(2036, 1, 1)),
)
@settings(max_examples=300, deadline=None)
def test_days_are_those_of_dateutil(rule, start, anchor):
    end = start + timedelta(days=400)
    spec = regular(rule, anchor=anchor, holidays=HolidayPolicy.ON)
    origin = anchor if rule.interval > 1 else start
    reference = rrulestr(f"DTSTART:{origin:%Y%m%d}T000000\nRRULE:{rule.to_rrule()}")
    expected = {found.date() for found in reference.between(_midnight(start), _midnight(end), inc=True)}
    assert set(days(spec, start, end)) == expected


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
