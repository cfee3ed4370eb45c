"""Hypothesis strategies for rules, slots and whole schedules."""

from datetime import time

from hypothesis import strategies as st

from directory.schedules import ClosedPeriod, HolidayPolicy, Kind, NamedPeriod, ScheduleSpec, Slot
from directory.schedules.rules import ORDINALS, Frequency, Rule

weekday_sets = st.sets(st.integers(0, 6), min_size=1).map(tuple)
months = st.just(()) | st.sets(st.integers(1, 12), min_size=1, max_size=11).map(tuple)
pairs = st.tuples(st.sampled_from(ORDINALS), st.integers(0, 6))
rhythm = st.one_of(st.tuples(st.just(1), months), st.tuples(st.integers(2, 6), st.just(())))


@st.composite
def _rules(draw) -> Rule:
    interval, bymonth = draw(rhythm)
    kind = draw(st.sampled_from(["weekly", "nth", "monthdays"]))
    if kind == "weekly":
        return Rule(Frequency.WEEKLY, weekdays=draw(weekday_sets), interval=interval, bymonth=bymonth)
    if kind == "nth":
        nth = tuple(draw(st.sets(pairs, min_size=1, max_size=5)))
        return Rule(Frequency.MONTHLY, nth=nth, interval=interval, bymonth=bymonth)
    days = draw(st.sets(st.sampled_from([*range(1, 32), -1]), min_size=1, max_size=4))
    return Rule(Frequency.MONTHLY, monthdays=tuple(days), interval=interval, bymonth=bymonth)


rules = _rules()


@st.composite
def _slots(draw) -> Slot:
    start = draw(st.integers(5 * 60, 22 * 60))
    length = draw(st.none() | st.integers(1, 90))
    end = None if length is None else start + length
    return Slot(time(*divmod(start, 60)), None if end is None else time(*divmod(end, 60)))


@st.composite
def _slot_lists(draw) -> tuple[Slot, ...]:
    found = sorted(draw(st.lists(_slots(), max_size=3)), key=lambda slot: slot.order)
    kept: list[Slot] = []
    for slot in found:
        if not kept or (slot.start > kept[-1].start and (kept[-1].end is None or kept[-1].end <= slot.start)):
            kept.append(slot)
    return tuple(kept)


slot_lists = _slot_lists()
closures = st.sampled_from(
    [
        ClosedPeriod(name=NamedPeriod.NEW_YEAR),
        ClosedPeriod(name=NamedPeriod.OBON),
        ClosedPeriod(first=(8, 1), last=(8, 31)),
        ClosedPeriod(first=(12, 20), last=(1, 10)),
        ClosedPeriod(first=(7, 1), last=(8, 31)),
    ]
)
specs = st.builds(
    ScheduleSpec,
    kind=st.just(Kind.REGULAR),
    rules=rules.map(lambda rule: (rule,)),
    slots=slot_lists,
    holidays=st.sampled_from(HolidayPolicy),
    closed=st.lists(closures, max_size=2, unique=True).map(tuple),
)
