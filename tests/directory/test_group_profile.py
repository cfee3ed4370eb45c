"""What a group says of itself: a draft, the review, no overwriting, nothing of staff's in the form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.choices import OrganizationStatus
from directory.models import Organization, OrganizationMember
from directory.services.review_decisions import approve, return_with_comment, waiting_state
from directory.trusted_changes import unseen_changes
from tests.directory.group_world import Group, logged_in, make_group
from tests.directory.racing import at_once, shared_database  # noqa: F401 - a fixture
from tests.directory.review_world import reviewer
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationContactFactory, OrganizationFactory
from tests.factories.members import UserFactory


@pytest.fixture
def group(district: Any) -> Group:
    return make_group(district)


def address(group: Group, name: str = "profile") -> str:
    return reverse(f"directory:group_{name}", args=[group.organization.code])


def fresh(group: Group) -> Organization:
    return Organization.objects.get(pk=group.organization.pk)


def mark(client: Client, path: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def typed(group: Group, **changes: str) -> dict[str, Any]:
    """What the form sends: as it stands, without a contact."""
    row = fresh(group)
    said = {name: getattr(row, name) for name in ("name", "kana", "legal_form", "description", "website")}
    blank = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-audience": "public"}
    return said | {"plain_description": ""} | blank | changes


def save(client: Client, group: Group, **changes: str) -> Any:
    path = address(group)
    return client.post(path, typed(group, **changes) | {"mark": mark(client, path)})


@pytest.mark.django_db
class TestTheWayToThePublic:
    def test_a_change_is_public_after_the_review(self, group, district, client):
        for user, words in ((group.owner, "新しい紹介です。"), (group.editor, "もっと新しい紹介です。")):
            mine = logged_in(user)
            assert save(mine, group, description=words).status_code == 302
            page = mine.get(address(group)).content.decode()
            assert words in page
            assert "審査に出す" in page
        assert "新しい紹介" not in client.get(group.organization.get_absolute_url()).content.decode()
        mine.post(address(group, "profile_send"))
        assert "審査中" in mine.get(address(group)).content.decode()
        approve(fresh(group), by=reviewer(district))
        assert "もっと新しい紹介です。" in client.get(group.organization.get_absolute_url()).content.decode()

    def test_a_contact_comes_in_with_it(self, group, district, client):
        mine = logged_in(group.owner)
        save(mine, group, **{"contacts-0-phone": "０３(0000)1111", "contacts-0-name": "受付"})
        mine.post(address(group, "profile_send"))
        assert not fresh(group).contacts.exists()
        approve(fresh(group), by=reviewer(district))
        assert "03-0000-1111" in client.get(group.organization.get_absolute_url()).content.decode()

    def test_pages_on_social_networks_come_in_with_it(self, group, district, client):
        mine = logged_in(group.owner)
        links = "instagram.com/nakayoshi\nhttps://www.example.jp/blog"
        save(mine, group, sns_links=links)
        assert "instagram.com/nakayoshi" in mine.get(address(group)).content.decode()
        mine.post(address(group, "profile_send"))
        assert not fresh(group).sns_links
        approve(fresh(group), by=reviewer(district))
        page = client.get(group.organization.get_absolute_url()).content.decode()
        assert 'href="https://instagram.com/nakayoshi"' in page
        assert "Instagramを見る" in page
        assert "example.jpを見る" in page

    def test_what_staff_ask_for_is_read_there(self, group, district):
        mine = logged_in(group.owner)
        save(mine, group, description="新しい紹介です。")
        mine.post(address(group, "profile_send"))
        return_with_comment(fresh(group), by=reviewer(district), comment="もう少しくわしく")
        page = mine.get(address(group)).content.decode()
        assert "もう少しくわしく" in page
        assert "もう一度、審査に出す" in page
        mine.post(address(group, "profile_send"))
        assert waiting_state(fresh(group)) is not None
        assert fresh(group).workflow_states.count() == 1

    def test_a_newer_draft_is_what_is_reviewed(self, group, district):
        mine = logged_in(group.owner)
        save(mine, group, description="一つめ")
        mine.post(address(group, "profile_send"))
        save(mine, group, description="二つめ")
        approve(fresh(group), by=reviewer(district))
        assert fresh(group).description == "二つめ"

    def test_the_name_of_a_group_not_public_yet_moves_along(self, group):
        Organization.objects.filter(pk=group.organization.pk).update(live=False, status="registered")
        save(logged_in(group.owner), group, name="ひなたの会")
        assert fresh(group).name == "ひなたの会"

    def test_nothing_changed_is_nothing_to_review(self, group):
        logged_in(group.owner).post(address(group, "profile_send"))
        assert waiting_state(fresh(group)) is None

    def test_the_desk_leads_there_and_says_how_it_stands(self, group):
        mine, desk = logged_in(group.owner), reverse("directory:group_desk", args=[group.organization.code])
        assert "団体の紹介:下書き" not in mine.get(desk).content.decode()
        save(mine, group, description="新しい紹介です。")
        page = mine.get(desk).content.decode()
        assert "団体の紹介:下書き" in page
        assert address(group) in page


@pytest.mark.django_db
class TestGroupsOneTrusts:
    def test_a_change_is_public_at_once_and_waits_to_be_looked_at(self, district, staff):
        group = make_group(district, trusted=True)
        mine = logged_in(group.owner)
        save(mine, group, description="すぐに出る紹介です。")
        mine.post(address(group, "profile_send"))
        assert fresh(group).description == "すぐに出る紹介です。"
        screen = reverse("directory_review:trusted")
        page = staff.get(screen).content.decode()
        assert "すぐに出る紹介です。" in page
        found = re.search(r'name="row" value="(organization-\d+)"', page)
        staff.post(screen, {"row": found[1]})
        assert not unseen_changes(reviewer(district)).exists()

    def test_a_draft_does_not_take_back_what_staff_decided_meanwhile(self, district):
        group = make_group(district, trusted=True)
        mine = logged_in(group.owner)
        save(mine, group, description="すぐに出る紹介です。")
        Organization.objects.update(status=OrganizationStatus.PAUSED)
        mine.post(address(group, "profile_send"))
        assert fresh(group).status == OrganizationStatus.PAUSED
        assert fresh(group).description == "すぐに出る紹介です。"

    def test_trust_taken_back_sends_the_draft_to_the_review(self, district):
        group = make_group(district, trusted=True)
        mine = logged_in(group.owner)
        save(mine, group, description="すぐに出る紹介です。")
        Organization.objects.update(is_trusted=False)
        mine.post(address(group, "profile_send"))
        assert fresh(group).description != "すぐに出る紹介です。"
        assert waiting_state(fresh(group)) is not None


@pytest.mark.django_db
class TestWhoMay:
    def test_nobody_else_learns_that_it_is_there(self, group, district):
        other = UserFactory()
        OrganizationMember.objects.create(organization=OrganizationFactory(), user=other, role="owner")
        for user in (other, UserFactory(), reviewer(district), UserFactory(administrator=True)):
            client = logged_in(user)
            assert client.get(address(group)).status_code in (404, 302)
            assert client.post(address(group), typed(group)).status_code in (404, 302)
            assert client.post(address(group, "profile_send")).status_code in (404, 302)
        assert logged_in(other).get(address(group)).status_code == 404
        assert not fresh(group).has_unpublished_changes

    def test_what_was_typed_waits_for_the_login(self, group):
        client = Client()
        sent = typed(group, description="ログインが切れていました。")
        assert "/login/" in client.post(address(group), sent)["Location"]
        client.force_login(group.owner)
        assert "ログインが切れていました。" in client.get(address(group)).content.decode()

    def test_a_group_that_is_over_changes_nothing(self, group):
        Organization.objects.update(status=OrganizationStatus.CLOSED)
        assert logged_in(group.owner).get(address(group)).status_code == 403

    def test_what_staff_decide_is_no_part_of_the_form(self, group, district):
        mine = logged_in(group.owner)
        staffs = {"is_trusted": "on", "status": "closed", "areas": "", "council_number": "1", "live": ""}
        save(mine, group, description="新しい紹介です。", **staffs)
        mine.post(address(group, "profile_send"))
        approve(fresh(group), by=reviewer(district))
        row = fresh(group)
        assert (row.is_trusted, row.status, row.council_number) == (False, "approved", "")
        assert list(row.areas.all()) == [district]


@pytest.mark.django_db
class TestTwoAtOnce:
    def test_the_second_one_sees_what_the_first_one_saved(self, group):
        first, second = logged_in(group.owner), logged_in(group.editor)
        seen = mark(second, address(group))
        save(first, group, description="先に保存した紹介")
        answer = second.post(address(group), typed(group, description="あとの紹介") | {"mark": seen})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "先に保存した紹介" in page
        assert "あとの紹介" in page
        assert fresh(group).get_latest_revision_as_object().description == "先に保存した紹介"
        again = re.search(r'name="mark" value="([^"]+)"', page)[1]
        second.post(address(group), typed(group, description="あとの紹介") | {"mark": again})
        assert fresh(group).get_latest_revision_as_object().description == "あとの紹介"

    def test_a_contact_somebody_added_meanwhile_is_a_conflict(self, group):
        mine = logged_in(group.owner)
        seen = mark(mine, address(group))
        OrganizationContactFactory(organization=group.organization)
        assert mine.post(address(group), typed(group) | {"mark": seen}).status_code == 409


@pytest.mark.usefixtures("shared_database")
def test_saving_at_the_same_moment_loses_nothing():
    group = make_group(DistrictFactory())
    clients = [logged_in(user) for user in (group.owner, group.editor)]
    said = typed(group) | {"mark": mark(clients[0], address(group))}
    outcomes = at_once(
        *[
            lambda client=client, n=n: client.post(address(group), said | {"description": f"{n}人め"})
            for n, client in enumerate(clients)
        ]
    )
    assert sorted(item.status_code for item in outcomes) == [302, 409]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "nonsense",
    ["\0", "あ" * 10_000, "🙂" * 50, "<script>alert(1)</script>", "%00", "' OR 1=1", "javascript:x"],
)
def test_nonsense_in_every_field_is_answered(group, nonsense):
    mine = logged_in(group.owner)
    fields = (*typed(group), "contacts-0-phone", "contacts-0-url", "contacts-0-DELETE", "mark")
    assert mine.post(address(group), dict.fromkeys(fields, nonsense)).status_code in (302, 409, 422)
    seen = mark(mine, address(group))
    said = dict.fromkeys(fields, nonsense) | {"mark": seen}
    counts = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0"}
    assert mine.post(address(group), said | counts).status_code in (302, 422)
    assert mine.post(address(group), {"mark": seen}).status_code in (302, 409, 422)


@pytest.mark.django_db
def test_tags_do_not_come_in(group):
    save(logged_in(group.owner), group, description="<b>太い</b>字", website="")
    assert fresh(group).get_latest_revision_as_object().description == "太い字"
