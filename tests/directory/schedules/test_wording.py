"""Schedules in Japanese words."""

from datetime import date, time

import pytest

from directory.schedules import (
    ClosedPeriod,
    HolidayPolicy,
    Kind,
    NamedPeriod,
    ScheduleSpec,
    Season,
    Slot,
    describe,
    describe_read_aloud,
    describe_short,
    holiday_policy_choices,
    kind_choices,
    monthly,
    monthly_on,
    weekly,
)

AFTERNOON = (Slot(time(13, 30), time(15, 30)),)


def regular(*rules, **options) -> ScheduleSpec:
    return ScheduleSpec(Kind.REGULAR, rules=rules, **options)


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (regular(monthly((2, 3), (4, 3)), slots=AFTERNOON, holidays="off"), "第2・第4木曜日 13:30〜15:30(祝日は休み)"),
        (regular(weekly(1, 4), slots=(Slot(time(10), time(12)),)), "毎週火・金曜日 10:00〜12:00"),
        (regular(weekly(*range(5)), holidays="off"), "平日"),
        (regular(weekly(*range(5))), "毎週月〜金曜日"),
        (regular(weekly(*range(7)), holidays="on"), "毎日(祝日も開催)"),
        (regular(monthly_on(12)), "毎月12日"),
        (regular(monthly_on(15, -1)), "毎月15日・末日"),
        (regular(monthly((-1, 4))), "最終金曜日"),
        (regular(monthly((2, 2), bymonth=(1, 3, 5, 7, 9, 11))), "奇数月の第2水曜日"),
        (regular(monthly((2, 4), bymonth=(10, 11, 12, 1, 2, 3))), "10〜3月の第2金曜日"),
        (regular(weekly(5, interval=2)), "隔週土曜日"),
        (regular(weekly(5, interval=2), starts_on=date(2026, 4, 4)), "2026年4月4日から 隔週土曜日"),
        (regular(monthly((2, 1), interval=2)), "2か月に1回 第2火曜日"),
        (regular(monthly((2, 1)), monthly((1, 6), slots=AFTERNOON)), "第1日曜日 13:30〜15:30、第2火曜日"),
        (regular(weekly(1), holidays=HolidayPolicy.NEXT_WEEK), "毎週火曜日(祝日の場合は翌週)"),
        (regular(weekly(1), closed=(ClosedPeriod(name=NamedPeriod.NEW_YEAR),)), "毎週火曜日(年末年始は休み)"),
        (regular(weekly(1), closed=(ClosedPeriod(first=(8, 1), last=(8, 31)),)), "毎週火曜日(8月は休み)"),
        (regular(weekly(1), seasons=(Season((7, 1), (9, 30), AFTERNOON),)), "毎週火曜日(7月1日〜9月30日は13:30〜15:30)"),
        (ScheduleSpec(Kind.DATES, dates=(date(2026, 12, 5), date(2026, 12, 19), date(2027, 1, 9))),
         "2026年12月5日(土)、12月19日(土)、2027年1月9日(土)"),
        (ScheduleSpec(Kind.IRREGULAR, slots=AFTERNOON), "不定期 13:30〜15:30"),
        (ScheduleSpec(Kind.APPOINTMENT), "日時は要相談"),
        (ScheduleSpec(Kind.ALWAYS), "いつでも"),
        (ScheduleSpec(note="月1回 土曜日"), "月1回 土曜日"),
        (ScheduleSpec(), "開催日はお問い合わせください"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_schedule_is_described_in_plain_japanese(spec, text):
    assert describe(spec) == text


def test_card_shows_days_and_opening_times_only():
    spec = regular(monthly((2, 3), (4, 3)), slots=AFTERNOON, holidays="off")
    assert describe_short(spec) == "第2・第4木 13:30〜"


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (
            regular(monthly((2, 3), (4, 3)), slots=AFTERNOON, holidays="off"),
            "だい2、だい4もくようび。午後1時30分から午後3時30分まで。祝日はお休みです。",
        ),
        (
            regular(weekly(0, 2, 4), slots=(Slot(time(9), time(12)),)),
            "まいしゅうげつようび、すいようび、きんようび。午前9時から正午まで。",
        ),
        (
            regular(monthly((2, 1), slots=(Slot(time(10)),)), monthly((4, 3), slots=(Slot(time(14)),))),
            "だい2かようび、午前10時から。だい4もくようび、午後2時から。",
        ),
        (ScheduleSpec(Kind.IRREGULAR), "不定期。"),
    ],
)
def test_schedule_is_written_to_be_heard(spec, text):
    assert describe_read_aloud(spec) == text


def test_every_policy_and_kind_has_a_label_for_forms():
    assert [value for value, _label in holiday_policy_choices()] == [policy.value for policy in HolidayPolicy]
    assert [value for value, _label in kind_choices()] == [kind.value for kind in Kind]
    assert all(str(label) for _value, label in [*holiday_policy_choices(), *kind_choices()])
