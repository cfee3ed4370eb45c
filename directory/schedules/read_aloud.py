"""A schedule in words to be heard: 「だい2、だい4もくようび。午後1時30分から午後3時30分まで。」"""

import re
from collections.abc import Iterable

from .rules import Slot
from .spec import ScheduleSpec
from .wording import (
    WEEKDAY_SIGNS,
    bounds_words,
    days_words,
    effective_slots,
    in_reading_order,
    remarks_words,
    rule_words,
    undated_words,
)


def describe_read_aloud(spec: ScheduleSpec) -> str:
    """For a screen reader or a telephone: 「だい2、だい4もくようび。午後1時30分から午後3時30分まで。」"""
    if not spec.rules and not spec.dates:
        return f"{undated_words(spec)}。"
    days = days_words(spec)
    sentences = [_spoken(bounds_words(spec) + days)]
    if any(rule.slots for rule in spec.rules):
        sentences = [
            f"{_spoken(rule_words(rule))}、{_spoken_slots(effective_slots(spec, rule))}"
            for rule in in_reading_order(spec)
        ]
    elif spec.slots:
        sentences.append(_spoken_slots(spec.slots))
    sentences += [_spoken(remark) for remark in remarks_words(spec)]
    return "".join(f"{sentence.rstrip('、')}。" for sentence in sentences)


_SPOKEN_WEEKDAYS = (
    "げつようび",
    "かようび",
    "すいようび",
    "もくようび",
    "きんようび",
    "どようび",
    "にちようび",
)
_WEEKDAY_RUN = re.compile(r"[月火水木金土日](?:[・〜][月火水木金土日])*曜日")
# Readings a speech engine gets wrong or swallows; longer words first.
_SPOKEN = {
    "年末年始": "ねんまつねんし",
    "も開催": "も開催します",
    "は休み": "はお休みです",
    "最終": "さいしゅう",
    "毎週": "まいしゅう",
    "隔週": "かくしゅう",
    "毎月": "まいつき",
    "毎日": "まいにち",
    "第": "だい",
    "・": "、",
    "〜": "から",
}


def _spoken(text: str) -> str:
    text = _WEEKDAY_RUN.sub(_spoken_weekdays, text)
    for written, spoken in _SPOKEN.items():
        text = text.replace(written, spoken)
    return text


def _spoken_weekdays(run: re.Match[str]) -> str:
    return "".join(_SPOKEN_WEEKDAYS[WEEKDAY_SIGNS.index(c)] if c in WEEKDAY_SIGNS else c for c in run[0][:-2])


def _spoken_slots(slots: Iterable[Slot]) -> str:
    spoken = []
    for slot in slots:
        end = f"{_spoken_time(slot.end.hour, slot.end.minute)}まで" if slot.end else ""
        spoken.append(f"{_spoken_time(slot.start.hour, slot.start.minute)}から{end}")
    return "、".join(spoken)


def _spoken_time(hour: int, minute: int) -> str:
    half, clock_hour = ("午前", hour) if hour < 12 else ("午後", hour - 12)
    if hour == 12 and minute == 0:
        return "正午"
    return f"{half}{clock_hour}時" + (f"{minute}分" if minute else "")
