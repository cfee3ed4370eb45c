"""Owners and editors, invitations, hand-over: a group never loses its last owner."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.choices import MemberRole
from directory.models import OrganizationInvitation, OrganizationMember
from directory.services import groups
from tests.directory.group_world import Group, logged_in, make_group
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(district: Any) -> Group:
    return make_group(district)


def _secret() -> str:
    found = re.search(r"/group/invitation/([^/]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def _invite(group: Group, email: str = "new@example.jp", **options: Any) -> str:
    groups.invite(organization=group.organization, email=email, by=group.owner, **options)
    return _secret()


def _roles(group: Group) -> dict[str, str]:
    rows = group.organization.members.select_related("user")
    return {row.user.email: row.role for row in rows}


def _page(secret: str) -> str:
    return reverse("directory:group_invitation", args=[secret])


def test_looking_at_an_invitation_accepts_nothing(group):
    helper, secret = UserFactory(email="new@example.jp"), _invite(group)
    assert logged_in(helper).get(_page(secret)).status_code == 200
    assert helper.email not in _roles(group)


def test_the_button_makes_a_member_once(group):
    helper, secret = UserFactory(email="new@example.jp"), _invite(group)
    client = logged_in(helper)
    assert client.post(_page(secret)).status_code == 302
    assert _roles(group)[helper.email] == MemberRole.EDITOR
    assert client.post(_page(secret)).status_code == 404


def test_the_secret_is_not_stored(group):
    secret = _invite(group)
    assert secret not in str(OrganizationInvitation.objects.values().get())


def test_another_account_cannot_use_the_link(group):
    secret = _invite(group)
    other = UserFactory()
    answer = logged_in(other).post(_page(secret))
    assert "別のアカウント" in answer.content.decode()
    assert other.email not in _roles(group)


def test_a_stranger_is_led_through_the_login(group):
    answer = Client().post(_page(_invite(group)))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_old_and_withdrawn_links_are_over(group):
    UserFactory(email="new@example.jp")
    secret = _invite(group)
    OrganizationInvitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert Client().get(_page(secret)).status_code == 404
    secret = _invite(group)
    open_one = groups.open_invitations().get()
    path = reverse("directory:group_members", args=[group.organization.code])
    logged_in(group.owner).post(path, {"action": "withdraw", "number": open_one.pk})
    assert Client().get(_page(secret)).status_code == 404


def test_a_link_of_somebody_who_is_no_owner_any_more_is_over(group):
    secret = _invite(group)
    OrganizationMember.objects.filter(user=group.owner).update(role=MemberRole.EDITOR)
    assert Client().get(_page(secret)).status_code == 404


def test_a_hand_over_makes_the_old_owner_an_editor(group):
    heir = UserFactory(email="new@example.jp")
    secret = _invite(group, is_handover=True)
    assert _roles(group)[group.owner.email] == MemberRole.OWNER  # until it is accepted nothing changes
    groups.accept(secret=secret, user=heir)
    assert _roles(group) == {
        heir.email: MemberRole.OWNER,
        group.owner.email: MemberRole.EDITOR,
        group.editor.email: MemberRole.EDITOR,
    }


def test_the_last_owner_neither_leaves_nor_is_removed(group):
    own = OrganizationMember.objects.get(user=group.owner)
    for act in (
        lambda: groups.leave(organization=group.organization, user=group.owner),
        lambda: groups.remove_member(member=own, by=group.owner),
    ):
        with pytest.raises(groups.LastOwner):
            act()
    path = reverse("directory:group_members", args=[group.organization.code])
    page = logged_in(group.owner).post(path, {"action": "leave"}, follow=True)
    assert "代表がいなくなります" in page.content.decode()


def test_an_editor_leaves_but_removes_nobody(group):
    own = OrganizationMember.objects.get(user=group.owner)
    with pytest.raises(PermissionDenied):
        groups.remove_member(member=own, by=group.editor)
    groups.leave(organization=group.organization, user=group.editor)
    assert group.editor.email not in _roles(group)


def test_who_is_there_already_is_not_invited(group):
    with pytest.raises(ValidationError):
        groups.invite(organization=group.organization, email=group.editor.email, by=group.owner)


def test_a_member_of_another_group_is_not_removed(group, district):
    foreign = OrganizationMember.objects.get(user=make_group(district).editor)
    path = reverse("directory:group_members", args=[group.organization.code])
    answer = logged_in(group.owner).post(path, {"action": "remove", "number": foreign.pk})
    assert answer.status_code == 404
    assert OrganizationMember.objects.filter(pk=foreign.pk).exists()


def test_my_page_leads_to_the_desk(group):
    page = logged_in(group.editor).get(reverse("members:my_page")).content.decode()
    assert reverse("directory:group_desk", args=[group.organization.code]) in page


def test_an_address_typed_full_width_is_invited(group: Group) -> None:
    path = reverse("directory:group_members", args=[group.organization.code])
    logged_in(group.owner).post(path, {"email": "Suzuki＠example．jp", "role": MemberRole.EDITOR})
    assert OrganizationInvitation.objects.get().email == "suzuki@example.jp"
