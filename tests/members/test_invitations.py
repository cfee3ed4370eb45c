"""Staff invite staff: never above the own role, never outside the own place, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from members import invitations
from members.choices import StaffRole
from members.models import StaffAssignment, StaffInvitation, User
from members.permissions import ROLE_ORDER, grantable_roles, may_grant
from members.services import assign_staff
from tests.directory.test_admin_words import english_in
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import UserFactory
from tests.members.mailed import code_for

pytestmark = pytest.mark.django_db

SCREEN = "/admin/invitations/"


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def district(area):
    return DistrictFactory(parent=area)


def staff(role: str, place) -> User:
    user = UserFactory(name="招く人")
    assign_staff(user=user, role=role, area=place)
    return user


@pytest.fixture
def leader(area) -> User:
    return staff(StaffRole.AREA_STAFF, area)


def link_in_last_mail() -> str:
    return re.search(r"(/invitation/\S+/)", mail.outbox[-1].body)[1]


def test_every_role_has_its_rank() -> None:
    assert set(ROLE_ORDER) == set(StaffRole)


@pytest.mark.parametrize("own", list(StaffRole))
@pytest.mark.parametrize("given", list(StaffRole))
def test_nobody_grants_above_the_own_role(own, given, area) -> None:
    may = own in (StaffRole.AREA_STAFF, StaffRole.CURATOR, StaffRole.ADMINISTRATOR)
    may = may and ROLE_ORDER.index(given) <= ROLE_ORDER.index(own)
    assert may_grant(staff(own, area), given, area) is may


def test_nobody_grants_outside_the_own_place(leader, area, district) -> None:
    assert may_grant(leader, StaffRole.DISTRICT_STAFF, district)
    assert not may_grant(leader, StaffRole.DISTRICT_STAFF, DistrictFactory())
    assert not may_grant(leader, StaffRole.DISTRICT_STAFF, area.parent)
    assert may_grant(staff(StaffRole.ADMINISTRATOR, district), StaffRole.ADMINISTRATOR, area.parent)


def test_a_high_role_elsewhere_does_not_count_here(district) -> None:
    user = staff(StaffRole.CURATOR, DistrictFactory())
    assign_staff(user=user, role=StaffRole.AREA_STAFF, area=district)
    assert not may_grant(user, StaffRole.CURATOR, district)


def test_the_screen_offers_only_what_may_be_given(leader, client_of, district) -> None:
    foreign = DistrictFactory()
    form = client_of(leader).get(SCREEN).context["form"]
    assert [value for value, _label in form.fields["role"].choices] == [
        "area_staff",
        "district_staff",
        "csw",
        "viewer",
    ]
    assert district in form.fields["area"].queryset
    assert foreign not in form.fields["area"].queryset


@pytest.mark.parametrize(
    "change", [{"role": "administrator"}, {"role": "curator"}, {"area": "foreign"}, {"email": "x"}]
)
def test_the_server_refuses_what_was_not_offered(leader, client_of, district, change) -> None:
    data = {"email": "atarashii@example.jp", "role": "csw", "area": district.pk} | change
    if data["area"] == "foreign":
        data["area"] = DistrictFactory().pk
    assert client_of(leader).post(SCREEN, data).status_code == 200
    assert not StaffInvitation.objects.exists()
    assert not mail.outbox


def test_the_service_refuses_too(leader, district) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite(email="x@example.jp", role=StaffRole.CURATOR, area=district, by=leader)


@pytest.mark.parametrize("role", [StaffRole.VIEWER, StaffRole.CSW, StaffRole.DISTRICT_STAFF])
def test_others_do_not_see_the_screen(role, district, client_of) -> None:
    user = staff(role, district)
    assert grantable_roles(user) == []
    assert client_of(user).get(SCREEN).status_code == 302


def test_a_new_colleague_gets_account_role_and_entry_by_one_button(
    leader, client_of, client, district
) -> None:
    data = {"email": "Ａtarashii@example.jp", "role": "district_staff", "area": district.pk}
    client_of(leader).post(SCREEN, data)
    link = link_in_last_mail()
    page = client.get(link)
    assert "招待を受ける" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert not StaffAssignment.objects.filter(area=district).exists()  # opening is not accepting
    assert client.post(link, {"name": "新しい人"}).url == "/admin/"
    assignment = StaffAssignment.objects.get(area=district)
    assert (assignment.user.email, assignment.role) == ("atarashii@example.jp", "district_staff")
    assert client.get("/admin/account/").status_code == 200
    assert client.post(link, {"name": "もう一度"}).status_code == 404


def test_a_colleague_with_an_account_logs_in_first(leader, client, district) -> None:
    user = UserFactory(email="moto@example.jp")
    invitations.invite(email=user.email, role=StaffRole.CSW, area=district, by=leader)
    link = link_in_last_mail()
    there = client.post(link)
    assert there.url == f"/login/?next={link}"
    client.post(there.url, {"login": user.email, "next": link})
    back = client.post("/login/code/", {"code": code_for(user.email), "next": link})
    assert back.url == link
    client.post(link)
    assert user.assignments.get().role == StaffRole.CSW


def test_a_forwarded_link_is_of_no_use_to_others(leader, client_of, district) -> None:
    invitations.invite(email="atarashii@example.jp", role=StaffRole.CSW, area=district, by=leader)
    other = UserFactory()
    page = client_of(other).post(link_in_last_mail()).content.decode()
    assert "別のアカウントでログインしています" in page
    assert not other.assignments.exists()


def test_links_end_after_two_weeks_when_withdrawn_and_when_the_inviter_leaves(
    leader, client, client_of, district
) -> None:
    def invited() -> str:
        invitations.invite(email="atarashii@example.jp", role=StaffRole.CSW, area=district, by=leader)
        return link_in_last_mail()

    old = invited()
    StaffInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(old).status_code == 404
    replaced, newest = invited(), invited()
    assert client.get(replaced).status_code == 404
    assert client.get(newest).status_code == 200
    row = invitations.open_invitations().get()
    assert timedelta(days=13) < row.expires_at - timezone.now() <= timedelta(days=14)
    client_of(leader).post(f"/admin/invitations/{row.pk}/withdraw/")
    assert client.post(newest, {"name": "x"}).status_code == 404
    last = invited()
    leader.assignments.all().delete()
    assert client.post(last, {"name": "x"}).status_code == 404


def test_invitations_of_other_places_are_not_seen_nor_withdrawn(leader, client_of) -> None:
    foreign = AreaFactory()
    row = invitations.invite(
        email="yoso@example.jp", role=StaffRole.CSW, area=foreign, by=staff(StaffRole.CURATOR, foreign)
    )
    browser = client_of(leader)
    assert "yoso@example.jp" not in browser.get(SCREEN).content.decode()
    assert browser.post(f"/admin/invitations/{row.pk}/withdraw/").status_code == 404
    assert browser.get(f"/admin/invitations/{row.pk}/withdraw/").status_code == 405


@pytest.mark.parametrize("secret", ["x", "%00", "あ", "A" * 400])
def test_made_up_links_lead_nowhere(client: Client, secret) -> None:
    assert client.get(f"/invitation/{secret}/").status_code == 404
    assert client.post(f"/invitation/{secret}/").status_code == 404


def test_the_database_holds_no_secret(leader, district) -> None:
    row = invitations.invite(email="x@example.jp", role=StaffRole.CSW, area=district, by=leader)
    assert row.secret_hash not in mail.outbox[-1].body
    assert len(row.secret_hash) == 64


def test_screens_pages_and_mail_are_japanese(leader, client, client_of, district) -> None:
    browser = client_of(leader)
    data = {"email": "atarashii@example.jp", "role": "csw", "area": district.pk}
    browser.post(SCREEN, data)
    for path in (SCREEN, "/admin/substitutions/"):
        assert english_in(browser.get(path).content.decode()) == []
    page = client.get(link_in_last_mail()).content.decode()
    assert "コミュニティソーシャルワーカー" in page
    assert english_in(page) == []
    assert mail.outbox[-1].subject == "【つなぐ】職員としての招待"
    for words in ("招く人さん", "コミュニティソーシャルワーカー", "転送しないで", "まで使えます"):
        assert words in mail.outbox[-1].body


def test_the_list_asks_as_much_for_many_as_for_few(
    leader, client_of, district, django_assert_max_num_queries
) -> None:
    browser = client_of(leader)
    for number in range(12):
        invitations.invite(email=f"a{number}@example.jp", role=StaffRole.CSW, area=district, by=leader)
    with django_assert_max_num_queries(30):
        browser.get(SCREEN)
