"""Taking one's data along, and the end of an account."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import models
from django.test import Client
from django.utils import timezone

from directory.choices import MemberRole
from directory.models import Organization, OrganizationMember, Resource
from members.models import Residency, User
from members.personal_data import export_of
from members.registry import personal_data
from members.residency import set_home_district
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.members import StaffAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

#: Rows that go with a person. Whatever else points at people must survive them.
GO_WITH_THE_PERSON = {
    "account.EmailAddress",
    "directory.Claim",
    "directory.Favourite",
    "directory.FollowedKind",
    "directory.OrganizationMember",
    "directory.SavedSearch",
    "members.FollowedDistrict",
    "members.StaffAssignment",
    "members.Substitution",
    "mfa.Authenticator",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.PageSubscription",
    "wagtailusers.UserProfile",
}


@pytest.fixture
def leaver() -> User:
    """Somebody without a password: nothing to be asked again."""
    user = UserFactory(email="leaver@example.jp", name="去る人")
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def leaving(leaver: User, client_of: Any) -> Client:
    return client_of(leaver)


def test_the_file_holds_every_part_and_is_kept_nowhere(leaver: User, leaving: Client) -> None:
    district, entry = DistrictFactory(name="見本地区"), ResourceFactory(name="見本サロン")
    set_home_district(user=leaver, district=district, on=timezone.localdate())
    leaver.followed_districts.create(district=district)
    leaver.favourites.create(resource=entry)
    leaver.saved_searches.create(name="日曜", question="q=日曜")
    answer = leaving.get("/mypage/data/download/")
    data = json.loads(answer.content)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert {part.key for part in personal_data()} <= set(data)
    text = answer.content.decode()
    assert all(word in text for word in ("leaver@example.jp", "去る人", "見本地区", "見本サロン", "q=日曜"))


def test_nothing_of_others_is_in_the_file(leaver: User) -> None:
    UserFactory(name="ほかの人", email="other@example.jp").saved_searches.create(
        name="ひみつ", question="q=1"
    )
    text = json.dumps(export_of(leaver), ensure_ascii=False)
    assert "other@example.jp" not in text
    assert "ひみつ" not in text


@pytest.mark.parametrize("path", ["/mypage/data/download/", "/mypage/delete/"])
def test_whoever_has_a_password_proves_it_again(resident_client: Client, path: str) -> None:
    answer = resident_client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/")


def test_without_the_typed_word_nothing_happens(leaver: User, leaving: Client) -> None:
    for typed in ("", "はい", "delete", "\x00"):
        answer = leaving.post("/mypage/delete/", {"confirmation": typed})
        assert answer.status_code == 422
        assert "「削除」と入力してください" in answer.content.decode()
    assert User.objects.filter(pk=leaver.pk).exists()


@pytest.mark.parametrize("typed", ["削除", "「削除」", " 削除 ", "削除する"])
def test_the_typed_word_ends_the_account_and_its_sessions(
    leaver: User, leaving: Client, client_of: Any, typed: str
) -> None:
    assert EmailAddress.objects.filter(user=leaver).exists()
    set_home_district(user=leaver, district=DistrictFactory(), on=timezone.localdate())
    elsewhere = client_of(leaver)
    answer = leaving.post("/mypage/delete/", {"confirmation": typed})
    assert answer["Location"] == "/"
    assert not User.objects.filter(email="leaver@example.jp").exists()
    assert not EmailAddress.objects.exists()
    assert elsewhere.get("/mypage/").status_code == 302
    row = Residency.objects.get()
    assert row.user is None
    assert row.ended_on is not None


def test_content_of_groups_stays_without_a_name(leaver: User, leaving: Client) -> None:
    entry = ResourceFactory()
    OrganizationMember.objects.create(organization=entry.organization, user=leaver)
    revision = entry.save_revision(user=leaver)
    leaving.post("/mypage/delete/", {"confirmation": "削除"})
    revision.refresh_from_db()
    assert revision.user is None
    assert Resource.objects.filter(pk=entry.pk, live=True).exists()
    assert Organization.objects.filter(pk=entry.organization.pk).exists()


def test_the_only_owner_is_told_to_hand_over_first(leaver: User, leaving: Client) -> None:
    group = OrganizationFactory(name="見本の会")
    OrganizationMember.objects.create(organization=group, user=leaver, role=MemberRole.OWNER)
    assert "見本の会" in leaving.get("/mypage/delete/").content.decode()
    assert leaving.post("/mypage/delete/", {"confirmation": "削除"}).status_code == 422
    leaving.post("/mypage/delete/", {"confirmation": "削除", "understood": "on"})
    assert not group.members.exists()
    assert not User.objects.filter(pk=leaver.pk).exists()


def test_with_another_owner_there_is_nothing_to_hand_over(leaver: User, leaving: Client) -> None:
    group = OrganizationFactory(name="見本の会")
    for user in (leaver, UserFactory()):
        OrganizationMember.objects.create(organization=group, user=user, role=MemberRole.OWNER)
    assert "先にしておくこと" not in leaving.get("/mypage/delete/").content.decode()


def test_staff_do_not_delete_themselves(client_of: Any) -> None:
    user = StaffAssignmentFactory().user
    user.set_unusable_password()
    user.save()
    client = client_of(user)
    for answer in (client.get("/mypage/delete/"), client.post("/mypage/delete/", {"confirmation": "削除"})):
        assert "職員のアカウントは、ここでは削除できません" in answer.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


def test_every_row_that_points_at_people_is_thought_of() -> None:
    cascading = {
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if relation.on_delete is models.CASCADE
    }
    keeping = [
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in User._meta.related_objects
        if relation.on_delete in (models.PROTECT, models.RESTRICT)
    ]
    assert not keeping, f"These rows keep people from leaving: {keeping}"
    assert cascading <= GO_WITH_THE_PERSON, "Does this go with the person? Then name it here; else SET_NULL."
