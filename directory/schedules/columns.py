"""The six schedule columns of Tokyo's 子ども食堂一覧, which many lists of groups share.

開催頻度 is a code 1–8 or a text, 開催曜日 weekdays or a text, 開催日 a text, then two times and remarks.
A text about days beats the code: groups fill the code by guess.
"""

import re
from dataclasses import replace
from datetime import date

from .days import DayItem, Manner, is_weekday_list, take_items, weekday_list
from .normalise import normalise
from .parser import ParseResult, conclude
from .phrases import Count, Sign
from .reading import Reading, read
from .remarks import add_remarks
from .rules import Slot, weekly
from .scan import Scan
from .times import FoundSlot, read_time

# 開催頻度: how many weekdays a week a code allows, as the lists' own map explains the codes
# (1 ほぼ毎日 週5〜7, 2 週3〜4, 3 週1〜2). 4 to 6 say 「程度」 about fortnights and months: no weekday
# column can turn those into dates.
WEEKDAYS_OF_CODE = {"1": range(5, 8), "2": range(3, 5), "3": range(1, 3)}
_COUNT_OF_CODE = {"4": Count("月", 2, True), "5": Count("月", 1, True), "6": Count("年", 4, True)}
_LABELS = {
    "1": "ほぼ毎日",
    "2": "週3〜4回程度",
    "3": "週1〜2回程度",
    "4": "2週間に1回程度",
    "5": "月1回程度",
    "6": "数か月に1回程度",
    "7": "季節限定",
    "8": "不定期",
}
_RARELY, _SEASONAL, _IRREGULAR = "6", "7", "8"
_CODE = re.compile(r"[1-8](?:\.0)?")
_DAYS = "月火水木金土日"
AFTER_ALL_TEXT = 10**6


def parse_columns(
    frequency: str = "",
    weekday: str = "",
    date_text: str = "",
    start: str = "",
    end: str = "",
    remarks: str = "",
    today: date | None = None,
) -> ParseResult:
    """Read one row; `original` joins the filled cells with ` / `. Never raises, whatever the cells."""
    today = today or date.today()
    cells = [frequency, weekday, date_text, start, end, remarks]
    original = " / ".join(cell.strip() for cell in cells if cell and cell.strip())
    frequency, weekday, date_text, start, end, remarks = (normalise(cell or "") for cell in cells)
    code = frequency[0] if _CODE.fullmatch(frequency) else ""
    weekdays = weekday_list(weekday) if is_weekday_list(weekday) else ()
    reading = read(_main_text("" if code else frequency, weekday, weekdays, date_text), today)
    _add_columns(reading, start, end)
    if not reading.items:
        _from_code(reading, code, weekdays)
    doubts = add_remarks(reading, remarks, today)
    doubts += _judge_code(reading, code, weekdays)
    label = "" if date_text else _LABELS.get(code, "")
    plain = [
        label or ("" if code else frequency),
        "・".join(_DAYS[day] for day in weekdays) + "曜日" if weekdays else weekday,
        date_text,
        remarks,
    ]
    times = "〜".join((start, end)) if read_time(start) else ""
    return conclude(reading, original, " ".join(part for part in (*plain, times) if part), doubts)


def _main_text(frequency: str, weekday: str, weekdays: tuple[int, ...], date_text: str) -> str:
    """Frequency, weekday and date as one sentence; the weekday cell completes 「毎週」 and 「第3」."""
    texts = [text for text in (frequency, "" if weekdays else weekday, date_text) if text]
    text = "、".join(texts)
    if texts and weekdays and not _names_days(text):
        return f"{text} " + "・".join(f"{_DAYS[day]}曜日" for day in weekdays)
    return text


def _names_days(text: str) -> bool:
    items, _doubtful = take_items(Scan(text))
    return bool(items)


def _add_columns(reading: Reading, start: str, end: str) -> None:
    """Add the time columns. Where the text states other times, neither is believed."""
    opening, closing = read_time(start), read_time(end)
    if opening is None:
        return
    if closing is not None and closing <= opening:
        reading.doubtful_times.append(f"{start}~{end}")
        closing = None
    column = Slot(opening, closing)
    stated = [found.slot for found in reading.times if not found.labelled]
    if any(found.start == opening for found in stated) and len(stated) > 1:
        return  # the text tells sessions apart, the columns only give the frame
    if stated and _differs(column, stated[0]):
        reading.doubtful_times.append(f"{start}~{end}")
        reading.times = []
        return
    closing = closing or (stated[0].end if stated else None)
    reading.times = [FoundSlot(AFTER_ALL_TEXT, Slot(opening, closing), labelled=False, part=False)]


def _differs(one: Slot, other: Slot) -> bool:
    return one.start != other.start or (
        one.end is not None and other.end is not None and one.end != other.end
    )


def _judge_code(reading: Reading, code: str, weekdays: tuple[int, ...]) -> list[str]:
    """Return what in the row contradicts the days that were read."""
    if code == _IRREGULAR:
        reading.signs.add(Sign.IRREGULAR)
    if not reading.items:
        _count_by_code(reading, code, weekdays)
    elif code == _RARELY and not _says_which_months(reading):
        return ["months"]
    elif any(item.manner == Manner.BARE for item in reading.items):
        return _judge_bare(reading, code, weekdays)
    if code == _SEASONAL:
        return ["season"]
    if code in ("4", "5"):
        reading.items = [_monthly(item) for item in reading.items]
    named = set().union(*(item.weekdays for item in reading.items))
    return ["weekday"] if weekdays and named and named != set(weekdays) else []


def _from_code(reading: Reading, code: str, weekdays: tuple[int, ...]) -> None:
    """Code 3 (週1〜2回) with 火・木 is every Tuesday and Thursday, unless a text says otherwise."""
    silent = not (
        reading.counts or reading.intervals or reading.signs or reading.dates.dates or reading.unknown
    )
    if silent and weekdays and len(weekdays) in WEEKDAYS_OF_CODE.get(code, ()):
        reading.items = [DayItem(0, weekly(*weekdays), Manner.CODED)]


def _count_by_code(reading: Reading, code: str, weekdays: tuple[int, ...]) -> None:
    """Code 5 with 土 says once a month on some Saturday: understood, but no dates."""
    if code or weekdays:
        reading.counts.append(_COUNT_OF_CODE.get(code, Count("週", len(weekdays) or 1, vague=True)))


def _judge_bare(reading: Reading, code: str, weekdays: tuple[int, ...]) -> list[str]:
    total = sum(len(item.weekdays) for item in reading.items)
    if total in WEEKDAYS_OF_CODE.get(code, ()) and not reading.counts:
        reading.items = [replace(item, manner=Manner.STATED) for item in reading.items]
        return []
    return ["days"] if code or weekdays else []


def _monthly(item: DayItem) -> DayItem:
    """「15日・29日」 in a row that says fortnightly or monthly means every month."""
    return replace(item, manner=Manner.STATED) if item.manner == Manner.DAY_ONLY else item


def _says_which_months(reading: Reading) -> bool:
    """Whether 数か月に1回 is explained: by months or by an interval."""
    told = all(item.rule.bymonth or item.rule.interval > 1 for item in reading.items)
    return told or bool(reading.intervals)
