"""Reading free text: the table of a Japanese reader, and what must never happen."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedules import HolidayPolicy, Kind, ParseStatus, next_dates, parse, parse_columns
from directory.schedules.periods import ClosedPeriod, NamedPeriod

from .golden_texts import G

TODAY = date(2026, 11, 21)


def slot_texts(result) -> list[str]:
    return [f"{start}-{end or ''}" for start, end in (slot.to_list() for slot in result.slots)]


def test_the_table_of_texts_is_large_and_has_no_double_entry():
    assert len(G) >= 150
    assert len({entry[0] for entry in G}) == len(G)


@pytest.mark.parametrize(("text", "status", "rules", "slots", "holidays"), G, ids=[entry[0] for entry in G])
def test_text_is_understood_as_a_japanese_reader_does(text, status, rules, slots, holidays):
    result = parse(text, TODAY)
    assert result.status == status
    assert [rule.to_rrule() for rule in result.spec.rules] == rules
    assert slot_texts(result) == slots
    assert result.spec.holidays == holidays
    assert result.original == text


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("4/12、5/10、6/14", ["2027-04-12", "2027-05-10", "2027-06-14"]),
        ("2026年12月5日(土)", ["2026-12-05"]),
        ("令和8年12月5日(土)", ["2026-12-05"]),
        ("R8.12.5", ["2026-12-05"]),
        ("12月5日、12日、19日", ["2026-12-05", "2026-12-12", "2026-12-19"]),
        ("2026/12/5, 2027/1/9", ["2026-12-05", "2027-01-09"]),
        ("12/26、1/9", ["2026-12-26", "2027-01-09"]),
    ],
)
def test_single_dates_are_read_with_their_year(text, dates):
    result = parse(text, TODAY)
    assert result.status == ParseStatus.PARSED
    assert result.spec.kind == Kind.DATES
    assert [day.isoformat() for day in result.spec.dates] == dates


def test_date_without_a_year_that_was_just_missed_is_not_moved_to_next_year():
    result = parse("11/14", TODAY)
    assert result.status != ParseStatus.PARSED
    assert result.spec.dates == ()


def test_date_whose_weekday_does_not_agree_is_refused():
    assert parse("2026年12月5日(日)", TODAY).spec.dates == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不定期", Kind.IRREGULAR),
        ("随時", Kind.APPOINTMENT),
        ("日時は要相談", Kind.APPOINTMENT),
        ("24時間365日", Kind.ALWAYS),
        ("月1回", Kind.UNKNOWN),
    ],
)
def test_kind_of_a_schedule_without_rules(text, kind):
    assert parse(text, TODAY).spec.kind == kind


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("毎週水曜 ※8月休み", ClosedPeriod(first=(8, 1), last=(8, 31))),
        ("毎週土曜 ※12月29日〜1月3日は休み", ClosedPeriod(first=(12, 29), last=(1, 3))),
        ("毎週土曜 年末年始を除く", ClosedPeriod(name=NamedPeriod.NEW_YEAR)),
        ("毎週土曜（お盆休み）", ClosedPeriod(name=NamedPeriod.OBON)),
        ("毎週土曜（お盆期間は休み）", ClosedPeriod(name=NamedPeriod.OBON)),
    ],
)
def test_closed_times_are_read(text, closed):
    result = parse(text, TODAY)
    assert result.status == ParseStatus.PARSED
    assert result.spec.closed == (closed,)


def test_fortnight_with_a_first_day_has_dates_and_without_has_none():
    dated = parse("2026年4月4日から隔週土曜日", TODAY)
    assert next_dates(dated.spec, TODAY, 2) == [date(2026, 11, 28), date(2026, 12, 12)]
    undated = parse("隔週土曜日", TODAY)
    assert not undated.spec.is_dated
    assert next_dates(undated.spec, TODAY, 6) == []


def test_withheld_rule_is_offered_to_the_editor_but_not_in_the_schedule():
    result = parse("原則第2・4金曜日だが変動あり", TODAY)
    assert result.spec.rules == ()
    assert [rule.to_rrule() for rule in result.candidates] == ["FREQ=MONTHLY;BYDAY=2FR,4FR"]
    assert result.doubts == ("varies",)


def test_choice_between_days_is_not_even_offered():
    assert parse("毎月第3または第４木曜日", TODAY).candidates == ()


def test_words_nobody_understood_are_named():
    assert parse("毎月第三火曜日とその直後の木曜日", TODAY).leftovers == ("とその直後の",)


def test_harmless_words_are_kept_as_note():
    assert parse("原則第二・第四金曜日", TODAY).spec.note == "原則"


def test_times_of_several_days_are_kept_apart():
    result = parse("第2火曜10時、第4木曜14時", TODAY)
    assert [[slot.to_list() for slot in rule.slots] for rule in result.spec.rules] == [
        [["10:00", None]],
        [["14:00", None]],
    ]


def test_unclear_times_are_left_out_but_the_days_stay():
    result = parse("第2火曜、第4木曜 10時、第1金曜 14時", TODAY)
    assert result.status == ParseStatus.PARTIAL
    assert result.slots == ()
    assert len(result.spec.rules) == 1


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_parser_never_raises_on_any_text(text):
    result = parse(text, TODAY)
    assert result.original == text
    assert (result.status == ParseStatus.UNPARSED) <= (result.spec.rules == ())


PIECES = st.sampled_from(
    [
        *"第124・、~-木日月〜()他は",
        *(
            "火曜",
            "毎週",
            "毎月",
            "隔週",
            "最終",
            "平日",
            "毎日",
            "不定期",
            "奇数月",
            "2か月に1回",
            "月2回",
            "第5週",
        ),
        *("10時", "13:30", "15:30", "午後", "正午", "12月", "5日", "2026年", "８月", "から", "まで"),
        *("祝日", "休み", "の場合", "翌週", "または", "を除く", "年末年始"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_parser_never_raises_on_schedule_like_text(text):
    result = parse(text, TODAY)
    next_dates(result.spec, TODAY, 3)
    if result.status == ParseStatus.PARSED:
        assert result.spec.is_dated or result.spec.kind == Kind.ALWAYS


@given(*[st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=8)] * 6)
@settings(max_examples=200, deadline=None)
def test_columns_never_raise(frequency, weekday, days, start, end, remarks):
    parse_columns(frequency, weekday, days, start, end, remarks, today=TODAY)


@pytest.mark.parametrize(
    "piece",
    [
        "第",
        "第1・",
        "月",
        "1日、",
        "12月5日、",
        "10:00〜",
        "祝日・",
        "(",
        "毎週月・",
        "あ",
        "1",
        "８月",
        "、と",
        "館",
    ],
)
def test_text_of_ten_thousand_characters_is_read_like_its_beginning(piece):
    text = (piece * 10_000)[:10_000]
    assert parse(text, TODAY).spec == parse(text[:2000], TODAY).spec


def test_holiday_policy_summary_for_exchange():
    assert HolidayPolicy.NEXT_WEEK.summary == "moved"
    assert HolidayPolicy.OFF.summary == "off"
