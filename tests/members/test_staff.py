"""Roles of staff: who enters the staff screens, and accounts in them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from members.choices import StaffRole
from members.models import User
from members.permissions import ROLE_ACTIONS, scope_for
from members.scope import NoScope, Scope
from members.services import assign_staff, end_assignment, ensure_staff_groups
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import UserFactory


def enters(user: User) -> bool:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize("role", StaffRole.values)
def test_who_has_an_assignment_enters_and_who_has_none_any_more_does_not(db: None, role: str) -> None:
    user = UserFactory()
    assert not enters(user)
    first = assign_staff(user=user, role=role, area=DistrictFactory())
    second = assign_staff(user=user, role=role, area=DistrictFactory())
    assert enters(user)
    end_assignment(first)
    assert enters(user)
    end_assignment(second)
    assert not enters(user)
    assert not user.groups.exists()


def test_assigning_twice_is_once(db: None) -> None:
    user, area = UserFactory(), DistrictFactory()
    one = assign_staff(user=user, role=StaffRole.CSW, area=area)
    assert assign_staff(user=user, role=StaffRole.CSW, area=area) == one
    ensure_staff_groups()
    assert Group.objects.filter(name="職員").count() == 1


def test_every_role_says_what_it_may_do() -> None:
    assert set(ROLE_ACTIONS) == set(StaffRole.values)


def test_each_action_is_allowed_only_where_the_role_for_it_is(db: None) -> None:
    user, writing, looking = UserFactory(), DistrictFactory(), DistrictFactory()
    assign_staff(user=user, role=StaffRole.DISTRICT_STAFF, area=writing)
    assign_staff(user=user, role=StaffRole.VIEWER, area=looking)
    view, publish = scope_for(user, "view"), scope_for(user, "publish")
    assert view is not None
    assert view.includes(writing)
    assert view.includes(looking)
    assert publish is not None
    assert publish.includes(writing)
    assert not publish.includes(looking)
    assert scope_for(user, "delete") is None


def test_an_area_includes_its_districts_and_no_others(db: None) -> None:
    area = AreaFactory()
    inside, outside = DistrictFactory(parent=area), DistrictFactory()
    scope = Scope.of(assign_staff(user=UserFactory(), role=StaffRole.AREA_STAFF, area=area).user)
    assert scope.includes(inside)
    assert not scope.includes(outside)


def test_nobody_without_a_role_has_a_scope(db: None) -> None:
    inactive = assign_staff(
        user=UserFactory(is_active=False), role=StaffRole.CURATOR, area=DistrictFactory()
    ).user
    for user in (UserFactory(), inactive):
        for _again in range(2):  # the second answer comes from memory
            with pytest.raises(NoScope):
                Scope.of(user)


def account(**fields: str) -> dict[str, str]:
    data = {
        "email": "Shinjin@example.jp",
        "name": "新人",
        "is_active": "on",
        "password1": "nagai-aikotoba-7",
        "password2": "nagai-aikotoba-7",
        "assignments-TOTAL_FORMS": "1",
        "assignments-INITIAL_FORMS": "0",
        "assignments-MIN_NUM_FORMS": "0",
        "assignments-MAX_NUM_FORMS": "20",
    }
    return data | fields


ADD = "wagtailusers_users:add"


def test_an_administrator_makes_an_account_with_a_role(administrator_client: Client) -> None:
    area = DistrictFactory()
    data = account(**{"assignments-0-role": "csw", "assignments-0-area": str(area.pk)})
    response = administrator_client.post(reverse(ADD), data)
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(email="shinjin@example.jp")
    assert user.check_password("nagai-aikotoba-7")
    assert list(user.assignments.values_list("role", "area")) == [("csw", area.pk)]
    assert enters(user)


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"password2": "chigau"}, "password2"),
        ({"email": "SHINJIN@example.jp "}, "email"),
        ({"email": "x"}, "email"),
    ],
)
def test_a_broken_account_is_refused_and_keeps_what_was_typed(
    administrator_client: Client, broken: dict, field: str
) -> None:
    UserFactory(email="shinjin@example.jp")
    response = administrator_client.post(reverse(ADD), account(**({"email": "other@example.jp"} | broken)))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert 'value="新人"' in response.content.decode()


def test_taking_the_last_role_away_in_the_form_closes_the_staff_screens(administrator_client: Client) -> None:
    assignment = assign_staff(user=UserFactory(), role=StaffRole.CSW, area=DistrictFactory())
    user = assignment.user
    data = account(
        **{
            "email": user.email,
            "password1": "",
            "password2": "",
            "assignments-INITIAL_FORMS": "1",
            "assignments-0-id": str(assignment.pk),
            "assignments-0-role": "csw",
            "assignments-0-area": str(assignment.area_id),
            "assignments-0-DELETE": "on",
        }
    )
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    assert administrator_client.post(url, data).status_code == 302
    assert not enters(user)


@pytest.mark.parametrize("route", ["index", "add", "edit", "history", "delete", "usage"])
@pytest.mark.parametrize("role", [role for role in StaffRole.values if role != StaffRole.ADMINISTRATOR])
def test_accounts_are_for_administrators_only(db: None, role: str, route: str) -> None:
    client = Client()
    client.force_login(assign_staff(user=UserFactory(), role=role, area=DistrictFactory()).user)
    other = UserFactory(email="someone@example.jp")
    arguments = [] if route in ("index", "add") else [other.pk]
    for response in (
        client.get(reverse(f"wagtailusers_users:{route}", args=arguments)),
        client.post(reverse(f"wagtailusers_users:{route}", args=arguments)),
    ):
        assert response.status_code in (302, 403, 405)
        assert "someone@example.jp" not in response.content.decode()


def test_an_administrator_by_role_gives_a_superuser_no_new_password(db: None, administrator: User) -> None:
    client = Client()
    client.force_login(
        assign_staff(user=UserFactory(), role=StaffRole.ADMINISTRATOR, area=DistrictFactory()).user
    )
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200
    url = reverse("wagtailusers_users:edit", args=[administrator.pk])
    assert client.post(url, account(email=administrator.email)).status_code in (302, 403)
    assert not User.objects.get(pk=administrator.pk).check_password("nagai-aikotoba-7")


def test_the_list_of_accounts_names_roles_and_is_searched(administrator_client: Client) -> None:
    assign_staff(user=UserFactory(name="花子"), role=StaffRole.CSW, area=DistrictFactory(name="南地区"))
    page = administrator_client.get(
        reverse("wagtailusers_users:index") + "?q=花&ordering=name"
    ).content.decode()
    assert "南地区 コミュニティソーシャルワーカー" in page
