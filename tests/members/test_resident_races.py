"""Residents who press twenty times, and in two windows at once."""

from __future__ import annotations

from datetime import date

import pytest

from directory.models import Favourite
from directory.services.personal import add_favourite, save_search
from members.following import follow
from members.models import FollowedDistrict, Residency, User
from members.personal_data import delete_account
from members.residency import set_home_district
from tests.directory.racing import _django_db_helper, at_once, shared_database
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory
from tests.factories.members import UserFactory

__all__ = ["_django_db_helper", "shared_database"]

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def test_a_district_followed_twenty_times_at_once_is_followed_once(shared_database: None) -> None:
    user, district = UserFactory(), DistrictFactory()
    outcomes = at_once(*[lambda: follow(user=user, district=district)] * 20)
    assert sorted(map(str, outcomes)) == ["False"] * 19 + ["True"]
    assert FollowedDistrict.objects.count() == 1


def test_an_entry_kept_twenty_times_at_once_is_kept_once(shared_database: None) -> None:
    user, resource = UserFactory(), ResourceFactory()
    outcomes = at_once(*[lambda: add_favourite(user=user, resource=resource)] * 20)
    assert sorted(map(str, outcomes)) == ["False"] * 19 + ["True"]
    assert Favourite.objects.count() == 1


def test_a_question_saved_in_two_windows_is_saved_once(shared_database: None) -> None:
    user = UserFactory()
    outcomes = at_once(*[lambda: save_search(user=user, question="q=サロン").pk] * 6)
    assert len(set(outcomes)) == 1
    assert user.saved_searches.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_moves_at_once_leave_one_open_row(shared_database: None, turn: int) -> None:
    user, old = UserFactory(), DistrictFactory()
    set_home_district(user=user, district=old, on=date(2026, 4, 1))
    targets = [DistrictFactory() for _number in range(4)]

    def move(number: int) -> Residency | None:
        fresh = User.objects.get(pk=user.pk)
        return set_home_district(user=fresh, district=targets[number], on=DAY)

    outcomes = at_once(*[lambda number=number: move(number) for number in range(4)])
    assert all(isinstance(outcome, Residency) for outcome in outcomes)
    current = Residency.objects.get(user=user, ended_on__isnull=True)
    user.refresh_from_db()
    assert user.home_district == current.district
    assert Residency.objects.filter(user=user).count() == 5


def test_leaving_and_moving_at_once_leaves_no_open_row(shared_database: None) -> None:
    user, home = UserFactory(), DistrictFactory()
    set_home_district(user=user, district=DistrictFactory(), on=date(2026, 4, 1))
    at_once(
        lambda: delete_account(User.objects.get(pk=user.pk)),
        lambda: set_home_district(user=User.objects.get(pk=user.pk), district=home, on=DAY),
    )
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Residency.objects.filter(ended_on__isnull=True).exists()
    assert not Residency.objects.filter(user__isnull=False).exists()
