"""Dates of events as they stand in lists: read together in a fixed number of queries, shown without asking again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Prefetch

from directory.cards import Card, distance_words, place_words, walk_minutes
from directory.japanese_dates import short_date, time_span
from directory.models import Venue
from directory.visibility import Place

from .choices import DateStatus, EventKind, SignUpPolicy
from .date_words import state_words
from .event_words import audience_words, fee_words, is_over, join_words
from .models import Event, EventDate, Seats
from .near import metres_between
from .querysets import EventDateQuerySet
from .signup_opening import is_for_all_dates
from .visibility import place_of

Point = tuple[float, float]


@dataclass(frozen=True)
class DateCard:
    """One date of an event in a list. `state` says in words what became of it; "" as planned."""

    url: str
    name: str
    kana: str
    kind: str
    day: date
    start: time | None
    times: str
    state: str = ""
    is_off: bool = False
    is_over: bool = False
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    distance: str = ""
    walk: int | None = None

    @property
    def day_words(self) -> str:
        return short_date(self.day)

    @property
    def as_card(self) -> Card:
        """The same beside cards of entries."""
        facts = (("clock", self.times), *self.facts)
        return Card(
            url=self.url,
            name=self.name,
            kana=self.kana,
            kind=self.kind,
            next_date=self.day,
            notice=self.state,
            facts=tuple((icon, text) for icon, text in facts if text),
        )


def with_card_data(rows: EventDateQuerySet) -> EventDateQuerySet:
    """`rows` with what cards show: two queries, whatever the number."""
    places = (
        "venue__town",
        "venue__district",
        "event__venue__town",
        "event__venue__district",
        "event__district",
    )
    # Boundaries of areas weigh tens of kilobytes each.
    heavy = [f"{name}__boundary" for name in places if name.endswith("district")]
    return rows.select_related("event", *places).defer(*heavy).prefetch_related("event__audiences")


def with_shared_events(rows: EventDateQuerySet) -> EventDateQuerySet:
    """The same for hundreds of rows, many of the same event: each event is read once, without its long texts.

    Five queries, whatever the number; contacts are there too.
    """
    places = ("venue__town", "venue__district", "district")
    heavy = [f"{name}__boundary" for name in places if name.endswith("district")]
    events = Event.objects.select_related(*places).defer("body", "minutes", "joining_text", *heavy)
    known = Prefetch("event", queryset=events.prefetch_related("audiences", "contacts"))
    here = Venue.objects.select_related("town", "district").defer("district__boundary")
    return rows.prefetch_related(known, Prefetch("venue", queryset=here))


def cards_of(dates: Sequence[EventDate], now: datetime, near: Point | None = None) -> list[DateCard]:
    """The cards of dates read by `with_card_data`, as they stand at `now`. One query, for the seats."""
    left = free_seats(dates)
    common: dict[tuple[int, int | None], _Common] = {}
    for item in dates:
        key = item.event_id, item.venue_id
        if key not in common:
            common[key] = _common(item)
    return [_card(item, common[item.event_id, item.venue_id], left.get(item.pk), now, near) for item in dates]


def first_of_each(dates: Iterable[EventDate], most: int) -> list[EventDate]:
    """The first date of each event, `most` at the highest."""
    found: dict[int, EventDate] = {}
    for item in dates:
        if len(found) == most:
            break
        found.setdefault(item.event_id, item)
    return list(found.values())


def free_seats(dates: Iterable[EventDate]) -> dict[int, int | None]:
    """Primary key of each date → free seats, None for no limit. For dates of many events; one query."""
    dates = list(dates)
    asked = {item.event_id for item in dates if item.event.takes_signups_here}
    rows = Seats.objects.filter(event__in=asked).values_list("event_id", "date_id", "taken") if asked else ()
    taken: dict[tuple[int, int | None], int] = {(event, day): number for event, day, number in rows}
    return {item.pk: _left(item, taken) for item in dates}


def _left(item: EventDate, taken: dict[tuple[int, int | None], int]) -> int | None:
    event = item.event
    is_course = is_for_all_dates(event)
    limit = event.capacity if is_course or item.capacity is None else item.capacity
    if limit is None or not event.takes_signups_here:
        return None
    return max(0, limit - taken.get((event.pk, None if is_course else item.pk), 0))


@dataclass(frozen=True)
class _Common:
    """What is the same on every card of an event at one place: worked out once, however often it is held."""

    url: str
    kind: str
    place: Place
    where: str
    fee: str
    audience: str


def _common(item: EventDate) -> _Common:
    event = item.event
    place = place_of(event, venue=item.venue)
    return _Common(
        url=event.get_absolute_url(),
        kind=str(EventKind(event.kind).label),
        place=place,
        where=place_words(place),
        fee=fee_words(event),
        audience=audience_words(event),
    )


def _card(item: EventDate, common: _Common, left: int | None, now: datetime, near: Point | None) -> DateCard:
    event = item.event
    metres = _metres(common.place, near)
    is_off = item.status == DateStatus.CANCELLED
    return DateCard(
        url=common.url,
        name=event.title,
        kana=event.kana,
        kind=common.kind,
        day=item.date,
        start=item.start,
        times=time_span(item.start, item.end),
        state=state_words(event, item),
        is_off=is_off,
        is_over=is_over(item, now),
        facts=_facts(event, common, "" if is_off else join_words(event, item, left, now)),
        distance=distance_words(metres),
        walk=walk_minutes(metres),
    )


def _facts(event: Event, common: _Common, join: str) -> tuple[tuple[str, str], ...]:
    is_free_to_come = event.signup_policy == SignUpPolicy.NONE
    rows = [
        ("pin", common.where),
        ("yen", common.fee),
        ("people", common.audience),
        ("check" if is_free_to_come else "edit", join),
    ]
    return tuple((icon, text) for icon, text in rows if text)


def _metres(place: Place, near: Point | None) -> float | None:
    if near is None or place.lat is None or place.lng is None:
        return None
    return metres_between((place.lat, place.lng), near)
