"""Standing in for an absent colleague."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from members import absences
from members.choices import StaffRole
from members.models import Substitution, User
from members.permissions import may_grant, users_allowed
from members.scope import NoScope, Scope
from members.services import REVIEWER_GROUP, assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

SCREEN = "/admin/substitutions/"


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def absent() -> User:
    user = UserFactory(name="休む人")
    assign_staff(user=user, role=StaffRole.DISTRICT_STAFF, area=DistrictFactory())
    return user


@pytest.fixture
def colleague(absent) -> User:
    """A CSW of another district of the same town, who publishes nothing."""
    user = UserFactory(name="代わりの人")
    assign_staff(
        user=user, role=StaffRole.CSW, area=DistrictFactory(parent=absent.assignments.get().area.parent)
    )
    return user


def stand_in(absent: User, colleague: User, first: int, last: int) -> Substitution:
    row = Substitution(
        assignment=absent.assignments.get(),
        substitute=colleague,
        first_day=days(first),
        last_day=days(last),
    )
    absences.begin_substitution(substitution=row, by=absent)
    return row


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("first", "last", "counts"), [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)]
)
def test_only_the_days_of_absence_count_first_and_last_included(
    absent, colleague, first, last, counts
) -> None:
    stand_in(absent, colleague, first, last)
    district = absent.assignments.get().area
    assert Scope.of(fresh(colleague)).includes(district) is counts
    may_publish = fresh(colleague) in users_allowed(["publish"])
    assert may_publish is counts
    assert fresh(colleague).groups.filter(name=REVIEWER_GROUP).exists() is counts


def test_what_one_may_do_in_the_own_place_stays_the_same(absent, colleague) -> None:
    stand_in(absent, colleague, 0, 3)
    reviewing = Scope.of(fresh(colleague), roles={StaffRole.DISTRICT_STAFF})
    assert not reviewing.includes(colleague.assignments.get().area)
    with pytest.raises(NoScope):
        Scope.of(fresh(colleague), roles={StaffRole.DISTRICT_STAFF}, lasting=True)


def test_standing_in_gives_no_say_about_others_roles(colleague) -> None:
    leader = UserFactory()
    area = colleague.assignments.get().area.parent
    assign_staff(user=leader, role=StaffRole.AREA_STAFF, area=area)
    stand_in(leader, colleague, 0, 3)
    assert not may_grant(fresh(colleague), StaffRole.CSW, area)


def test_the_daily_job_gives_and_takes_the_groups(absent, colleague) -> None:
    row = stand_in(absent, colleague, 1, 3)
    Substitution.objects.filter(pk=row.pk).update(first_day=days(0))
    absences.sync_substitutes()
    assert fresh(colleague).groups.filter(name=REVIEWER_GROUP).exists()
    Substitution.objects.filter(pk=row.pk).update(first_day=days(-3), last_day=days(-1))
    absences.sync_substitutes()
    assert not fresh(colleague).groups.filter(name=REVIEWER_GROUP).exists()


def test_an_absence_is_entered_and_ended_in_the_staff_screen(absent, colleague, client_of) -> None:
    browser = client_of(absent)
    data = {
        "assignment": absent.assignments.get().pk,
        "substitute": colleague.pk,
        "first_day": days(0).isoformat(),
        "last_day": days(5).isoformat(),
    }
    assert browser.post(SCREEN, data).status_code == 302
    row = Substitution.objects.get()
    assert row.created_by == absent
    assert "代わりの人" in browser.get(SCREEN).content.decode()
    browser.post(f"/admin/substitutions/{row.pk}/end/")
    assert not Substitution.objects.exists()
    assert not fresh(colleague).groups.filter(name=REVIEWER_GROUP).exists()


@pytest.mark.parametrize("wrong", ["foreign assignment", "resident", "oneself", "order", "past", "nonsense"])
def test_what_makes_no_sense_is_refused_in_words(absent, colleague, client_of, wrong) -> None:
    stranger = UserFactory()
    assign_staff(user=stranger, role=StaffRole.CURATOR, area=DistrictFactory())
    data = {
        "assignment": absent.assignments.get().pk,
        "substitute": colleague.pk,
        "first_day": days(0).isoformat(),
        "last_day": days(5).isoformat(),
    }
    data |= {
        "foreign assignment": {"assignment": stranger.assignments.get().pk},
        "resident": {"substitute": UserFactory().pk},
        "oneself": {"substitute": absent.pk},
        "order": {"last_day": days(-1).isoformat(), "first_day": days(0).isoformat()},
        "past": {"first_day": days(-9).isoformat(), "last_day": days(-8).isoformat()},
        "nonsense": {"assignment": "９９９９９９９９９９９９９９９９９９９９", "first_day": "きょう"},
    }[wrong]
    response = client_of(absent).post(SCREEN, data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Substitution.objects.exists()


def test_others_absences_can_be_ended_only_by_those_with_a_say(absent, colleague, client_of) -> None:
    row = stand_in(absent, colleague, 0, 3)
    assert client_of(colleague).post(f"/admin/substitutions/{row.pk}/end/").status_code == 404
    with pytest.raises(PermissionDenied):
        absences.end_substitution(substitution=row, by=colleague)
