"""The grant report on the page and as a file, for a group and for staff."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from directory.visit_counts import fiscal_year_of, span_of
from events.models import Attendance, EventDate
from tests.directory.group_world import Group, logged_in, make_group
from tests.directory.review_world import reviewer
from tests.factories.areas import DistrictFactory
from tests.factories.events import EventFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(district: Area) -> Group:
    """Two dates in April of last fiscal year, 31 March before them, and 12 and 15 people."""
    group = make_group(district)
    event = EventFactory(organization=group.organization, title="=1+1の会", on=())
    first, _last = span_of(last_year())
    for day, people in ((first, 12), (first.replace(day=20), 15), (first.replace(month=3, day=31), 40)):
        row = EventDate.objects.create(event=event, planned_date=day, date=day)
        Attendance.objects.create(date=row, old=people, volunteers=2)
    return group


def last_year() -> int:
    return fiscal_year_of(timezone.localdate()) - 1


def cells(answer: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(book.active.iter_rows(values_only=True))


def url_of(group: Group, staff: bool = False) -> str:
    if staff:
        return reverse("events_signups:grant", args=[group.organization.pk])
    return reverse("events:group_grant", args=[group.organization.code])


def test_the_group_sees_what_is_met_and_what_is_not(group: Group) -> None:
    page = logged_in(group.editor).get(url_of(group), {"year": last_year()}).content.decode()
    assert "2回" in page
    assert "のべ27人(1回平均 13.5人)" in page
    assert page.count("満たしていません") == 1  # ten times a year
    assert "のべ4人" in page


def test_the_file_says_the_same_and_no_spreadsheet_calculates_with_titles(group: Group) -> None:
    sheet = cells(logged_in(group.owner).get(url_of(group), {"year": last_year(), "file": "xlsx"}))
    assert sheet[4][1:4] == ("'=1+1の会", 12, 2)
    assert ("合計", "2回", 27, 4) in sheet
    assert any(row[:2] == ("年10回以上", "満たしていません") for row in sheet)
    assert any(row[:2] == ("1回平均10人以上", "満たしています") for row in sheet)


def test_staff_of_the_place_see_their_groups_and_no_others(group: Group, staff: Client) -> None:
    other = make_group(DistrictFactory())
    EventFactory(organization=other.organization)
    answer = staff.get(reverse("events_signups:grants"), {"year": last_year()})
    assert [report.organization for report, _words in answer.context["lines"]] == [group.organization]
    assert staff.get(url_of(group, staff=True)).status_code == 200
    assert staff.get(url_of(other, staff=True)).status_code == 404
    sheet = cells(staff.get(reverse("events_signups:grants"), {"year": last_year(), "file": "xlsx"}))
    assert [row[1:5] for row in sheet[1:]] == [(2, 27, 4, 13.5)]


def test_strangers_find_nothing(group: Group) -> None:
    foreign = reviewer(DistrictFactory())
    for user in (UserFactory(), make_group(DistrictFactory()).owner, foreign):
        assert logged_in(user).get(url_of(group)).status_code == 404
    assert logged_in(foreign).get(url_of(group, staff=True)).status_code == 404
    listed = logged_in(foreign).get(reverse("events_signups:grants"), {"year": last_year()})
    assert listed.context["lines"] == []


@pytest.mark.parametrize("year", ["", "x", "-1", "99999", "2" * 500, "\x00", "２０２６"])
def test_a_year_that_is_none_is_this_year(group: Group, staff: Client, year: str) -> None:
    for client, url in (
        (logged_in(group.owner), url_of(group)),
        (staff, url_of(group, staff=True)),
        (staff, reverse("events_signups:grants")),
    ):
        answer = client.get(url, {"year": year, "file": year})
        assert (answer.status_code, answer.context["year"]) == (200, last_year() + 1)
