"""Join the parts of a reading to one schedule, and judge whether it may be believed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from .closures import Closures
from .days import DayItem, Manner
from .phrases import INCOMPLETE, UNRELIABLE, Count, Interval, Sign
from .reading import Reading
from .rules import EVERY_DAY, Frequency, Rule, Slot, in_order, merge
from .spec import HolidayPolicy, Kind, ScheduleSpec
from .times import FoundSlot


@dataclass(frozen=True, slots=True)
class Assembled:
    """`complete`: nothing doubtful. `doubts` say in a word what was. `candidates`: rules not trusted."""

    spec: ScheduleSpec
    complete: bool
    candidates: tuple[Rule, ...] = ()
    doubts: tuple[str, ...] = ()


def assemble(reading: Reading, known_doubts: Sequence[str] = ()) -> Assembled:
    """The schedule of a reading; rules are in `spec` only when everything they say is certain."""
    items, closures = list(reading.items), reading.closures
    doubts = [*known_doubts, *_doubts(reading)]
    items, ambiguous = _with_intervals(reading, items)
    if ambiguous or not _plain(reading, items) or not _counts_agree(reading.counts, items):
        doubts.append("days")
    policy = _policy(closures, items)
    if policy is None:
        doubts.append("holidays")
    timed, slots, times_known = _with_times(items, reading.times)
    rules = _without(timed, closures)
    if rules is None:
        doubts.append("closed")
    base = ScheduleSpec(
        slots=slots,
        holidays=policy or HolidayPolicy.UNKNOWN,
        closed=tuple(dict.fromkeys(closures.closed)),
    )
    merged = merge(rules if rules is not None else [item.rule for item in timed])
    if doubts or not reading.says_days or Sign.ALWAYS in reading.signs:
        return _undecided(reading, base, merged, doubts)
    spec = _decided(reading, base, merged)
    soft = bool(reading.signs & INCOMPLETE or closures.school_terms or reading.doubtful_times)
    complete = not soft and times_known and spec.is_dated
    return Assembled(spec, complete)


def _decided(reading: Reading, base: ScheduleSpec, rules: tuple[Rule, ...]) -> ScheduleSpec:
    if not rules:
        return replace(base, kind=Kind.DATES, dates=tuple(reading.dates.dates))
    return replace(
        base,
        kind=Kind.REGULAR,
        rules=rules,
        dates=tuple(reading.dates.dates),
        starts_on=reading.dates.starts_on,
        until=reading.dates.until,
    )


def _undecided(reading: Reading, base: ScheduleSpec, rules: tuple[Rule, ...], doubts: list[str]) -> Assembled:
    kind = Kind.UNKNOWN
    if Sign.IRREGULAR in reading.signs:
        kind = Kind.IRREGULAR
    elif Sign.APPOINTMENT in reading.signs:
        kind = Kind.APPOINTMENT
    elif Sign.ALWAYS in reading.signs and not doubts:
        kind = Kind.ALWAYS
    plain = {Manner.BARE, Manner.DAY_ONLY}.isdisjoint(item.manner for item in reading.items)
    trusty = plain and Sign.CHOICE not in reading.signs and _counts_agree(reading.counts, reading.items)
    candidates = rules if trusty else ()
    return Assembled(replace(base, kind=kind), kind == Kind.ALWAYS, candidates, tuple(doubts))


def _doubts(reading: Reading) -> list[str]:
    found = [sign.value for sign in sorted(reading.signs & UNRELIABLE)]
    if reading.unknown:
        found.append("words")
    if Sign.ALWAYS in reading.signs and not _every_day(reading):
        found.append("always")
    dates = reading.dates
    if dates.starts_on and dates.until and dates.until < dates.starts_on:
        found.append("period")
    if (dates.starts_on or dates.until) and not reading.items:
        found.append("period")
    return found


def _every_day(reading: Reading) -> bool:
    """Whether the days stated beside 「24時間」, if any, are all days."""
    return not reading.dates.dates and all(item.rule.weekdays == EVERY_DAY for item in reading.items)


def _plain(reading: Reading, items: Sequence[DayItem]) -> bool:
    """Whether each expression of days can be meant in one way only."""
    if reading.dates.dates and items:
        return False  # rule and single dates together: extra dates, or examples of the rule?
    if _overlapping(items) or not _bare_plain(reading, items):
        return False
    monthly_said = any(remark.startswith(("毎月", "各月", "いちご", "肉の日")) for remark in reading.remarks)
    monthly_said = monthly_said or any(count.unit == "月" for count in reading.counts)
    if any(item.manner == Manner.DAY_ONLY for item in items) and not monthly_said:
        return False
    # 「奇数月の第1火曜、第3木曜」: do the odd months hold for the Thursday as well?
    filters = [bool(item.rule.bymonth) for item in items]
    contrasted = any(item.contrasted for item in items) and not all(filters)
    return filters == sorted(filters) and not contrasted


def _bare_plain(reading: Reading, items: Sequence[DayItem]) -> bool:
    """A weekday alone (「火・金 9:30〜11:30」) means every week when nothing else competes for the times."""
    bare = [item for item in items if item.manner == Manner.BARE]
    if not bare:
        return True
    if len(items) == 1:
        return len(bare[0].weekdays) > 1 or bool(reading.times)
    following = [*items[1:], None]
    timed = [bool(_between(reading.times, item, after)) for item, after in zip(items, following, strict=True)]
    return len(bare) == len(items) and all(timed)


def _overlapping(items: Sequence[DayItem]) -> bool:
    """「毎週火曜14時、第3火曜は15時」: the second changes the first, it does not add to it."""
    for one, two in combinations(items, 2):
        weekly = Frequency.WEEKLY in (one.rule.freq, two.rule.freq)
        if one.weekdays & two.weekdays if weekly else set(one.rule.nth) & set(two.rule.nth):
            return True
    return False


def _with_intervals(reading: Reading, items: list[DayItem]) -> tuple[list[DayItem], bool]:
    """Give each 「2か月に1回」 or separate 「隔週」 to the expression it stands with; True when that is unclear."""
    intervals = sorted(reading.intervals, key=lambda interval: interval.at)
    if not intervals:
        return items, False
    places = sorted([(item.at, "i") for item in items] + [(interval.at, "n") for interval in intervals])
    alternating = "".join(kind for _at, kind in places) == "ni" * len(items)
    if len(intervals) != len(items) or not (alternating or len(items) == 1):
        return items, True
    joined = [_at_interval(item, interval) for item, interval in zip(items, intervals, strict=True)]
    known = [item for item in joined if item is not None]
    return (known, False) if len(known) == len(items) else (items, True)


def _at_interval(item: DayItem, interval: Interval) -> DayItem | None:
    rule, wanted = item.rule, Frequency.WEEKLY if interval.unit == "週" else Frequency.MONTHLY
    if interval.vague or rule.freq != wanted or rule.bymonth or not 1 < interval.number <= 12:
        return None
    # 「火・土曜日(隔週)」: perhaps the Saturday only.
    if wanted == Frequency.WEEKLY and len(item.weekdays) > 1 and interval.at > item.at:
        return None
    return replace(item, rule=replace(rule, interval=interval.number), manner=Manner.FORTNIGHT)


def _counts_agree(counts: Sequence[Count], items: Sequence[DayItem]) -> bool:
    """「月2回 第2・4火曜日」 agrees; 「月1回 土曜日」 says which weekday but not which Saturday."""
    return all(_count_agrees(count, items) for count in counts)


def _count_agrees(count: Count, items: Sequence[DayItem]) -> bool:
    rules = [item.rule for item in items]
    if not rules:
        return False
    if count.unit == "年":
        return not count.vague and count.number == sum(
            len(rule.bymonth) * _days_a_month(rule) for rule in rules
        )
    weekly = sum(len(rule.weekdays) for rule in rules if rule.interval == 1)
    if count.unit == "週":
        return (
            not count.vague
            and all(rule.freq == Frequency.WEEKLY for rule in rules)
            and weekly == count.number
        )
    if any(item.manner == Manner.BARE for item in items):
        return False
    if any(rule.interval > 1 for rule in rules):
        fortnight = all(rule.freq == Frequency.WEEKLY and rule.interval == 2 for rule in rules)
        return fortnight and count.number == 2 * sum(len(rule.weekdays) for rule in rules)
    # 「毎週火曜 月4回」 leaves open what happens in a month with five Tuesdays.
    return not weekly and count.number == sum(_days_a_month(rule) for rule in rules)


def _days_a_month(rule: Rule) -> int:
    return len(rule.nth) + len(rule.monthdays)


def _policy(closures: Closures, items: Sequence[DayItem]) -> HolidayPolicy | None:
    """The one policy stated; None when statements disagree."""
    policies = set(closures.policies)
    if closures.nth_on_holiday is not None:
        policies.add(_by_ordinal(closures.nth_on_holiday, items))
    if len(policies) > 1 or (HolidayPolicy.UNKNOWN in policies):
        return None
    if policies:
        return policies.pop()
    # 平日 in Japanese offices means Monday to Friday without public holidays.
    if any(item.every_holiday for item in items):
        return HolidayPolicy.ON
    workdays = bool(items) and all(item.workdays for item in items)
    return HolidayPolicy.OFF if workdays else HolidayPolicy.UNKNOWN


def _by_ordinal(ordinal: int, items: Sequence[DayItem]) -> HolidayPolicy:
    """「毎月第4金曜日(祝日の場合第3)」 is the week before; only plain when there is one ordinal."""
    pairs = [pair for item in items for pair in item.rule.nth]
    steps = {-1: HolidayPolicy.PREVIOUS_WEEK, 1: HolidayPolicy.NEXT_WEEK}
    if len(pairs) != 1 or pairs[0][0] < 1:
        return HolidayPolicy.UNKNOWN
    return steps.get(ordinal - pairs[0][0], HolidayPolicy.UNKNOWN)


def _with_times(
    items: Sequence[DayItem], times: Sequence[FoundSlot]
) -> tuple[list[DayItem], tuple[Slot, ...], bool]:
    """Give times to days: after every expression its own, or all together common.

    Returns items, common slots, and whether this was plain. Labelled times (受付, 調理) are remarks.
    """
    plain = [found for found in times if not found.labelled]
    if not plain:
        return list(items), (), not times
    following = [*items[1:], None][: len(items)]
    groups = [_between(plain, item, after) for item, after in zip(items, following, strict=True)]
    before = [found for found in plain if items and found.at < items[0].at]
    last_only = not any(groups[:-1])
    if len(items) < 2 or (last_only and not before):
        slots = in_order(found.slot for found in plain)
        if _overlap(slots):
            return list(items), (), False
        return list(items), slots, True
    # 「第2火曜、第4木曜 10時、第1金曜 14時」: does ten o'clock hold for the Tuesday? No time is better.
    untimed = [not group for group in groups]
    if before or untimed != sorted(untimed):
        return list(items), (), False
    timed = [
        replace(item, rule=replace(item.rule, slots=in_order(found.slot for found in group)))
        for item, group in zip(items, groups, strict=True)
    ]
    if len({item.rule.slots for item in timed}) == 1:
        return list(items), timed[0].rule.slots, True
    return timed, (), True


def _between(times: Sequence[FoundSlot], item: DayItem, after: DayItem | None) -> list[FoundSlot]:
    return [found for found in times if item.at < found.at and (after is None or found.at < after.at)]


def _overlap(slots: Sequence[Slot]) -> bool:
    return any(one.end is not None and two.start < one.end for one, two in pairwise(slots))


def _without(items: Sequence[DayItem], closures: Closures) -> list[Rule] | None:
    """Rules less the weekdays said to be closed and less 第5週; None when that cannot be said by a rule."""
    rules = [item.rule for item in items]
    if closures.weekdays:
        if any(rule.freq != Frequency.WEEKLY for rule in rules) or not rules:
            return None
        kept = [tuple(day for day in rule.weekdays if day not in closures.weekdays) for rule in rules]
        if not all(kept):
            return None
        rules = [replace(rule, weekdays=days) for rule, days in zip(rules, kept, strict=True)]
    if closures.no_fifth is not None:
        return _without_fifth(rules, closures.no_fifth)
    return rules


def _without_fifth(rules: Sequence[Rule], weekdays: set[int]) -> list[Rule] | None:
    kept: list[Rule] = []
    for rule in rules:
        if rule.freq != Frequency.WEEKLY or rule.interval > 1:
            return None
        closed = [day for day in rule.weekdays if not weekdays or day in weekdays]
        if others := tuple(day for day in rule.weekdays if day not in closed):
            kept.append(replace(rule, weekdays=others))
        if closed:
            nth = tuple((ordinal, day) for ordinal in (1, 2, 3, 4) for day in closed)
            kept.append(Rule(Frequency.MONTHLY, nth=nth, bymonth=rule.bymonth, slots=rule.slots))
    return kept
