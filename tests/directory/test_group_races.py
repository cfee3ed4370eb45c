"""Several people of a group at the same moment."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from directory.choices import CountKind, MemberRole
from directory.models import DailyCount, OrganizationMember, Resource
from directory.services import groups
from directory.services.counting import count
from directory.services.group_editing import send_in
from tests.directory.group_world import Group, content, logged_in, make_group
from tests.directory.racing import at_once, shared_database  # noqa: F401 - a fixture
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.usefixtures("shared_database")


def _secret_for(group: Group, email: str, **options: bool) -> str:
    groups.invite(organization=group.organization, email=email, by=group.owner, **options)
    found = re.search(r"/group/invitation/([^/]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_twenty_presses_on_an_invitation_make_one_member():
    group, helper = make_group(DistrictFactory()), UserFactory(email="new@example.jp")
    secret = _secret_for(group, helper.email)
    outcomes = at_once(*[lambda: groups.accept(secret=secret, user=helper)] * 20)
    assert sum(isinstance(item, OrganizationMember) for item in outcomes) == 1
    assert sum(isinstance(item, groups.InvitationOver) for item in outcomes) == 19
    assert OrganizationMember.objects.filter(user=helper).count() == 1


def test_two_hand_overs_at_once_leave_one_new_owner():
    group = make_group(DistrictFactory())
    heirs = [UserFactory(email=f"heir{number}@example.jp") for number in range(2)]
    secrets = [_secret_for(group, heir.email, is_handover=True) for heir in heirs]
    outcomes = at_once(
        *[
            lambda secret=secret, heir=heir: groups.accept(secret=secret, user=heir)
            for secret, heir in zip(secrets, heirs, strict=True)
        ]
    )
    owners = OrganizationMember.objects.filter(organization=group.organization, role=MemberRole.OWNER)
    assert owners.count() == 1
    assert sum(isinstance(item, groups.InvitationOver) for item in outcomes) == 1


def test_two_owners_leaving_at_once_leave_one_behind():
    group = make_group(DistrictFactory())
    groups.make_owner(organization=group.organization, user=group.editor, by=group.owner)
    outcomes = at_once(
        *[
            lambda user=user: groups.leave(organization=group.organization, user=user)
            for user in (group.owner, group.editor)
        ]
    )
    owners = OrganizationMember.objects.filter(organization=group.organization, role=MemberRole.OWNER)
    assert owners.count() == 1
    assert sum(isinstance(item, groups.LastOwner) for item in outcomes) == 1


def test_two_editors_saving_at_once_lose_nothing():
    group = make_group(DistrictFactory())
    path = group.path("part", "content")
    clients = [logged_in(user) for user in (group.owner, group.editor)]
    page = clients[0].get(path).content.decode()
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert mark is not None
    outcomes = at_once(
        *[
            lambda client=client, n=n: client.post(
                path, content(group, summary=f"{n}人め") | {"mark": mark[1]}
            )
            for n, client in enumerate(clients)
        ]
    )
    assert sorted(item.status_code for item in outcomes) == [302, 409]


def test_sending_in_at_once_is_one_request():
    group = make_group(DistrictFactory())
    group.entry.summary = "新しい紹介"
    group.entry.save_revision(user=group.owner)
    at_once(*[lambda: send_in(group.fresh(), user=group.owner)] * 4)
    assert Resource.objects.get(pk=group.entry.pk).workflow_states.count() == 1


def test_no_visit_of_many_at_once_is_lost():
    entry = make_group(DistrictFactory()).entry
    at_once(*[lambda: count(entry, CountKind.SEEN)] * 12)
    assert DailyCount.objects.get(resource=entry).count == 12
