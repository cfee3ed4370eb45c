"""Rows of accounts ticked together: whoever is no superuser leaves superusers alone there too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def administrator_with_rights() -> User:
    """An administrator by role who also has Wagtail's rights over accounts, by a group."""
    user = assign_staff(user=UserFactory(), role=StaffRole.ADMINISTRATOR, area=DistrictFactory()).user
    group = Group.objects.create(name="利用者の係")
    group.permissions.set(Permission.objects.filter(content_type__app_label="members"))
    user.groups.add(group)
    return user


def post(action: str, target: User, **data: object) -> int:
    client = Client()
    client.force_login(administrator_with_rights())
    return client.post(f"/admin/bulk/members/user/{action}/?id={target.pk}&next=/admin/", data).status_code


@pytest.mark.parametrize("action", ["set_active_state", "assign_role", "delete"])
def test_an_administrator_by_role_does_nothing_to_a_superuser(action: str) -> None:
    root, group = UserFactory(is_superuser=True), Group.objects.create(name="見本")
    post(action, root, mark_as_active="False", role=group.pk)
    root.refresh_from_db()
    assert root.is_active
    assert not root.groups.exists()


def test_an_administrator_by_role_stops_other_accounts() -> None:
    other = UserFactory()
    assert post("set_active_state", other, mark_as_active="False") == 302
    assert not User.objects.get(pk=other.pk).is_active
