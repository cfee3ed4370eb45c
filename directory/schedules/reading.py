"""One text read completely: every part understood is kept apart, every other word is a leftover."""

from dataclasses import dataclass, field
from datetime import date

from .closures import Closures, take_closures
from .dates import FoundDates, take_dates
from .days import DayItem, take_items
from .phrases import (
    Count,
    Interval,
    Sign,
    leftovers,
    take_counts,
    take_day_names,
    take_first_signs,
    take_intervals,
    take_signs,
)
from .scan import Scan
from .times import FoundSlot, take_times


@dataclass(slots=True)
class Reading:
    """The parts of a text, not yet joined to a schedule. `unknown` are words nobody understood."""

    items: list[DayItem] = field(default_factory=list)
    times: list[FoundSlot] = field(default_factory=list)
    dates: FoundDates = field(default_factory=FoundDates)
    closures: Closures = field(default_factory=Closures)
    counts: list[Count] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    signs: set[Sign] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    doubtful_times: list[str] = field(default_factory=list)

    @property
    def says_days(self) -> bool:
        return bool(self.items or self.dates.dates)

    @property
    def understood_anything(self) -> bool:
        signs = self.signs - {Sign.ENDED, Sign.HIDDEN}
        return bool(
            self.says_days or self.times or self.counts or self.intervals or signs or self.closures.policies
        )


def read(text: str, today: date) -> Reading:
    """Read a normalised text. The order matters: what is longer and plainer is taken away first."""
    scan = Scan(text)
    closures = take_closures(scan)
    dates = take_dates(scan, today)
    day_names = take_day_names(scan)
    signs = take_first_signs(scan)
    times, doubtful_times = take_times(scan)
    counts = take_counts(scan)
    items, doubtful_days = take_items(scan)
    intervals, more_counts = take_intervals(scan)
    signs |= take_signs(scan)
    remarks, unknown = leftovers(scan)
    return Reading(
        items=items,
        times=times,
        dates=dates,
        closures=closures,
        counts=counts + more_counts,
        intervals=intervals,
        signs=signs,
        remarks=day_names + remarks,
        unknown=unknown + doubtful_days + dates.doubtful + closures.doubtful,
        doubtful_times=doubtful_times,
    )
