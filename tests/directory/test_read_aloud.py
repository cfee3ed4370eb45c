"""Text for reading aloud holds nothing but words. No database."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.read_aloud import length_announcement, spoken, spoken_clock, spoken_date, spoken_phone


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03-5432-2914", "ゼロさん、ごよんさんに、にきゅういちよん"),
        ("電話(03)5432-2914", "電話ゼロさん、ごよんさんに、にきゅういちよん"),
        ("０１２０－０００－０００", "ゼロいちにゼロ、ゼロゼロゼロ、ゼロゼロゼロ"),
        ("☎03-0000-0000", "でんわ ゼロさん、ゼロゼロゼロゼロ、ゼロゼロゼロゼロ"),
        ("〒157-0062", "ゆうびんばんごう いちごなな、ゼロゼロろくに"),
        ("10:00〜12:00", "午前10時から正午まで"),
        ("13:30～", "午後1時30分から"),
        ("13：30〜15：30まで", "午後1時30分から午後3時30分まで"),
        ("100円〜300円", "100円から300円まで"),
        ("月〜金曜日", "月から金曜日まで"),
        ("12月29日〜1月3日", "12がつ 29にち から1がつ 3かまで"),
        ("2026年12月4日(金)", "2026ねん 12がつ 4か きんようび"),
        ("令和8年5月5日(火・祝)", "れいわ8ねん 5がつ 5か かようび しゅくじつ"),
        ("2026-10-03", "2026ねん 10がつ 3か"),
        ("①お茶②話", "まる1、お茶まる2、話"),
        ("第Ⅱ部", "第ローマ数字の2、部"),
        ("㈱つなぐ", "かぶしきがいしゃ つなぐ"),
        ("火・木曜日", "火、木曜日"),
        ("1,890か所", "1890か所"),
        ("A＆B", "AアンドB"),
        ("50%", "50パーセント"),
        ("駅→会場", "駅、から、会場"),
        ("お茶🍵の会", "お茶の会"),
        ("a@example.jp", "a、アットマーク、example、ドット、jp"),
    ],
)
def test_marks_and_numbers_become_words(written: str, said: str):
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 4), "12がつ 4か きんようび"),
        (date(2026, 12, 1), "12がつ ついたち かようび"),
        (date(2026, 12, 20), "12がつ はつか にちようび"),
        (date(2026, 12, 24), "12がつ 24か もくようび"),
        (date(2026, 12, 31), "12がつ 31にち もくようび"),
    ],
)
def test_days_are_said_as_people_say_them(day: date, said: str):
    assert spoken_date(day) == said


def test_telephone_numbers_are_said_digit_by_digit():
    assert spoken_phone("03-0000-0000") == "ゼロさん、ゼロゼロゼロゼロ、ゼロゼロゼロゼロ"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "午前0時"), (12, 0, "正午"), (12, 30, "午後12時30分"), (21, 5, "午後9時5分")],
)
def test_the_clock_has_twelve_hours(hour: int, minute: int, said: str):
    assert spoken_clock(hour, minute) == said


def test_length_is_announced_with_the_time_it_takes():
    assert length_announcement("あ" * 1000) == "この文章は、約1000文字です。読み上げる時間は、約4分です。"
    assert "約1分" in length_announcement("短い")


@given(st.text(max_size=200))
def test_no_text_stops_the_voice(text: str):
    said = spoken(text)
    assert not re.search("[〜①-⑳〒㈱☎※→■●<>]", said)


def test_long_text_is_read_in_reasonable_steps():
    assert len(spoken("第2・第4木曜 13:30〜15:30 ☎03-0000-0000\n" * 500).splitlines()) == 500
