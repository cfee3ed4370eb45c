from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.understanding.days import day_words

SATURDAY = date(2026, 11, 21)


def meant(text, today=SATURDAY):
    return [(text[found.start : found.end], found.first, found.last) for found in day_words(text, today)]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("今日", SATURDAY, SATURDAY),
        ("明日", date(2026, 11, 22), date(2026, 11, 22)),
        ("あさって", date(2026, 11, 23), date(2026, 11, 23)),
        ("今週", SATURDAY, date(2026, 11, 22)),
        ("今週末", SATURDAY, date(2026, 11, 22)),
        ("来週", date(2026, 11, 23), date(2026, 11, 29)),
        ("来週末", date(2026, 11, 28), date(2026, 11, 29)),
        ("来週の土曜", date(2026, 11, 28), date(2026, 11, 28)),
        ("来週 土曜日", date(2026, 11, 28), date(2026, 11, 28)),
        ("今度の土曜", date(2026, 11, 28), date(2026, 11, 28)),
        ("次の日曜日", date(2026, 11, 22), date(2026, 11, 22)),
        ("今月", SATURDAY, date(2026, 11, 30)),
        ("来月", date(2026, 12, 1), date(2026, 12, 31)),
        ("12月", date(2026, 12, 1), date(2026, 12, 31)),
        ("12月3日", date(2026, 12, 3), date(2026, 12, 3)),
        ("12/3", date(2026, 12, 3), date(2026, 12, 3)),
        ("2027年1月5日", date(2027, 1, 5), date(2027, 1, 5)),
        ("12月3日(木)", date(2026, 12, 3), date(2026, 12, 3)),
        ("3日", date(2026, 12, 3), date(2026, 12, 3)),
        ("25日", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_words_for_days_mean_days(typed, first, last):
    assert meant(typed) == [(typed, first, last)]


def test_a_day_that_is_over_is_the_next_of_its_name():
    assert meant("1月5日") == [("1月5日", date(2027, 1, 5), date(2027, 1, 5))]
    assert meant("2月29日") == [("2月29日", date(2028, 2, 29), date(2028, 2, 29))]
    assert meant("31日", date(2026, 11, 21)) == [("31日", date(2026, 12, 31), date(2026, 12, 31))]


@pytest.mark.parametrize(
    "typed",
    [
        "3日間",
        "3日前",
        "週3日",
        "月3日",
        "毎月3日",
        "第3日曜",
        "木曜日",
        "13/40",
        "2月30日",
        "今週の月曜",
        "2日に1回",
    ],
)
def test_other_uses_of_the_same_signs_mean_no_day(typed):
    assert meant(typed) == []


def test_a_weekday_of_a_week_is_remembered():
    assert [found.weekdays for found in day_words("来週の土曜 今週末 明日", SATURDAY)] == [(5,), (5, 6), ()]


@given(
    st.text("今明日来週末月火水土曜の度次0123456789/年 (木)あさって", max_size=20),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_days_never_lie_in_the_past_unless_a_year_is_given_and_never_overlap(text, today):
    found = day_words(text, today)
    assert all(words.first <= words.last for words in found)
    assert all(words.last >= today or "年" in text or "20" in text for words in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)))
def test_this_and_next_week_follow_each_other_without_a_gap(today):
    ((_, _, last),) = meant("今週", today)
    ((_, first, _),) = meant("来週", today)
    assert first == last + timedelta(days=1)
    assert first.weekday() == 0
