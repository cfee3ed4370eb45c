"""Who stands on the list of one date: those who come, those who wait, those who asked. Erased people are counts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from .choices import SEATED, Need, SignUpState
from .date_words import date_words
from .door_desk import Desk
from .models import CourseCheckIn, EventDate, SignUp
from .services.seats import seats_left
from .signup_tokens import receipt_words


@dataclass(frozen=True)
class Line:
    """One sign-up on the list. `came`: True, False, or None where nobody ticked."""

    signup: SignUp
    came: bool | None

    @property
    def anchor(self) -> str:
        return f"s-{self.signup.receipt}"

    @property
    def receipt(self) -> str:
        return receipt_words(self.signup.receipt)

    @property
    def needs(self) -> list[str]:
        labels = dict(Need.choices)
        said = [str(labels[need]) for need in self.signup.needs if need in labels]
        return [*said, self.signup.needs_note] if self.signup.needs_note else said


@dataclass(frozen=True)
class Erased:
    """Sign-ups whose personal part is gone."""

    rows: int = 0
    people: int = 0
    came: int = 0


@dataclass(frozen=True)
class DoorList:
    """All of one date."""

    date: EventDate
    words: str
    seated: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)
    gone: int = 0
    erased: Erased = Erased()
    left: int | None = None

    @property
    def people(self) -> int:
        return sum(line.signup.party_size for line in self.seated)

    @property
    def came(self) -> int:
        """How many people were ticked as there, erased ones included."""
        return sum(line.signup.party_size for line in self.seated if line.came) + self.erased.came

    @property
    def is_open(self) -> bool:
        """Can one tick?"""
        return self.date.takes_place and self.date.date <= timezone.localdate()


def door_list(desk: Desk, date: EventDate) -> DoorList:
    """The list of `date`; those of a whole course are on each of its dates. Four queries."""
    rows = SignUp.objects.filter(_concerning(date)).order_by("created_at", "pk")
    ticks = dict(CourseCheckIn.objects.filter(date=date).values_list("signup", "came"))
    kept: dict[str, list[Line]] = defaultdict(list)
    erased: list[Line] = []
    for row in rows:
        line = Line(row, _came(row, ticks))
        (erased if row.erased_at else kept[row.state]).append(line)
    return DoorList(
        date=date,
        words=date_words(desk.event, date),
        seated=sorted(_of(kept, SEATED), key=lambda line: line.signup.created_at),
        waiting=kept[SignUpState.WAITING],
        asked=kept[SignUpState.ASKED],
        gone=len(kept[SignUpState.CANCELLED]) + len(kept[SignUpState.DECLINED]),
        erased=_counted(erased),
        left=seats_left(desk.event, [date])[date.pk],
    )


@dataclass(frozen=True)
class DoorDate:
    """One date in the overview."""

    date: EventDate
    words: str
    url: str
    people: int
    waiting: int
    asked: int
    came: int
    left: int | None

    @property
    def is_over(self) -> bool:
        return self.date.ends_at <= timezone.now()


def door_dates(desk: Desk) -> list[DoorDate]:
    """Every date with its numbers of people. Four queries, however many dates."""
    event = desk.event
    dates = list(event.dates.select_related("venue", "attendance"))
    sizes: Any = SignUp.objects.filter(event=event).order_by()
    counted: dict[tuple[int | None, str], int] = {
        (date, state): people
        for date, state, people in sizes.values_list("date", "state").annotate(n=Sum("party_size"))
    }
    ticked = dict(
        CourseCheckIn.objects.filter(date__event=event, came=True)
        .order_by()
        .values_list("date")
        .annotate(n=Sum("signup__party_size"))
    )
    left = seats_left(event, dates)
    return [_door_date(desk, date, counted, ticked, left) for date in dates]


def _door_date(
    desk: Desk,
    date: EventDate,
    counted: dict[tuple[int | None, str], int],
    ticked: dict[int, int],
    left: dict[int, int | None],
) -> DoorDate:
    def people(states: Iterable[str]) -> int:
        # Those of the whole course are on every date.
        return sum(counted.get((key, state), 0) for key in (date.pk, None) for state in states)

    written = getattr(date, "attendance", None)
    ticks = counted.get((date.pk, SignUpState.ATTENDED), 0) + ticked.get(date.pk, 0)
    return DoorDate(
        date=date,
        words=date_words(desk.event, date),
        url=desk.day(date),
        people=people(SEATED),
        waiting=people([SignUpState.WAITING]),
        asked=people([SignUpState.ASKED]),
        came=written.total if written is not None else ticks,
        left=left[date.pk],
    )


def signups_of_date(date: EventDate) -> Any:
    """Sign-ups one may act on from the list of `date`."""
    return SignUp.objects.filter(_concerning(date), erased_at__isnull=True).select_related("date", "event")


def _concerning(date: EventDate) -> Q:
    return Q(event=date.event_id) & (Q(date=date) | Q(date__isnull=True))


def _came(row: SignUp, ticks: dict[int, bool]) -> bool | None:
    if row.date_id is None:
        return ticks.get(row.pk)
    return {SignUpState.ATTENDED.value: True, SignUpState.ABSENT.value: False}.get(row.state)


def _of(kept: dict[str, list[Line]], states: Iterable[str]) -> list[Line]:
    return [line for state in states for line in kept[state]]


def _counted(lines: list[Line]) -> Erased:
    seated = [line for line in lines if line.signup.has_seat]
    people = sum(line.signup.party_size for line in seated)
    return Erased(len(seated), people, sum(line.signup.party_size for line in seated if line.came))
