"""Events of the demo: sixty in the next sixty days, of every kind, some cancelled or moved, some full."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from areas.models import Area
from directory.models import Audience, Organization, Photo, Venue
from directory.schedules import HolidayPolicy, Kind, Rule, ScheduleSpec, Slot
from directory.schedules.rules import Frequency
from events.choices import AttendanceMode, EventKind, Need, SignUpChannel, SignUpPolicy, SignUpUnit
from events.models import Attendance, Event, EventContact, EventPhoto, EventSchedule
from events.services.date_changes import cancel_date, move_date
from events.services.dates import rebuild_dates
from events.services.signups import sign_up
from members.models import User
from tests.factories.directory import FICTIONAL_PHONE

from .content.happenings import PATTERNS, Pattern

COUNT, DAYS = 60, 60


def make_events(
    home: Area, *, today: date, chance: random.Random, photos: dict[str, list[Photo]]
) -> list[Event]:
    """Sixty events all over, the first ones in `home`. Returns them."""
    groups = list(Organization.objects.published().prefetch_related("areas").order_by("pk"))
    own = Organization.objects.get(members__user__email="group@example.jp")
    everyone = Audience.objects.filter(code="everyone").first()
    made = []
    for number in range(COUNT):
        group = own if number < 4 else groups[number % len(groups)]
        event = _make(PATTERNS[number % len(PATTERNS)], group, number, today, chance)
        if event is None:
            continue
        if everyone is not None:
            event.audiences.add(everyone)
            event.save()
        subject = chance.choice(sorted(photos))
        EventPhoto.objects.create(event=event, photo=photos[subject][0])
        made.append(event)
    _unusual(made)
    _signups(made, chance)
    _past(own, today, chance)
    return made


def _make(
    pattern: Pattern, group: Organization, number: int, today: date, chance: random.Random
) -> Event | None:
    district = next(iter(group.areas.all()), None)
    venue = Venue.objects.filter(district=district).order_by("pk")[number % 2 :].first()
    if district is None or venue is None:
        return None
    turn = number // len(PATTERNS)
    name = pattern.names[turn % len(pattern.names)]
    event = Event.objects.create(
        kind=pattern.kind,
        title=f"{district.short_name} {name.title}",
        kana=f"{district.kana} {name.kana}",
        summary=name.summary,
        body="見本として作った、架空の催しです。",
        organization=group,
        venue=venue,
        district=district,
        fee_kind="paid" if pattern.fee else "free",
        fee=pattern.fee or None,
        bring=pattern.bring,
        signup_policy=pattern.policy,
        capacity=pattern.capacity,
        needs_asked=[Need.WHEELCHAIR, Need.ALLERGY] if pattern.policy == SignUpPolicy.OPEN else [],
        signup_unit=SignUpUnit.COURSE if pattern.kind == EventKind.COURSE else SignUpUnit.DATE,
        attendance_mode=AttendanceMode.MIXED if pattern.kind == EventKind.TRAINING else AttendanceMode.ONSITE,
        joining_text="オンラインの入り方は、前の日にお知らせします。"
        if pattern.kind == EventKind.TRAINING
        else "",
        live=True,
    )
    EventContact.objects.create(event=event, name="係", phone=FICTIONAL_PHONE, audience="public")
    _plan(event, pattern, today + timedelta(days=1 + number % DAYS), turn)
    return event


def _plan(event: Event, pattern: Pattern, day: date, turn: int) -> None:
    slots = (Slot(*(_clock(hour, turn) for hour in pattern.hours)),)
    schedule = EventSchedule(event=event)
    if pattern.kind == EventKind.COURSE:
        days = tuple(day + timedelta(days=7 * turn) for turn in range(3))
        schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=days, slots=slots)
    elif pattern.is_weekly:
        rule = Rule(Frequency.WEEKLY, weekdays=((5 + turn) % 7,))
        schedule.rule = ScheduleSpec(
            kind=Kind.REGULAR, rules=(rule,), slots=slots, holidays=HolidayPolicy.OFF, until=_end(day)
        )
    else:
        schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=(day,), slots=slots)
    if pattern.kind == EventKind.CONSULTATION:
        schedule.slot_minutes = 30
    schedule.save()
    rebuild_dates(event)


def _clock(hour: int, turn: int) -> time:
    """The hour, half an hour later at each turn, four in all: 13:00, 13:30, 14:00, 14:30, 13:00 …"""
    return (datetime(2026, 1, 1, hour) + timedelta(minutes=30 * (turn % 4))).time()


def _end(day: date) -> date:
    return day + timedelta(days=60)


def _unusual(events: list[Event]) -> None:
    """One cancelled, one on another day."""
    cancelled, moved = (_coming(events[number]) for number in (5, 16))
    if cancelled is not None:
        cancel_date(date=cancelled, reason="台風が近づいているため", by=None)
    if moved is not None:
        move_date(date=moved, new_date=moved.date + timedelta(days=1), reason="会場の都合", by=None)


def _coming(event: Event) -> Any:
    return event.dates.order_by("date").first()


def _signups(events: list[Event], chance: random.Random) -> None:
    """People who phoned: nicknames only, and no address. The first course is full and two wait."""
    names = ("はな", "たろう", "うめ", "さくら", "けん", "みどり", "そら", "ゆき", "まつ", "あおい")
    for event in events:
        if event.signup_policy not in (SignUpPolicy.OPEN, SignUpPolicy.PHONE):
            continue
        date = None if event.signup_unit == SignUpUnit.COURSE else _open_date(event)
        if date is None and event.signup_unit == SignUpUnit.DATE:
            continue
        number = (event.capacity or 4) + 2 if event is events[1] else chance.randint(0, 3)
        number = min(number, 1) if event.kind == EventKind.CONSULTATION else number
        for turn in range(number):
            sign_up(
                event=event,
                date=date,
                name=names[turn % len(names)],
                phone=FICTIONAL_PHONE,
                channel=SignUpChannel.PHONE,
            )


def _open_date(event: Event) -> Any:
    return event.dates.taking_place().order_by("date", "start").first()


def _past(own: Organization, today: date, chance: random.Random) -> None:
    """What the group held this year: the figures of a grant report."""
    days = tuple(today - timedelta(days=14 * turn) for turn in range(1, 13))
    event = Event.objects.create(
        title=f"{own.name}の集まり",
        summary="毎月2回、集まっています。",
        organization=own,
        district=own.areas.first(),
        live=True,
    )
    schedule = EventSchedule(event=event)
    schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=days, slots=(Slot(time(10), time(12)),))
    schedule.save()
    rebuild_dates(event)
    person = User.objects.get(email="group@example.jp")
    for row in event.dates.all():
        Attendance.objects.create(
            date=row,
            adult=chance.randint(2, 5),
            older=chance.randint(3, 6),
            old=chance.randint(2, 6),
            volunteers=chance.randint(1, 3),
            recorded_by=person,
        )
