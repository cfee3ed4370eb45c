"""Dates that follow from timetables, kept in the database."""

from datetime import date, time

import pytest

from directory.choices import ChangeAction, OccurrenceStatus
from directory.models import Occurrence, ScheduleException
from directory.schedules import parse
from directory.services.occurrences import rebuild_occurrences
from tests.factories.directory import ResourceFactory, ScheduleFactory, VenueFactory, weekly_spec

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def resource():
    resource = ResourceFactory()
    ScheduleFactory(resource=resource, rule=weekly_spec())
    rebuild_occurrences([resource], today=TODAY)
    return resource


def test_dates_reach_thirteen_months_ahead(resource):
    days = list(resource.occurrences.values_list("date", flat=True))
    assert days[0] == TODAY
    assert days[-1] > date(2027, 12, 1)
    assert date(2027, 1, 1) not in days  # a Friday, and 元日


def test_second_rebuild_writes_nothing(resource):
    assert rebuild_occurrences([resource], today=TODAY) == 0


def test_past_dates_stay_when_the_rule_changes(resource):
    schedule = resource.schedules.get()
    schedule.rule = weekly_spec("FREQ=WEEKLY;BYDAY=MO")
    schedule.save()
    resource.refresh_from_db()
    rebuild_occurrences([resource], today=date(2026, 12, 1))
    days = list(resource.occurrences.values_list("date", flat=True))
    assert date(2026, 11, 20) in days
    assert date(2026, 12, 4) not in days
    assert date(2026, 12, 7) in days


def change(resource, **fields):
    ScheduleException.objects.create(schedule=resource.schedules.get(), **fields)
    rebuild_occurrences([resource], today=TODAY)


def test_cancelled_date_stays_and_says_why(resource):
    change(resource, date=date(2026, 11, 27), action=ChangeAction.CANCEL, reason="大雪のため")
    found = Occurrence.objects.get(date=date(2026, 11, 27))
    assert (found.status, found.reason) == (OccurrenceStatus.CANCELLED, "大雪のため")
    assert not found.takes_place
    assert found not in Occurrence.objects.coming(TODAY, date(2026, 12, 31))


def test_moved_date_is_on_its_new_day(resource):
    change(
        resource,
        date=date(2026, 11, 27),
        action=ChangeAction.MOVE,
        new_date=date(2026, 11, 28),
        start=time(14),
    )
    found = Occurrence.objects.get(date=date(2026, 11, 28))
    assert (found.status, found.moved_from, found.start) == (
        OccurrenceStatus.MOVED,
        date(2026, 11, 27),
        time(14),
    )
    assert not Occurrence.objects.filter(date=date(2026, 11, 27)).exists()


def test_only_the_room_can_change(resource):
    elsewhere = VenueFactory(district=resource.district)
    change(resource, date=date(2026, 11, 27), action=ChangeAction.MOVE, venue=elsewhere)
    found = Occurrence.objects.get(date=date(2026, 11, 27))
    assert (found.venue, found.status) == (elsewhere, OccurrenceStatus.SCHEDULED)


def test_two_times_a_day_are_two_rows():
    resource = ResourceFactory(schedules=[parse("毎週土曜 11:00〜12:00、13:00〜14:00").spec])
    day = resource.occurrences.first().date
    assert list(resource.occurrences.filter(date=day).values_list("start", flat=True)) == [time(11), time(13)]


def test_rhythm_without_a_first_day_gives_no_dates():
    assert not ResourceFactory(schedules=[parse("隔週土曜 10:00〜12:00").spec]).occurrences.exists()


def test_rebuilding_many_costs_few_queries(django_assert_max_num_queries):
    resources = [ResourceFactory(schedules=[weekly_spec()]) for _number in range(12)]
    with django_assert_max_num_queries(12 * 2 + 8):
        rebuild_occurrences(resources, today=TODAY)
