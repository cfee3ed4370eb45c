"""What a text says about holidays and closed times: 祝日は休み, 祝日の場合は翌週, 年末年始・8月を除く."""

import re
from dataclasses import dataclass, field

from .periods import ClosedPeriod, NamedPeriod
from .scan import Scan
from .spec import HolidayPolicy

_DAYS = "月火水木金土日"
_SEP = r"(?:[・、,/] ?| ?と ?| ?及び ?|および| )?"
_HOLIDAY = r"(?:国民の祝日|祝祭日|祝日・休日|祝休日|祝日|休日|祝)"
_MONTH_DAYS = r"\d{1,2}月\d{1,2}日(?:~|-|から)(?:\d{1,2}月)?\d{1,2}日|\d{1,2}/\d{1,2}[~-]\d{1,2}/\d{1,2}"
_MONTHS = r"\d{1,2}月(?:[~-]\d{1,2}月|(?!\d))"
_WEEKDAYS = rf"第5(?:週目?|[{_DAYS}]曜日?)|土日|[{_DAYS}]曜日?|[{_DAYS}](?=[・、,/]?(?:祝|[{_DAYS}](?:[・、,/は]|曜)))"
_NAMED = r"年末年始|お?正月|お盆(?:期間)?|夏休み(?:期間)?|学校(?:の)?(?:長期)?(?:休業日?|休み|休暇)|長期休(?:暇|業)"
_NAME = rf"(?:{_HOLIDAY}|{_MONTH_DAYS}|{_MONTHS}|{_WEEKDAYS}|{_NAMED})"
_WHEN = r"(?:の?(?:場合|とき|時|際|期間)|に当たる(?:場合|とき|日)|にあたる(?:場合|とき|日)|と重なる(?:場合|とき|日)|期間中|中)?"
_POLITE = r"(?:です|します|となります|になります|いたします|致します|いただきます)?"
_NO = (
    r"(?:お休み|休み|休業日?|休館日?|休会|休止|定休日?|閉館|閉店|休(?!日|憩|業|館|会|止|み|暇)|除く|除きます|除き|のぞく|除外"
    r"|中止|なし|開催なし|開催しない|開催しません|実施しません|行いません|ありません)"
)
# Names are atomic: 祝日 could also be 祝 + 日, and a long list of them must not be tried in every way.
CLOSED = re.compile(
    rf"(?<![第\d一-龥])(?P<names>(?>{_NAME})(?:{_SEP}(?>{_NAME})){{0,11}}+){_WHEN}[はがもを]?、? ?{_NO}{_POLITE}"
)

_TARGETS = {
    "翌日": HolidayPolicy.NEXT_DAY,
    "前日": HolidayPolicy.PREVIOUS_DAY,
    "翌週": HolidayPolicy.NEXT_WEEK,
    "次週": HolidayPolicy.NEXT_WEEK,
    "次の週": HolidayPolicy.NEXT_WEEK,
    "前週": HolidayPolicy.PREVIOUS_WEEK,
    "前の週": HolidayPolicy.PREVIOUS_WEEK,
}
_TARGET = "|".join(_TARGETS)
_MOVE = r"(?:の?同じ?(?:曜日|時間))?[にへ]?(?:振り?替え?|変更|延期|開催|移動|ずらし|実施)?"
MOVED = re.compile(
    rf"(?<!土日){_HOLIDAY}{_WHEN}(?:なら|だと)?は?、? ?(?:(?P<target>{_TARGET})|第(?P<nth>[1-5])(?:週|[{_DAYS}]曜日?)?)"
    rf"(?!の?[一-龥])?{_MOVE}{_POLITE}"
)
OPEN = re.compile(
    rf"(?<!土日){_HOLIDAY}(?:の場合)?(?:(?:でも|も|は)(?:通常(?:通り|どおり)?)?、? ?(?:休まず)?"
    rf"(?:開催|実施|営業|開館|やっています|やります|行います|あります|あり|OK)"
    rf"|(?:を|も)?含む|開催(?!日)|営業(?!日)){_POLITE}"
)
_ONE_NAME = re.compile(_NAME)
_YEARLY = re.compile(
    r"(\d{1,2})月(\d{1,2})日(?:~|-|から)(?:(\d{1,2})月)?(\d{1,2})日|(\d{1,2})/(\d{1,2})[~-](\d{1,2})/(\d{1,2})"
)
_MONTH_RANGE = re.compile(r"(\d{1,2})月(?:[~-](\d{1,2})月)?")
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(slots=True)
class Closures:
    """What was found. `nth_on_holiday` is the 3 of 「祝日の場合第3」; `no_fifth` means 第5週は休み."""

    policies: set[HolidayPolicy] = field(default_factory=set)
    nth_on_holiday: int | None = None
    closed: list[ClosedPeriod] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    no_fifth: set[int] | None = None
    school_terms: bool = False
    doubtful: list[str] = field(default_factory=list)


def take_closures(scan: Scan) -> Closures:
    """Read and remove every statement about holidays and closed times."""
    found = Closures()
    for match in scan.take(MOVED):
        if match["nth"]:
            found.nth_on_holiday = int(match["nth"])
        else:
            found.policies.add(_TARGETS[match["target"]])
    for match in scan.take(CLOSED):
        for name in _ONE_NAME.finditer(match["names"]):
            _add(found, name[0])
    for _match in scan.take(OPEN):
        found.policies.add(HolidayPolicy.ON)
    return found


def _add(found: Closures, name: str) -> None:
    if "祝" in name or name == "休日":
        found.policies.add(HolidayPolicy.OFF)
    elif name == "年末年始" or "正月" in name:
        found.closed.append(ClosedPeriod(name=NamedPeriod.NEW_YEAR))
    elif "盆" in name:
        found.closed.append(ClosedPeriod(name=NamedPeriod.OBON))
    elif name.startswith("夏休み"):
        found.closed.append(ClosedPeriod(name=NamedPeriod.SUMMER_HOLIDAYS))
        found.school_terms = True
    elif "学校" in name or "長期" in name:
        found.closed.append(ClosedPeriod(name=NamedPeriod.SCHOOL_HOLIDAYS))
        found.school_terms = True
    elif name.startswith("第5"):
        found.no_fifth = (found.no_fifth or set()) | {_DAYS.index(sign) for sign in name[2] if sign in _DAYS}
    elif name[0] in _DAYS:
        found.weekdays |= {_DAYS.index(sign) for sign in name.replace("曜日", "").replace("曜", "")}
    else:
        _add_dates(found, name)


def _add_dates(found: Closures, name: str) -> None:
    try:
        if days := _YEARLY.fullmatch(name):
            first, last = (int(days[1] or days[5]), int(days[2] or days[6])), None
            last = (int(days[3] or days[7] or first[0]), int(days[4] or days[8]))
            found.closed.append(ClosedPeriod(first=first, last=last))
        elif months := _MONTH_RANGE.fullmatch(name):
            end = int(months[2] or months[1])
            found.closed.append(ClosedPeriod(first=(int(months[1]), 1), last=(end, _LAST_DAY[end - 1])))
    except (ValueError, IndexError):
        found.doubtful.append(name)
