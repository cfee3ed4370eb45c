"""Events of the demo: sixty in the next sixty days, of every kind, some cancelled or moved, some full."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from areas.models import Area
from directory.models import Audience, Organization, Photo, Venue
from directory.schedules import HolidayPolicy, Kind, Rule, ScheduleSpec, Slot
from events.choices import AttendanceMode, EventKind, Need, SignUpChannel, SignUpPolicy, SignUpUnit
from events.models import Attendance, Event, EventContact, EventPhoto, EventSchedule
from events.services.date_changes import cancel_date, move_date
from events.services.dates import rebuild_dates
from events.services.signups import sign_up
from members.models import User
from tests.factories.directory import FICTIONAL_PHONE

COUNT, DAYS = 60, 60


@dataclass(frozen=True)
class Pattern:
    """How events of one sort look."""

    kind: EventKind
    title: str
    kana: str
    summary: str
    hours: tuple[int, int]
    policy: SignUpPolicy = SignUpPolicy.NONE
    capacity: int | None = None
    fee: int = 0
    bring: str = ""


PATTERNS = (
    Pattern(
        EventKind.EVENT, "秋のお茶会", "あきのおちゃかい", "お茶とお菓子で、ゆっくり話しましょう。", (14, 16)
    ),
    Pattern(
        EventKind.COURSE,
        "はじめてのスマートフォン講座",
        "はじめてのすまーとふぉんこうざ",
        "電話のかけ方から、写真の送り方まで。3回で学びます。",
        (10, 12),
        SignUpPolicy.OPEN,
        8,
        bring="お持ちのスマートフォン",
    ),
    Pattern(
        EventKind.CONSULTATION,
        "お気軽に相談会",
        "おきがるにそうだんかい",
        "介護、お金、住まい。なんでも相談できます。1組30分です。",
        (13, 15),
        SignUpPolicy.OPEN,
        1,
    ),
    Pattern(
        EventKind.EVENT,
        "みんなの食堂",
        "みんなのしょくどう",
        "子どもも大人も、いっしょにごはんを食べます。",
        (17, 19),
        SignUpPolicy.OPEN,
        20,
        200,
    ),
    Pattern(
        EventKind.TRAINING,
        "ボランティア入門研修",
        "ぼらんてぃあにゅうもんけんしゅう",
        "はじめて手伝う方のための、半日の研修です。",
        (9, 12),
        SignUpPolicy.APPROVAL,
        15,
    ),
    Pattern(EventKind.EVENT, "公園でラジオ体操", "こうえんでらじおたいそう", "雨の日は休みます。", (9, 10)),
    Pattern(
        EventKind.EVENT,
        "歳末の演奏会",
        "さいまつのえんそうかい",
        "近所の音楽の会が、なつかしい歌を演奏します。",
        (14, 16),
        SignUpPolicy.PHONE,
        40,
    ),
    Pattern(
        EventKind.MEETING,
        "地区のささえあい会議",
        "ちくのささえあいかいぎ",
        "地区の困りごとと、できることを話し合います。どなたでも聞けます。",
        (18, 20),
    ),
    Pattern(
        EventKind.PRESENTATION,
        "地区の取り組み報告会",
        "ちくのとりくみほうこくかい",
        "この1年の活動を、団体が報告します。",
        (13, 16),
        SignUpPolicy.OPEN,
        60,
    ),
    Pattern(
        EventKind.EVENT,
        "親子で折り紙",
        "おやこでおりがみ",
        "季節の飾りを作ります。",
        (10, 11),
        fee=100,
    ),
)


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
    event = Event.objects.create(
        kind=pattern.kind,
        title=f"{district.short_name} {pattern.title}",
        kana=f"{district.kana} {pattern.kana}",
        summary=pattern.summary,
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
    _plan(event, pattern, today + timedelta(days=1 + number % DAYS), chance)
    return event


def _plan(event: Event, pattern: Pattern, day: date, chance: random.Random) -> None:
    slots = (Slot(time(pattern.hours[0]), time(pattern.hours[1])),)
    schedule = EventSchedule(event=event)
    if pattern.kind == EventKind.COURSE:
        days = tuple(day + timedelta(days=7 * turn) for turn in range(3))
        schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=days, slots=slots)
    elif "体操" in pattern.title:
        rule = Rule.from_rrule("FREQ=WEEKLY;BYDAY=SA")
        schedule.rule = ScheduleSpec(
            kind=Kind.REGULAR, rules=(rule,), slots=slots, holidays=HolidayPolicy.OFF, until=_end(day)
        )
    else:
        schedule.rule = ScheduleSpec(kind=Kind.DATES, dates=(day,), slots=slots)
    if pattern.kind == EventKind.CONSULTATION:
        schedule.slot_minutes = 30
    schedule.save()
    rebuild_dates(event)


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
