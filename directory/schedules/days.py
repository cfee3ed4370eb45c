"""Days in Japanese text: 第2・第4木曜日, 毎週火・金, 隔週土曜, 毎月15日, 平日, 奇数月の第2水曜."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from .rules import EVEN_MONTHS, EVERY_DAY, MONDAY_TO_FRIDAY, ODD_MONTHS, Frequency, Rule
from .scan import TAKEN, Scan

_DAYS = "月火水木金土日"
# A single sign is a weekday only where nothing else can be meant: 火・金, not 火災; 日 14時, not 日程.
_AFTER_SIGN = (
    rf"(?=$|[\s・、,/~().。:;&{TAKEN}-]|[{_DAYS}]|[のにはがもと]|午[前後]|夜|朝|夕|第[1-5]|祝|\d{{1,2}}[:時]"
    r"|開催|実施|から|より|及び|および|または|又は|もしくは)"
)
_FULL = rf"[{_DAYS}]曜日?"
_SIGN = rf"[{_DAYS}]{_AFTER_SIGN}"
_DAY = rf"(?:\((?:{_FULL}|[{_DAYS}])\)|{_FULL}|{_SIGN})"
_JOIN = r"(?: ?(?:・|、|,|/|&|と|及び|および) ?| )?"
_RANGE = r" ?(?:~|-|から) ?"
# After an ordinal a full 曜日 ends the list: in 「第2火曜、木曜」 the Thursday may be every Thursday.
_SHARED = rf"(?:(?:[{_DAYS}](?:(?: ?[・、,/と&] ?)?(?=[{_DAYS}])))*(?:\([{_DAYS}]\)|{_FULL}|{_SIGN}))"
_LIST = rf"{_DAY}(?:(?:{_RANGE}|{_JOIN}){_DAY}){{0,9}}"
_ORDINAL = r"(?:第[1-5](?:週目?)?|最終週?|最後の?)"
_ORDINALS = (
    rf"(?:{_ORDINAL}|(?<=毎月)[1-5](?=[・,/、])|(?<![\d/・,.])[1-5](?=[・,][1-5][{_DAYS}]曜))"
    rf"(?:の?(?: ?(?:[・、,/&と~-]|から) ?| )?(?:{_ORDINAL}|[1-5](?![\d日月時:/回])(?:週目?)?)){{0,9}}"
)
_MONTHS = r"(?P<months>奇数月|偶数月|\d{1,2}月?(?:[・、,~-]\d{1,2}月?)*(?<=月)|\d{1,2}月)(?:の|に|は|、| )*"
_EVERY_MONTH = rf"(?:(?:毎月|各月)[の、 {TAKEN}]*)"

_MONTHDAYS = (
    r"(?:(?<![\d/第か])(?<!(?<!毎)月)\d{1,2}日(?![間目以前後程])(?:[・、,と] ?)?)+(?:末日)?"
    r"|(?<![\d月/])(?:\d{1,2}[・、,])+\d{1,2}日(?![間目])|(?<!\d)\dのつく日|末日"
)

ITEMS = re.compile(
    rf"(?:(?<![\d・~]){_MONTHS})?(?:"
    rf"(?P<daily>毎日|年中無休|365日)"
    rf"|(?<![一-龥])(?P<workdays>平日)"
    rf"|(?P<weekly>毎週)[のは、 (]*(?P<weekly_days>{_LIST})(?:まで)?\)?"
    rf"|(?P<fortnight>隔週)[のは、 (]*(?P<fortnight_days>{_LIST})\)?"
    rf"|{_EVERY_MONTH}?(?P<ordinals>{_ORDINALS})の? ?(?P<nth_days>{_SHARED})"
    rf"|(?P<every_month>毎月[の ]?)?(?P<monthdays>{_MONTHDAYS})"
    rf"|(?<![一-龥ァ-ヶぁ-ねひ-ゖa-zA-Z0-9])(?!(?<=の)日(?!曜))(?:"
    # 「土曜日(第1・第3)」, 「水曜日(毎週)」: the ordinal behind, unless it belongs to another weekday.
    rf"(?P<post_days>{_LIST}) ?\(?(?:(?P<post_ordinals>{_ORDINALS})(?! ?の? ?[(]?[{_DAYS}]|か月)|(?P<post_weekly>毎週)(?! ?[{_DAYS}]))\)?"
    rf"|(?P<bare>{_LIST})(?:まで)?)"
    rf")(?:日?に?(?:開催|実施))?"
)
_ORDINAL_OR_RANGE = re.compile(r"最終|最後|[1-5]|[~-]|から")
_WEEKDAY_OR_RANGE = re.compile(rf"[{_DAYS}](?:曜日?)?|~|-|から")


class Manner(StrEnum):
    """How plainly the repetition was said.

    `BARE` is a weekday alone, `DAY_ONLY` a day of the month alone, `CODED` comes from a frequency code.
    """

    STATED = "stated"
    FORTNIGHT = "fortnight"
    BARE = "bare"
    DAY_ONLY = "day_only"
    CODED = "coded"


@dataclass(frozen=True, slots=True)
class DayItem:
    """One expression of days and where it stood.

    `workdays` is 平日, `every_holiday` 年中無休, `contrasted` 「12月は第3木曜」, which replaces other days.
    """

    at: int
    rule: Rule
    manner: Manner = Manner.STATED
    workdays: bool = False
    every_holiday: bool = False
    contrasted: bool = False

    @property
    def weekdays(self) -> set[int]:
        return set(self.rule.weekdays) | {day for _, day in self.rule.nth}


def take_items(scan: Scan) -> tuple[list[DayItem], list[str]]:
    """All expressions of days in order, and the texts of those that make no sense (32日, 13月)."""
    items, doubtful = [], []
    for match in scan.take(ITEMS):
        try:
            items.append(_item(match))
        except ValueError:
            doubtful.append(match[0])
    return items, doubtful


def weekday_list(text: str) -> tuple[int, ...]:
    """`火・金` → (1, 4), `月~金曜日` → (0, 1, 2, 3, 4), `土日` → (5, 6); order of the text, each once."""
    days: list[int] = []
    open_range = False
    for found in _WEEKDAY_OR_RANGE.finditer(text):
        if found[0][0] not in _DAYS:
            open_range = bool(days)
            continue
        day = _DAYS.index(found[0][0])
        if open_range:
            days += [(days[-1] + step) % 7 for step in range(1, (day - days[-1]) % 7)]
        days.append(day)
        open_range = False
    return tuple(dict.fromkeys(days))


def is_weekday_list(text: str) -> bool:
    """Whether a cell holds weekdays only: 土, 火木, 水曜日, 月・水・金."""
    return bool(re.fullmatch(rf"(?:\(?[{_DAYS}](?:曜日?)?\)?[・、,/ ~-]?)+", text))


def _item(match: re.Match[str]) -> DayItem:
    item = _repeating(match, match.start())
    if match["months"]:
        rule = replace(item.rule, bymonth=months(match["months"]))
        return replace(item, rule=rule, contrasted="は" in match[0].partition("月")[2][:1])
    return item


def _repeating(match: re.Match[str], at: int) -> DayItem:
    if match["daily"]:
        return DayItem(at, Rule(Frequency.WEEKLY, weekdays=EVERY_DAY), every_holiday=match["daily"] != "毎日")
    if match["workdays"]:
        return DayItem(at, Rule(Frequency.WEEKLY, weekdays=MONDAY_TO_FRIDAY), workdays=True)
    if text := match["ordinals"] or match["post_ordinals"]:
        ordinals, days = _ordinals(text), weekday_list(match["nth_days"] or match["post_days"])
        return DayItem(at, Rule(Frequency.MONTHLY, nth=tuple((o, d) for o in ordinals for d in days)))
    if match["monthdays"]:
        manner = Manner.STATED if match["every_month"] or match["months"] else Manner.DAY_ONLY
        return DayItem(at, Rule(Frequency.MONTHLY, monthdays=_monthdays(match["monthdays"])), manner)
    if match["fortnight"]:
        rule = Rule(Frequency.WEEKLY, weekdays=weekday_list(match["fortnight_days"]), interval=2)
        return DayItem(at, rule, Manner.FORTNIGHT)
    manner = Manner.BARE if match["bare"] else Manner.STATED
    text = match["weekly_days"] or match["post_days"] or match["bare"]
    return DayItem(at, Rule(Frequency.WEEKLY, weekdays=weekday_list(text)), manner)


def _ordinals(text: str) -> list[int]:
    found: list[int] = []
    open_range = False
    for part in _ORDINAL_OR_RANGE.findall(text):
        if part in ("~", "-", "から"):
            open_range = True
            continue
        ordinal = -1 if part.startswith("最") else int(part)
        if open_range and found:
            found += range(found[-1] + 1, ordinal)
        found.append(ordinal)
        open_range = False
    return found


def _monthdays(text: str) -> tuple[int, ...]:
    if "つく日" in text:
        ones = int(text[0])
        return tuple(day for day in range(1, 31) if day % 10 == ones)
    last = (-1,) if "末日" in text else ()
    return (*(int(day) for day in re.findall(r"\d+", text)), *last)


def months(text: str) -> tuple[int, ...]:
    """`奇数月` → (1, 3, …), `4~9月` → (4, …, 9), `10~3月` over New Year, `1・4・7・10月` as listed."""
    if text.startswith("奇"):
        return ODD_MONTHS
    if text.startswith("偶"):
        return EVEN_MONTHS
    found: list[int] = []
    open_range = False
    for part in re.findall(r"\d+|[~-]", text):
        if part in "~-":
            open_range = True
            continue
        month = int(part)
        if open_range and found and 1 <= month <= 12:
            found += [(found[-1] - 1 + step) % 12 + 1 for step in range(1, (month - found[-1]) % 12)]
        found.append(month)
        open_range = False
    return tuple(found)
