"""助成金: dates held, participants, volunteers, and the two conditions, counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Organization
from directory.visit_counts import fiscal_year_of
from events.models import Attendance, Event, EventDate, SignUp
from events.services.date_changes import cancel_date
from events.services.grant_report import GrantReport, grant_report, grant_reports
from events.services.seats import seats_for
from tests.factories.directory import OrganizationFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

#: In the middle of fiscal year 2026: the dates of the examples before it are over.
NOW = timezone.make_aware(dt.datetime(2026, 10, 1, 12))


@pytest.fixture
def group() -> Organization:
    found: Organization = OrganizationFactory()
    return found


def held(
    group: Organization, *days: dt.date, people: int | None = None, helped: int = 0, **more: Any
) -> Event:
    event: Event = EventFactory(organization=group, on=(), **more)
    for day in days:
        row = EventDate.objects.create(
            event=event,
            planned_date=day,
            date=day,
            start=dt.time(10),
            end=dt.time(12),
            planned_start=dt.time(10),
        )
        if people is not None:
            Attendance.objects.create(date=row, old=people, volunteers=helped)
    return event


def figures(report: GrantReport) -> tuple[Any, ...]:
    return report.times, report.people, report.volunteers, report.average, report.cancelled, report.unrecorded


def test_an_example_counted_by_hand(group: Organization) -> None:
    # 9 times 10 people, once 11: ten dates, 101 people, 10.1 on average; one off, one to come.
    held(group, *(dt.date(2026, 4, day) for day in range(1, 10)), people=10, helped=2)
    held(group, dt.date(2026, 9, 30), people=11, helped=1)
    off = held(group, dt.date(2026, 5, 1)).dates.get()
    EventDate.objects.filter(pk=off.pk).update(status="cancelled")
    held(group, dt.date(2026, 10, 2), people=99)
    held(OrganizationFactory(), dt.date(2026, 5, 2), people=50)
    report = grant_report(group, 2026, now=NOW)
    assert figures(report) == (10, 101, 19, 10.1, 1, 0)
    assert (report.is_often_enough, report.is_large_enough) == (True, True)


def test_the_year_begins_on_the_first_of_april(group: Organization) -> None:
    held(
        group, dt.date(2026, 3, 31), dt.date(2026, 4, 1), dt.date(2025, 4, 1), dt.date(2025, 3, 31), people=5
    )
    assert [row.date for row in grant_report(group, 2025, now=NOW).held] == [
        dt.date(2025, 4, 1),
        dt.date(2026, 3, 31),
    ]
    assert [row.date for row in grant_report(group, 2026, now=NOW).held] == [dt.date(2026, 4, 1)]


def test_nearly_enough_is_not_enough(group: Organization) -> None:
    held(group, *(dt.date(2026, 4, day) for day in range(1, 10)), people=10)
    assert not grant_report(group, 2026, now=NOW).is_often_enough
    held(group, dt.date(2026, 4, 20), people=9)
    report = grant_report(group, 2026, now=NOW)
    assert (report.average, report.is_often_enough, report.is_large_enough) == (9.9, True, False)


def test_without_numbers_there_is_no_average(group: Organization) -> None:
    held(group, dt.date(2026, 4, 1))
    report = grant_report(group, 2026, now=NOW)
    assert figures(report) == (1, 0, 0, None, 0, 1)
    assert not report.is_large_enough


def test_ticks_count_where_no_numbers_were_written(group: Organization) -> None:
    event = held(group, dt.date(2026, 4, 1))
    day = event.dates.get()
    for number, (state, size) in enumerate(
        (("attended", 3), ("absent", 2), ("cancelled", 7), ("attended", 1))
    ):
        SignUp.objects.create(
            event=event,
            date=day,
            seats=seats_for(event, day),
            state=state,
            party_size=size,
            receipt=str(number),
            erased_at=NOW,
        )
    assert figures(grant_report(group, 2026, now=NOW)) == (1, 4, 0, 4.0, 0, 0)
    Attendance.objects.create(date=day, adult=12)
    assert grant_report(group, 2026, now=NOW).people == 12


def test_slots_of_one_day_are_one_date(group: Organization) -> None:
    event = held(group, dt.date(2026, 4, 1), kind="consultation", people=1, helped=1)
    second = EventDate.objects.create(
        event=event,
        planned_date=dt.date(2026, 4, 1),
        date=dt.date(2026, 4, 1),
        planned_start=dt.time(13),
        start=dt.time(13),
        end=dt.time(14),
    )
    Attendance.objects.create(date=second, adult=2)
    assert figures(grant_report(group, 2026, now=NOW)) == (1, 3, 1, 3.0, 0, 0)


def test_many_groups_need_no_more_questions(django_assert_num_queries: Any) -> None:
    groups = [OrganizationFactory() for _i in range(5)]
    for group in groups:
        held(group, dt.date(2026, 4, 1), dt.date(2026, 5, 1), people=3)
    with django_assert_num_queries(3):
        reports = grant_reports(groups, 2026, now=NOW)
    assert [report.people for report in reports] == [6] * 5


def test_a_date_that_was_called_off_by_the_group_does_not_count(group: Organization) -> None:
    event = EventFactory(organization=group)
    day = event.dates.get()
    cancel_date(date=day, reason="台風", by=None)
    later = timezone.make_aware(dt.datetime.combine(day.date + dt.timedelta(days=1), dt.time()))
    report = grant_report(group, fiscal_year_of(day.date), now=later)
    assert (report.times, report.cancelled) == (0, 1)
