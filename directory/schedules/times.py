"""Times of day in Japanese text: 13:30〜15:30, 午後1時半から3時まで, 10時-12時, 1部 … 2部 …"""

import re
from dataclasses import dataclass
from datetime import time

from .rules import Slot
from .scan import Scan

_HALF = r"午前|午後|朝|夕方|夕|夜|AM|PM|am|pm|Am|Pm"
_CLOCK = (
    r"(?:(?P<{p}half>{half}) ?)?"
    r"(?:(?P<{p}h>\d{{1,2}})(?::(?P<{p}m>\d{{2}})(?::00)?|時(?:(?P<{p}m2>\d{{1,2}})分|(?P<{p}30>半))?)|(?P<{p}noon>正午))"
    r"(?: ?(?:頃|ごろ))?"
)
_START = _CLOCK.format(p="a", half=_HALF)
_END = _CLOCK.format(p="b", half=_HALF)
# 「9〜11時」「午後1-3時」: the first number borrows 時 from the second.
_SHORT = rf"(?:(?P<chalf>{_HALF}) ?)?(?P<ch>\d{{1,2}}) ?[~-] ?(?P<dh>\d{{1,2}})時(?:(?P<dm>\d{{1,2}})分|(?P<d30>半))?"
_LABEL = (
    r"(?P<label>受付(?:開始)?|開場|配布開始|ラストオーダー|L\.?O\.?|調理|準備|食事|集合|片付け)[はの:]? ?"
)
_PART = r"(?:第?(?P<part>\d)部[はの:]? ?|前半 ?|後半 ?)?"

TIMES = re.compile(
    rf"(?:{_LABEL})?{_PART}(?<![\d:/.第])(?:{_SHORT}|{_START}(?P<to> ?(?:~|-|から|より|→) ?(?:{_END})?)?)(?P<until> ?まで)?(?:の間)?"
)


@dataclass(frozen=True, slots=True)
class FoundSlot:
    """A slot and where it stood. `labelled` slots (受付, 調理 …) are remarks; `part` is the 1 of 1部."""

    at: int
    slot: Slot
    labelled: bool
    part: bool


def take_times(scan: Scan) -> tuple[list[FoundSlot], list[str]]:
    """All times of the text, and the texts of those that cannot be right (25時, 10時〜3時, 16時まで)."""
    found, doubtful = [], []
    for match in scan.take(TIMES):
        slot = _slot(match)
        if slot is None:
            doubtful.append(match[0])
        else:
            found.append(FoundSlot(match.start(), slot, bool(match["label"]), bool(match["part"])))
    return found, doubtful


def read_time(text: str) -> time | None:
    """A cell such as `9:00`, `09:00:00` or `午後５時` (normalised); None when it is no single time."""
    match = re.fullmatch(_START + r" ?[~-]?", text)
    return _time(match, "a") if match else None


def _slot(match: re.Match[str]) -> Slot | None:
    if match["ch"]:
        start = _clock(match["chalf"], match["ch"], "0")
        end = _clock(match["chalf"], match["dh"], "30" if match["d30"] else match["dm"] or "0", start)
        return _checked(start, end, stated=True)
    start = _time(match, "a")
    has_end = bool(match["bh"] or match["bnoon"])
    if match["until"] and not has_end:
        return None
    end = _time(match, "b", match["ahalf"], start) if has_end else None
    return _checked(start, end, stated=has_end)


def _checked(start: time | None, end: time | None, *, stated: bool) -> Slot | None:
    if start is None or (stated and (end is None or end <= start)):
        return None
    # 「1時30分〜3時」 is surely the afternoon, but 「surely」 is not what was written.
    if 1 <= start.hour <= 4:
        return None
    return Slot(start, end)


def _time(
    match: re.Match[str], p: str, inherited: str | None = None, start: time | None = None
) -> time | None:
    if match[f"{p}noon"]:
        return time(12)
    minute = "30" if match[f"{p}30"] else match[f"{p}m"] or match[f"{p}m2"] or "0"
    return _clock(match[f"{p}half"] or inherited, match[f"{p}h"], minute, start)


def _clock(half: str | None, hour_text: str, minute_text: str, start: time | None = None) -> time | None:
    hour, minute = int(hour_text), int(minute_text)
    afternoon = (half or "").lower() in {"午後", "夕方", "夕", "夜", "pm"}
    if half and not afternoon and hour >= 12 and start is None:
        return None  # 「午前12時」 means noon to some and midnight to others
    if afternoon and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)
