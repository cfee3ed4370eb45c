"""The month on the page of an entry. No database."""

from __future__ import annotations

from datetime import date

import pytest

from directory.choices import OccurrenceStatus
from directory.models import Occurrence
from directory.month_calendar import asked_month, month_of

TODAY, LAST = date(2026, 11, 20), date(2027, 12, 21)


def _cells(month, **kwargs):
    return {cell.day: cell for week in month.weeks for cell in week if cell}


def test_a_month_begins_on_sunday_and_leaves_other_months_out():
    month = month_of(date(2026, 12, 5), [], today=TODAY, last=LAST)
    assert [cell and cell.day.day for cell in month.weeks[0]] == [None, None, 1, 2, 3, 4, 5]
    assert len(_cells(month)) == 31
    assert not month.has_dates


def test_days_say_in_words_what_their_colour_says():
    dates = [
        Occurrence(date=date(2026, 12, 4)),
        Occurrence(date=date(2026, 12, 11), status=OccurrenceStatus.CANCELLED),
    ]
    cells = _cells(month_of(date(2026, 12, 1), dates, today=TODAY, last=LAST))
    assert cells[date(2026, 12, 4)].label == "開催日"
    assert cells[date(2026, 12, 11)].label == "中止"
    assert cells[date(2026, 12, 11)].is_off
    assert cells[date(2026, 12, 5)].label == ""


def test_one_session_of_two_called_off_leaves_the_day_open():
    dates = [
        Occurrence(date=date(2026, 12, 4), status=OccurrenceStatus.CANCELLED),
        Occurrence(date=date(2026, 12, 4)),
    ]
    assert _cells(month_of(date(2026, 12, 1), dates, today=TODAY, last=LAST))[date(2026, 12, 4)].is_open


def test_holidays_are_red_like_sundays():
    cells = _cells(month_of(date(2026, 11, 1), [], today=TODAY, last=LAST))
    assert cells[date(2026, 11, 3)].is_sunday  # 文化の日, a Tuesday
    assert not cells[date(2026, 11, 4)].is_sunday
    assert cells[date(2026, 11, 20)].is_today


def test_turning_ends_where_knowledge_ends():
    first = month_of(date(2026, 11, 1), [], today=TODAY, last=LAST)
    assert (first.previous, first.next) == (None, date(2026, 12, 1))
    final = month_of(date(2027, 12, 1), [], today=TODAY, last=LAST)
    assert (final.previous, final.next) == (date(2027, 11, 1), None)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-12", date(2026, 12, 1)),
        ("２０２６-１２", date(2026, 12, 1)),
        ("2026-1", date(2026, 11, 1)),
        ("9999-12", date(2027, 12, 1)),
        ("0001-01", date(2026, 11, 1)),
        ("2026-13", None),
        ("0000-01", None),
        ("december", None),
        ("2026-12-01", None),
        ("\x00", None),
    ],
)
def test_a_month_asked_for_is_kept_within_what_is_known(typed: str, month: date | None):
    assert asked_month(typed, TODAY, LAST) == month
