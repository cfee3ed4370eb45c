"""What the remarks beside a schedule add to it, clause by clause."""

import re
from datetime import date

from .days import DayItem, Manner
from .phrases import Sign, is_harmless_remark
from .reading import Reading, read
from .rules import Frequency, Rule

# 「・」 also stands inside 第1・第3, so it ends a clause only before other words.
_CLAUSES = re.compile(r"[。\n;※]|・(?!第?[1-5](?:[・、,週]|[月火水木金土日])|[月火水木金土日])")
_SEASON = re.compile(r"夏|冬|春|秋|季|期|限|\d月|休")


def add_remarks(reading: Reading, remarks: str, today: date) -> list[str]:
    """Merge normalised remarks into the reading of the row; return doubts about its days."""
    doubts: list[str] = []
    for clause in _CLAUSES.split(remarks):
        if clause.strip():
            doubts += _add_clause(reading, clause.strip(), read(clause.strip(), today))
    return doubts


def _add_clause(reading: Reading, clause: str, remark: Reading) -> list[str]:
    doubts = _add_days(reading, remark)
    _add_times(reading, clause, remark)
    reading.signs |= remark.signs
    reading.counts += remark.counts
    reading.intervals += remark.intervals
    _add_closures(reading, remark)
    risky = [words for words in remark.unknown if not is_harmless_remark(words)]
    reading.unknown += risky
    if remark.unknown and not risky:
        reading.remarks.append(clause)
    elif not risky:
        reading.remarks += remark.remarks
    return doubts


def _add_days(reading: Reading, remark: Reading) -> list[str]:
    """Days in remarks count where the row states none; beside stated days they may only repeat them."""
    if remark.dates.dates or remark.dates.starts_on or remark.dates.until:
        return ["remarks"]
    if not remark.items:
        return []
    stated = [item for item in remark.items if item.manner == Manner.STATED]
    coded = all(item.manner == Manner.CODED for item in reading.items)
    if not reading.dates.dates and coded and (not reading.items or _monthly(stated)):
        reading.items = stated
        return [] if len(stated) == len(remark.items) or remark.signs else ["remarks"]
    known = [item.rule for item in reading.items]
    if all(_repeats(item.rule, known) for item in remark.items):
        return []
    if stated:
        return ["remarks"]
    reading.signs.add(Sign.MORE_DAYS)
    return []


def _monthly(items: list[DayItem]) -> bool:
    """A plain 「第2火曜」 corrects a code that says every week; 「毎週月は会食も」 only adds to it."""
    return bool(items) and all(item.rule.freq == Frequency.MONTHLY for item in items)


def _repeats(rule: Rule, known: list[Rule]) -> bool:
    """Whether the days of a rule are among those known: 第4火曜 of 第3木曜・第4火曜, 月曜 of 毎週月〜金."""
    weekdays = {day for other in known for day in other.weekdays}
    nth = {pair for other in known for pair in other.nth}
    monthdays = {day for other in known for day in other.monthdays}
    if rule.freq == Frequency.WEEKLY:
        return set(rule.weekdays) <= weekdays | {day for _, day in nth}
    on_weekdays = {day for _, day in rule.nth} <= weekdays and not rule.monthdays
    return on_weekdays or (set(rule.nth) <= nth and set(rule.monthdays) <= monthdays)


def _add_times(reading: Reading, clause: str, remark: Reading) -> None:
    if not remark.times and not remark.doubtful_times:
        return
    parts = [found for found in remark.times if found.part]
    if parts and not remark.unknown and _within(reading, parts):
        reading.times = parts
    elif not reading.times:
        reading.times = [] if remark.unknown else remark.times
        reading.doubtful_times += [clause] if remark.unknown else []
    elif remark.items or _SEASON.search(clause):
        reading.signs.add(Sign.TIMES_VARY)


def _within(reading: Reading, parts: list) -> bool:
    """Sessions (1部, 2部) replace the frame of the columns when they begin with it."""
    frames = [found.slot.start for found in reading.times]
    return not frames or min(frames) == min(found.slot.start for found in parts)


def _add_closures(reading: Reading, remark: Reading) -> None:
    row, more = reading.closures, remark.closures
    row.policies |= more.policies
    row.closed += more.closed
    row.weekdays |= more.weekdays
    row.school_terms |= more.school_terms
    row.nth_on_holiday = row.nth_on_holiday or more.nth_on_holiday
    if more.no_fifth is not None:
        row.no_fifth = (row.no_fifth or set()) | more.no_fifth
