"""Calendar files, read again by vobject (and unrolled by dateutil), compared with our own dates."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client

from directory.choices import PlaceVisibility
from directory.schedules import HolidayPolicy, Kind, Rule, ScheduleSpec, Slot, monthly, monthly_on, weekly
from events.choices import DateStatus
from events.models import Event, EventSchedule
from events.services import date_changes, dates
from tests.events.stored import storable
from tests.factories.directory import VenueFactory
from tests.factories.events import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
TOKYO = ZoneInfo("Asia/Tokyo")
TEN, NOON, TWO = dt.time(10), dt.time(12), dt.time(14)

Moment = tuple[dt.date, dt.time | None, dt.time | None]


def read(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return vobject.readOne(response.content.decode())


def ics(event: Event) -> str:
    return f"{event.get_absolute_url()}calendar.ics"


def parts(at: dt.date | dt.datetime) -> tuple[dt.date, dt.time | None]:
    if not isinstance(at, dt.datetime):
        return at, None
    assert at.utcoffset() == dt.timedelta(hours=9)
    return at.date(), at.time()


def span(item: Any) -> Moment:
    day, start = parts(item.dtstart.value)
    end = parts(item.dtend.value)[1] if hasattr(item, "dtend") and start is not None else None
    return day, start, end


def held(calendar: Any) -> list[Moment]:
    """Every date that takes place, as a calendar programme makes them out of the file."""
    replaced = {
        (item.uid.value, parts(item.recurrence_id.value)) for item in items(calendar) if changed(item)
    }
    found = []
    for item in items(calendar):
        if getattr(item, "rrule", None) is None:
            found += [span(item)] if item.status.value == "CONFIRMED" else []
            continue
        _day, start, end = span(item)
        days = [at.date() for at in item.getrruleset(addRDate=True)]
        found += [(day, start, end) for day in days if (item.uid.value, (day, start)) not in replaced]
    return sorted(found, key=str)


def items(calendar: Any) -> list[Any]:
    return list(calendar.contents.get("vevent", []))


def changed(item: Any) -> bool:
    return hasattr(item, "recurrence_id")


def ours(event: Event) -> list[Moment]:
    rows = event.dates.exclude(status=DateStatus.CANCELLED)
    return sorted(((row.date, row.start, row.end) for row in rows), key=str)


def repeating(
    *rules: Rule, holidays: str = "off", slots: tuple[Slot, ...] = (Slot(TEN, NOON),), **spec: Any
) -> Event:
    event = EventFactory(on=())
    schedule = EventSchedule(event=event)
    schedule.rule = ScheduleSpec(
        kind=Kind.REGULAR, rules=rules, slots=slots, holidays=HolidayPolicy(holidays), **spec
    )
    schedule.save()
    dates.rebuild_dates(event)
    return event


RULES = {
    "every Monday, many holidays off": ((weekly(0),), {}),
    "every Monday, holidays too": ((weekly(0),), {"holidays": "on"}),
    "every Monday, the day after a holiday": ((weekly(0),), {"holidays": "next_day"}),
    "every Monday, a week later for a holiday": ((weekly(0),), {"holidays": "next_week"}),
    "the last day of the month": ((monthly_on(-1),), {}),
    "the 31st": ((monthly_on(31),), {"holidays": "on"}),
    "the 5th Saturday": ((monthly((5, 5)),), {}),
    "second and fourth Thursday": ((monthly((2, 3), (4, 3)),), {}),
    "the last Friday": ((monthly((-1, 4)),), {}),
    "every other week": ((weekly(2, interval=2),), {"anchor": dt.date(2026, 11, 25)}),
    "every other month": ((monthly((1, 6), interval=2),), {"anchor": dt.date(2026, 12, 6)}),
    "not in summer": ((weekly(3, bymonth=(1, 2, 3, 4, 5, 6, 9, 10, 11, 12)),), {}),
    "two rules": ((weekly(1), monthly((1, 5))), {}),
    "twice a day": ((weekly(1),), {"slots": (Slot(TEN, NOON), Slot(TWO, dt.time(16)))}),
    "without an end": ((weekly(1),), {"slots": (Slot(TEN),)}),
    "without hours": ((weekly(0),), {"slots": ()}),
    "until a day": ((weekly(1),), {"until": dt.date(2027, 3, 31)}),
}


@pytest.mark.parametrize("name", RULES)
def test_a_calendar_programme_finds_the_dates_we_have(client, name):
    rules, spec = RULES[name]
    event = repeating(*rules, **spec)
    expected = ours(event)
    assert len(expected) > 3
    assert held(read(client, ics(event))) == expected


@pytest.mark.parametrize("name", RULES)
def test_and_finds_them_after_some_were_moved_and_cancelled(client, name):
    rules, spec = RULES[name]
    event = repeating(*rules, **spec)
    first, second, third, *_rest = event.dates.all()
    date_changes.cancel_date(date=first, reason="大雨", by=None)
    date_changes.move_date(date=second, new_date=second.date + dt.timedelta(days=1), reason="", by=None)
    date_changes.move_date(date=third, start=dt.time(15, 30), end=dt.time(16), reason="", by=None)
    assert held(read(client, ics(event))) == ours(event)
    date_changes.restore_date(date=second, by=None)
    assert held(read(client, ics(event))) == ours(event)


def test_a_rule_is_said_as_a_rule_with_its_holidays_left_out(client):
    calendar = read(client, ics(repeating(weekly(0))))
    (item,) = items(calendar)
    assert item.rrule.value.startswith("FREQ=WEEKLY;")
    left_out = {at.date() for line in item.contents["exdate"] for at in line.value}
    assert {dt.date(2027, 1, 11), dt.date(2027, 3, 22)} <= left_out  # 成人の日, 春分の日の振替休日
    assert calendar.vtimezone.tzid.value == "Asia/Tokyo"
    assert item.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Tokyo"]


def test_a_date_keeps_its_uid_and_its_number_grows(client):
    event = EventFactory()
    (before,) = items(read(client, ics(event)))
    row = event.dates.get()
    assert before.uid.value == str(row.uuid)
    numbers = [int(before.sequence.value)]
    for change in (
        lambda: date_changes.move_date(date=row, new_date=dt.date(2026, 12, 1), reason="", by=None),
        lambda: date_changes.cancel_date(date=row, reason="大雨", by=None),
        lambda: date_changes.restore_date(date=row, by=None),
        lambda: date_changes.cancel_event(event=event, reason="", by=None),
        lambda: date_changes.resume_event(event=event, by=None),
    ):
        change()
        (after,) = items(read(client, ics(event)))
        assert after.uid.value == before.uid.value
        numbers.append(int(after.sequence.value))
    assert numbers == sorted(set(numbers))


def test_a_series_keeps_its_uid_and_its_number_grows(client, fixed_clock):
    event = repeating(weekly(1))
    numbers = []
    for number, row in enumerate(event.dates.all()[:3]):
        (master,) = [item for item in items(read(client, ics(event))) if not changed(item)]
        assert master.uid.value == str(event.uuid)
        numbers.append(int(master.sequence.value))
        date_changes.move_date(
            date=row, new_date=row.date + dt.timedelta(days=number + 1), reason="", by=None
        )
    assert numbers == sorted(set(numbers))
    moved = [item for item in items(read(client, ics(event))) if changed(item)]
    assert {item.uid.value for item in moved} == {str(event.uuid)}
    assert len(moved) == 3


def test_what_is_called_off_is_struck_out_and_says_why(client):
    event = EventFactory(title="もちつき")
    date_changes.cancel_date(date=event.dates.get(), reason="大雨", by=None)
    (item,) = items(read(client, ics(event)))
    assert (item.status.value, item.summary.value) == ("CANCELLED", "【中止】もちつき")
    assert "中止(大雨)" in item.description.value


def test_what_is_put_off_says_so(client):
    event = EventFactory(title="もちつき")
    date_changes.postpone_event(event=event, reason="大雨", by=None)
    (item,) = items(read(client, ics(event)))
    assert (item.status.value, item.summary.value) == ("CANCELLED", "【延期】もちつき")


def test_an_event_of_one_slot_an_hour_is_a_date_a_slot(client):
    event = repeating(weekly(1))
    event.schedules.update(slot_minutes=30)
    dates.rebuild_dates(event)
    calendar = read(client, ics(event))
    assert held(calendar) == ours(event)
    assert len({item.uid.value for item in items(calendar)}) == event.dates.count()


@pytest.mark.parametrize(
    ("visibility", "word", "has_point"),
    [
        (PlaceVisibility.EXACT, "まるい広場", True),
        (PlaceVisibility.DISTRICT, "お問い合わせください", False),
        (PlaceVisibility.HIDDEN, "", False),
    ],
)
def test_the_place_is_as_exact_as_it_may_be(client, visibility, word, has_point):
    event = EventFactory(venue=VenueFactory(name="まるい広場", visibility=visibility))
    (item,) = items(read(client, ics(event)))
    assert word in getattr(getattr(item, "location", None), "value", "")
    assert hasattr(item, "location") == bool(word)
    assert hasattr(item, "geo") == has_point
    if visibility != PlaceVisibility.EXACT:
        assert "まるい広場" not in client.get(ics(event)).content.decode().replace("\r\n ", "")


NASTY = [
    "a,b;c\\d",
    "一行目\n二行目",
    "]]>",
    "🍵と👨‍👩‍👧",
    "BEGIN:VEVENT",
    'x"y:z',
    "ナル\x00文字\x0b",
    "<b>&amp;",
    "改\r\n行\r",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_calendar(client, text):
    text = storable(text)
    event = EventFactory(title=text, summary=text, place_note=text)
    (item,) = items(read(client, ics(event)))
    clean = text.replace("\x00", "").replace("\x0b", "").replace("\r\n", "\n").replace("\r", "\n")
    assert item.summary.value == clean
    assert clean in item.description.value
