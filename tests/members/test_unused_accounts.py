"""Accounts nobody confirmed go after thirty days; every other stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from background.daily import daily_jobs
from members.models import User
from members.unused_accounts import remove_never_used
from tests.factories.members import UserFactory
from tests.members.mailed import code_for

pytestmark = pytest.mark.django_db

OLD = timedelta(days=31)


def _begun(**facts: object) -> User:
    """An account whose address waits for its code."""
    user = UserFactory(**{"date_joined": timezone.now() - OLD} | facts)
    user.emailaddress_set.all().delete()
    user.emailaddress_set.create(email=user.email, verified=False, primary=True)
    return user


def test_it_is_done_every_day() -> None:
    assert daily_jobs()["accounts never used"] is remove_never_used


def test_an_account_begun_on_the_page_goes_after_thirty_days(client: Client) -> None:
    client.post("/account/signup/", {"email": "hana@example.jp"})
    User.objects.update(date_joined=timezone.now() - timedelta(days=29))
    assert remove_never_used() == 0
    User.objects.update(date_joined=timezone.now() - OLD)
    assert remove_never_used() == 1
    assert not User.objects.exists()


def test_a_confirmed_account_stays(client: Client) -> None:
    client.post("/account/signup/", {"email": "hana@example.jp"})
    client.post("/account/confirm/", {"code": code_for("hana@example.jp")})
    User.objects.update(date_joined=timezone.now() - OLD, last_login=None)
    assert remove_never_used() == 0


@pytest.mark.parametrize(
    "facts",
    [{"last_login": timezone.now()}, {"is_staff": True}, {"is_superuser": True}],
    ids=["came in", "staff", "superuser"],
)
def test_whoever_came_in_or_was_given_a_task_stays(facts) -> None:
    _begun(**facts)
    assert remove_never_used() == 0


def test_a_member_of_a_group_of_staff_stays() -> None:
    _begun().groups.add(Group.objects.create(name="職員"))
    assert remove_never_used() == 0


def test_an_account_without_an_address_to_confirm_stays() -> None:
    _begun().emailaddress_set.all().delete()
    assert remove_never_used() == 0


def test_a_second_address_not_confirmed_yet_is_no_reason() -> None:
    user = _begun()
    user.emailaddress_set.create(email="other@example.jp", verified=True)
    assert remove_never_used() == 0
