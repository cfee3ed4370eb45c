"""Single dates in text: 2026年12月5日(土), 4/12、5/10、6/14, 令和8年4月1日から."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .scan import Scan

_YEAR = r"(?:(?P<year>20\d{2})(?:年|/|-|\.)|(?:令和|R)(?P<reiwa>\d{1,2}|元)(?:年|\.))"
_FULL = rf"(?:{_YEAR} ?(?P<month>\d{{1,2}})(?:月|/|-|\.)(?P<day>\d{{1,2}})日?)"
_SHORT = r"(?:(?P<month2>\d{1,2})(?:月(?P<day2>\d{1,2})日|/(?P<day3>\d{1,2})))"
# A following day may leave the month out: 12月5日・19日
_SAME_MONTH = r"(?:(?P<day4>\d{1,2})日)"
_WEEKDAY = r"(?: ?\((?P<weekday>[月火水木金土日])(?:曜日?|・?祝)?\)|(?P<weekday2>[月火水木金土日])曜日?)?"
_ONE = rf"(?<![\d/.第])(?:{_FULL}|{_SHORT})(?![\d/]){_WEEKDAY}"
DATES = re.compile(_ONE)
_CONTINUED = re.compile(rf"[\x00](?P<sep>[、・,と ]{{1,2}}){_SAME_MONTH}{_WEEKDAY}")
_BOUND = re.compile(rf"{_ONE} ?(?P<bound>から|より|スタート|開始|まで|以降)")
_PERIOD = re.compile(rf"(?:{_ONE}) ?(?:~|-|から) ?(?=\d{{1,4}}[年月/])")

_WEEKDAYS = "月火水木金土日"
ROLLING_DAYS = 300  # a date without a year is the next such day, if that is less than ten months away


@dataclass(slots=True)
class FoundDates:
    dates: list[date] = field(default_factory=list)
    starts_on: date | None = None
    until: date | None = None
    doubtful: list[str] = field(default_factory=list)


def take_dates(scan: Scan, today: date) -> FoundDates:
    """Dates named one by one, and the first and last day of a period.

    A date without a year is the next one from `today`; its stated weekday must agree. Whatever does not
    fit (31 April, wrong weekday, unclear year) goes to `doubtful` instead.
    """
    found = FoundDates()
    if _PERIOD.search(scan.text):
        found.doubtful += [match[0] for match in scan.take(DATES)]
        return found
    for match in scan.take(_BOUND):
        _take_bound(found, match)
    matches = sorted([*scan.take(DATES), *_continuations(scan)], key=lambda match: match.start())
    for day, match in _resolved(matches, today):
        if day is None:
            found.doubtful.append(match[0])
        else:
            found.dates.append(day)
    return found


def _take_bound(found: FoundDates, match: re.Match[str]) -> None:
    day = _date(_year(match), *_month_and_day(match, 0))
    if day is None or not _weekday_agrees(day, match):
        found.doubtful.append(match[0])
    elif match["bound"] == "まで":
        found.until = day
    else:
        found.starts_on = day


def _continuations(scan: Scan) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    while new := list(scan.take(_CONTINUED)):
        taken += new
    return taken


def _resolved(matches: Iterable[re.Match[str]], today: date) -> Iterable[tuple[date | None, re.Match[str]]]:
    previous: date | None = None
    for match in matches:
        month, day_number = _month_and_day(match, previous.month if previous else 0)
        year = _year(match)
        if year is None:
            day = _next(month, day_number, previous or today)
            if day is not None and previous is None and (day - today).days > ROLLING_DAYS:
                day = None
        else:
            day = _date(year, month, day_number)
        if day is not None and not _weekday_agrees(day, match):
            day = None
        yield day, match
        previous = day or previous


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("reiwa"):
        return 2018 + (1 if groups["reiwa"] == "元" else int(groups["reiwa"]))
    return None


def _month_and_day(match: re.Match[str], month_before: int) -> tuple[int, int]:
    groups = match.groupdict()
    month = groups.get("month") or groups.get("month2") or month_before
    day = groups.get("day") or groups.get("day2") or groups.get("day3") or groups.get("day4")
    return int(month), int(day or 0)


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None


def _next(month: int, day: int, after: date) -> date | None:
    candidates = (_date(year, month, day) for year in (after.year, after.year + 1))
    return next((found for found in candidates if found and found >= after), None)


def _weekday_agrees(day: date, match: re.Match[str]) -> bool:
    stated = match["weekday"] or match["weekday2"]
    return stated is None or _WEEKDAYS.index(stated) == day.weekday()
