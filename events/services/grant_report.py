"""助成金: what a group held in a fiscal year, and how many came.

Many councils give a salon its grant on two conditions: 年10回以上, 1回10人以上 (帯広・掛川・札幌's lists of salons). We count
dates that took place and are over, of events the group holds itself (those it only joins are the other group's).
Slots of a consultation on one day are one date. Cancelled dates count nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from directory.models import Organization
from directory.visit_counts import span_of

from ..choices import DateStatus, EventKind, SignUpState
from ..models import CourseCheckIn, EventDate, SignUp

#: The conditions most grants name.
TIMES_A_YEAR = 10
PEOPLE_A_TIME = 10


@dataclass(frozen=True)
class HeldDate:
    """One date that took place. `participants` and `volunteers` are None where nobody wrote them down."""

    date: dt.date
    title: str
    event_code: str
    participants: int | None
    volunteers: int | None


@dataclass(frozen=True)
class GrantReport:
    """One group, one fiscal year."""

    organization: Organization
    year: int
    held: list[HeldDate] = field(default_factory=list)
    cancelled: int = 0

    @property
    def times(self) -> int:
        return len(self.held)

    @property
    def unrecorded(self) -> int:
        """Dates nobody wrote numbers for: they count as held, and not in the average."""
        return sum(row.participants is None for row in self.held)

    @property
    def people(self) -> int:
        return sum(row.participants or 0 for row in self.held)

    @property
    def volunteers(self) -> int:
        return sum(row.volunteers or 0 for row in self.held)

    @property
    def average(self) -> float | None:
        """Participants a date, over the dates with numbers, cut (not rounded up) to one decimal."""
        recorded = self.times - self.unrecorded
        return self.people * 10 // recorded / 10 if recorded else None

    @property
    def is_often_enough(self) -> bool:
        return self.times >= TIMES_A_YEAR

    @property
    def is_large_enough(self) -> bool:
        return self.average is not None and self.average >= PEOPLE_A_TIME


def grant_report(organization: Organization, year: int, *, now: dt.datetime | None = None) -> GrantReport:
    """The report of one group."""
    return grant_reports([organization], year, now=now)[0]


def grant_reports(
    organizations: Iterable[Organization], year: int, *, now: dt.datetime | None = None
) -> list[GrantReport]:
    """A report for each of `organizations`, also where nothing was held. Three queries whatever their number."""
    groups, now = list(organizations), now or timezone.now()
    first, last = span_of(year)
    rows = EventDate.objects.filter(
        event__organization__in=[group.pk for group in groups], date__gte=first, date__lte=last
    )
    ticked = _ticked(rows)
    held: dict[int, dict[object, list[HeldDate]]] = defaultdict(lambda: defaultdict(list))
    cancelled: dict[int, set[object]] = defaultdict(set)
    for row in rows.select_related("event", "attendance").order_by("date", "start", "pk"):
        owner, key = row.event.organization_id or 0, _key(row)
        if row.status == DateStatus.CANCELLED:
            cancelled[owner].add(key)
        elif row.ends_at <= now:
            held[owner][key].append(_held(row, ticked))
    return [
        GrantReport(
            group,
            year,
            [_together(parts) for parts in held[group.pk].values()],
            len(cancelled[group.pk] - held[group.pk].keys()),
        )
        for group in groups
    ]


def _key(row: EventDate) -> object:
    """What counts as one date."""
    return (row.event_id, row.date) if row.event.kind == EventKind.CONSULTATION else row.pk


def _held(row: EventDate, ticked: dict[int, int]) -> HeldDate:
    written = getattr(row, "attendance", None)
    people = written.total if written is not None else ticked.get(row.pk)
    helped = written.volunteers if written is not None else None
    return HeldDate(row.date, row.event.title, row.event.code, people, helped)


def _together(parts: list[HeldDate]) -> HeldDate:
    """Slots of one day as one date."""
    first = parts[0]
    return HeldDate(
        first.date,
        first.title,
        first.event_code,
        _sum(part.participants for part in parts),
        _sum(part.volunteers for part in parts),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _ticked(dates: QuerySet[EventDate]) -> dict[int, int]:
    """Date → how many were ticked as there. A date on which only absences were ticked has 0."""
    inside = dates.order_by().values("pk")
    came = Sum("party_size", filter=Q(state=SignUpState.ATTENDED), default=0)
    ended = (SignUpState.ATTENDED, SignUpState.ABSENT)
    single = SignUp.objects.filter(date__in=inside, state__in=ended).order_by()
    found = dict(single.values_list("date").annotate(n=came))
    course = CourseCheckIn.objects.filter(date__in=inside).order_by()
    whole = Sum("signup__party_size", filter=Q(came=True), default=0)
    for date, number, _rows in course.values_list("date").annotate(n=whole, rows=Count("pk")):
        found[date] = found.get(date, 0) + number
    return found
