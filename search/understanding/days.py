"""Days meant by words: 今日, 今週末, 来週の土曜, 12月3日, 12/3, 3日. Pure: of (text, today).

A week runs from Monday to Sunday, as a Japanese calendar of events does; a day of the past is the next one of its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Range = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DayWords:
    """Characters `start` to `end` of a text mean the days from `first` to `last`.

    `weekdays`: where the words name weekdays (来週の土曜), those (0 is Monday): what is regularly held then.
    """

    start: int
    end: int
    first: date
    last: date
    weekdays: tuple[int, ...] = ()


def day_words(text: str, today: date) -> tuple[DayWords, ...]:
    """All words for days in a text (of one width, see `tokens.prepare`), in order, not overlapping."""
    found = sorted(_all(text, today), key=lambda words: (words.start, -words.end))
    kept: list[DayWords] = []
    for words in found:
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
    return tuple(kept)


def _all(text: str, today: date) -> Iterator[DayWords]:
    for pattern, days in _RULES:
        for match in pattern.finditer(text):
            meant = days(match, today)
            if meant is not None:
                yield DayWords(match.start(), match.end(), *meant, weekdays=_weekdays(match))


def _weekdays(match: re.Match[str]) -> tuple[int, ...]:
    groups = match.groupdict()
    if groups.get("weekday"):
        return (WEEKDAYS.index(groups["weekday"]),)
    return (5, 6) if groups.get("weekend") else ()


WEEKDAYS = "月火水木金土日"
_NAMES = {
    **dict.fromkeys(("今日", "きょう", "本日", "今夜", "今晩"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "翌日"), 1),
    **dict.fromkeys(("明後日", "あさって"), 2),
    "しあさって": 3,
}
_WEEKS = {"今週": 0, "こんしゅう": 0, "来週": 1, "らいしゅう": 1, "次週": 1, "再来週": 2, "さらいしゅう": 2}
_MONTHS = {"今月": 0, "こんげつ": 0, "来月": 1, "らいげつ": 1, "再来月": 2}
_FIGURE = "[0-9]{1,2}"
# 3日間, 3日前, 月3日, 第3日曜 name no day.
_NO_DAY_BEFORE = r"(?<![0-9/.第〜~毎週年月々-])(?<!月に)(?<!週に)(?<!あと)"
_NO_DAY_AFTER = r"(?![間目前後分曜以]|おき|ごと|に[0-9])"


def _named(match: re.Match[str], today: date) -> Range:
    day = today + timedelta(days=_NAMES[match[0]])
    return day, day


def _week(match: re.Match[str], today: date) -> Range | None:
    """来週, 来週末, 来週の土曜. Of this week, what is left of it."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS[match["week"]])
    first, last = monday, monday + timedelta(days=6)
    if match["weekday"]:
        first = last = monday + timedelta(days=WEEKDAYS.index(match["weekday"]))
    elif match["weekend"]:
        first = monday + timedelta(days=5)
    return (max(first, today), last) if last >= today else None


def _coming(match: re.Match[str], today: date) -> Range:
    """今度の土曜, 次の日曜日, 今度の週末: the next one, not today."""
    if match["weekend"]:
        saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
        return saturday, saturday + timedelta(days=1)
    day = today + timedelta(days=(WEEKDAYS.index(match["weekday"]) - today.weekday()) % 7 or 7)
    return day, day


def _month(match: re.Match[str], today: date) -> Range:
    first = _first_of(today, _MONTHS[match[0]])
    return max(first, today), _first_of(first, 1) - timedelta(days=1)


def _first_of(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _calendar_day(match: re.Match[str], today: date) -> Range | None:
    """12月3日, 12/3, 2026年12月3日: without a year the next one."""
    year = match["year"]
    years = (int(year),) if year else range(today.year, today.year + 5)  # 2月29日 may be four years away
    for candidate in years:
        day = _day(candidate, int(match["month"]), int(match["day"]))
        if day is not None and (year or day >= today):
            return day, day
    return None


def _whole_month(match: re.Match[str], today: date) -> Range | None:
    """12月: this year's or the next."""
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    first = date(today.year + (month < today.month), month, 1)
    return max(first, today), _first_of(first, 1) - timedelta(days=1)


def _day_of_month(match: re.Match[str], today: date) -> Range | None:
    """3日: the next third of a month."""
    for months in range(3):
        first = _first_of(today, months)
        day = _day(first.year, first.month, int(match["day"]))
        if day is not None and day >= today:
            return day, day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WEEKDAY = r"(?P<weekday>[月火水木金土日])曜日?"
_END = r"(?P<weekend>(?:の?週末|末|の?土日))"
_TAIL = r"(?:\s*[(（][月火水木金土日](?:曜日?)?(?:・?祝日?)?[)）])?"
_YEAR = r"(?:(?P<year>20[0-9]{2})\s*[年/.-]\s*)?"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Range | None]], ...] = (
    (re.compile(f"(?:{_either(_NAMES)})"), _named),
    (re.compile(rf"(?P<week>{_either(_WEEKS)})(?:\s*の?\s*{_WEEKDAY}|{_END})?"), _week),
    (re.compile(rf"(?:今度|こんど|次|つぎ)の?\s*(?:{_WEEKDAY}|(?P<weekend>週末|土日))"), _coming),
    (re.compile(f"(?:{_either(_MONTHS)})"), _month),
    (
        re.compile(rf"{_YEAR}(?<![0-9])(?P<month>{_FIGURE})\s*月\s*(?P<day>{_FIGURE})\s*日{_TAIL}"),
        _calendar_day,
    ),
    (
        re.compile(rf"(?<![0-9/.-]){_YEAR}(?P<month>{_FIGURE})[/／](?P<day>{_FIGURE})(?![0-9/]){_TAIL}"),
        _calendar_day,
    ),
    (re.compile(rf"(?<![0-9年])(?P<month>{_FIGURE})月(?![0-9曜]|\s*{_FIGURE}日)中?"), _whole_month),
    (re.compile(rf"{_NO_DAY_BEFORE}(?P<day>{_FIGURE})日{_NO_DAY_AFTER}{_TAIL}"), _day_of_month),
)
