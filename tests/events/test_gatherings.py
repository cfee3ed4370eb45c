"""Gatherings: a group's card, wishes by consent, the web of them, paper, and introductions that follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.choices import MemberRole
from events.choices import CardState
from events.gathering_web import web_of
from events.models import Card, ConnectionWish, Gathering, Introduction
from events.services import gatherings
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.events import CardFactory, EventFactory, GatheringFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
CARD = {"does": "お茶会を開いています。", "seeks": "手伝う人", "gives": "", "people": "2", "consents": "on"}


@pytest.fixture
def gathering() -> Gathering:
    return GatheringFactory()


@pytest.fixture
def group() -> Any:
    return OrganizationFactory(name="からすやま茶の会")


@pytest.fixture
def client(client_of: Any, group: Any) -> Client:
    user = UserFactory()
    group.members.create(user=user, role=MemberRole.EDITOR)
    return client_of(user)


def desk(group: Any, gathering: Gathering, name: str = "group_gathering") -> str:
    return reverse(f"events:{name}", args=[group.code, gathering.event.code])


def test_a_group_takes_part_with_a_card(client: Client, group: Any, gathering: Gathering) -> None:
    assert client.post(desk(group, gathering), CARD).status_code == 302
    card = Card.objects.get(organization=group)
    assert (card.does, card.people, card.state) == ("お茶会を開いています。", 2, CardState.CONFIRMED)
    assert "お茶会を開いています。" in client.get(desk(group, gathering)).content.decode()


def test_a_second_editor_sees_what_the_first_one_wrote(
    client: Client, group: Any, gathering: Gathering
) -> None:
    client.post(desk(group, gathering), CARD)
    client.post(desk(group, gathering), {**CARD, "version": "0", "does": "先に直した"})
    late = client.post(desk(group, gathering), {**CARD, "version": "0", "does": "あとから"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "先に直した" in page
    assert "あとから" in page
    assert Card.objects.get(organization=group).does == "先に直した"
    assert (
        client.post(desk(group, gathering), {**CARD, "version": "1", "does": "あとから"}).status_code == 302
    )
    assert Card.objects.get(organization=group).does == "あとから"


@pytest.mark.parametrize(
    "nonsense",
    [
        {"does": ""},
        {"does": "あ" * 10_000},
        {"people": "0"},
        {"people": "\uff19\uff19\uff19"},
        {"people": "x"},
        {"version": "x"},
        {"does": "\x00"},
    ],
)
def test_nonsense_is_said_and_not_stored(
    client: Client, group: Any, gathering: Gathering, nonsense: dict[str, str]
) -> None:
    answer = client.post(desk(group, gathering), {**CARD, **nonsense})
    assert answer.status_code in (409, 422)
    assert not Card.objects.exists()


def test_strangers_and_other_groups_find_no_desk(
    client: Client, client_of: Any, gathering: Gathering
) -> None:
    other = OrganizationFactory()
    for name in ("group_gathering", "group_gathering_people"):
        assert client.get(desk(other, gathering, name)).status_code == 404
        assert client_of(UserFactory()).get(desk(other, gathering, name)).status_code == 404


def test_after_the_deadline_the_card_stays_as_it_is(client: Client, group: Any, gathering: Gathering) -> None:
    Gathering.objects.update(cards_until=timezone.localdate() - dt.timedelta(days=1))
    assert client.post(desk(group, gathering), CARD).status_code == 422
    assert not Card.objects.exists()


def test_leaving_takes_the_wishes_along_and_one_may_come_back(
    client: Client, group: Any, gathering: Gathering
) -> None:
    client.post(desk(group, gathering), CARD)
    mine, other = Card.objects.get(organization=group), CardFactory(gathering=gathering)
    gatherings.wish_for(from_card=mine, to_card=other)
    gatherings.wish_for(from_card=other, to_card=mine)
    client.post(desk(group, gathering), {"leave": "1"})
    assert not ConnectionWish.objects.exists()
    client.post(desk(group, gathering), CARD)
    mine.refresh_from_db()
    assert mine.state == CardState.CONFIRMED


def test_only_cards_with_consent_are_shown_to_the_others(
    client: Client, group: Any, gathering: Gathering
) -> None:
    client.post(desk(group, gathering), CARD)
    CardFactory(gathering=gathering, organization__name="見せる会")
    hidden = CardFactory(gathering=gathering, organization__name="見せない会", consents=False)
    page = client.get(desk(group, gathering, "group_gathering_people")).content.decode()
    assert "見せる会" in page
    assert "見せない会" not in page
    with pytest.raises(ValidationError):
        gatherings.wish_for(from_card=Card.objects.get(organization=group), to_card=hidden)


def test_the_public_sees_the_list_only_when_it_is_open(client: Client, gathering: Gathering) -> None:
    CardFactory(gathering=gathering, organization__name="見せる会")
    CardFactory(gathering=gathering, organization__name="見せない会", consents=False)
    url = gathering.event.get_absolute_url()
    assert "見せる会" not in Client().get(url).content.decode()
    Gathering.objects.update(directory_is_open=True)
    page = Client().get(url).content.decode()
    assert "見せる会" in page
    assert "見せない会" not in page


def test_a_mark_is_made_once_and_taken_back(client: Client, group: Any, gathering: Gathering) -> None:
    client.post(desk(group, gathering), CARD)
    other = CardFactory(gathering=gathering)
    people = desk(group, gathering, "group_gathering_people")
    for _time in range(2):
        client.post(people, {"to": other.pk, "note": "お茶の話"})
    assert [(wish.to_card, wish.note, wish.is_after) for wish in ConnectionWish.objects.all()] == [
        (other, "お茶の話", False)
    ]
    client.post(people, {"to": other.pk, "back": "1"})
    assert not ConnectionWish.objects.exists()


def test_nobody_marks_a_card_of_another_gathering(client: Client, group: Any, gathering: Gathering) -> None:
    client.post(desk(group, gathering), CARD)
    people = desk(group, gathering, "group_gathering_people")
    for key in (CardFactory().pk, Card.objects.get(organization=group).pk, "x", "9" * 30):
        client.post(people, {"to": key})
    assert not ConnectionWish.objects.exists()


def test_wishes_end_after_some_weeks(gathering: Gathering, time_machine: Any) -> None:
    first, second = CardFactory(gathering=gathering), CardFactory(gathering=gathering)
    time_machine.move_to(timezone.now() + dt.timedelta(days=20))
    after = gatherings.wish_for(from_card=first, to_card=second)
    assert after.is_after
    time_machine.move_to(timezone.now() + dt.timedelta(days=40))
    with pytest.raises(ValidationError):
        gatherings.wish_for(from_card=second, to_card=first)


def test_a_wish_becomes_one_introduction(client: Client, group: Any, gathering: Gathering) -> None:
    client.post(desk(group, gathering), CARD)
    other = CardFactory(gathering=gathering)
    people = desk(group, gathering, "group_gathering_people")
    for _time in range(2):
        client.post(people, {"to": other.pk, "introduce": "1"})
    made = Introduction.objects.get()
    assert (made.from_organization, made.to_organization, made.gathering) == (
        group,
        other.organization,
        gathering,
    )


def test_the_web_knows_mutual_wishes_and_who_is_alone(gathering: Gathering) -> None:
    one, two, three, four = (CardFactory(gathering=gathering) for _number in range(4))
    gatherings.wish_for(from_card=one, to_card=three)
    gatherings.wish_for(from_card=one, to_card=two)
    gatherings.wish_for(from_card=two, to_card=one)
    web = web_of(gathering)
    assert [(link.first, link.second, link.is_mutual) for link in web.links] == [
        (one, two, True),
        (one, three, False),
    ]
    assert web.alone == [four]
    assert len(web.lines) == 2


class TestStaffScreens:
    """In the own places only."""

    @pytest.fixture
    def staff(self, client_of: Any, gathering: Gathering) -> Client:
        district = gathering.event.district
        return client_of(assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user)

    def url(self, name: str, gathering: Gathering) -> str:
        return reverse(f"events_gatherings:{name}", args=[gathering.pk])

    def test_tables_settings_and_a_typed_in_card(
        self, staff: Client, gathering: Gathering, group: Any
    ) -> None:
        card = CardFactory(gathering=gathering)
        staff.post(self.url("act", gathering), {"action": "tables", f"table-{card.pk}": "A3"})
        staff.post(
            self.url("act", gathering), {"action": "card", "organization": group.pk, "table": "", **CARD}
        )
        staff.post(self.url("act", gathering), {"action": "settings", "directory_is_open": "on"})
        card.refresh_from_db()
        gathering.refresh_from_db()
        assert card.table == "A3"
        assert gathering.cards.filter(organization=group).exists()
        assert gathering.directory_is_open
        assert staff.get(self.url("show", gathering)).status_code == 200

    def test_the_web_starts_an_introduction(self, staff: Client, gathering: Gathering) -> None:
        wish = gatherings.wish_for(
            from_card=CardFactory(gathering=gathering), to_card=CardFactory(gathering=gathering)
        )
        assert staff.get(self.url("web", gathering)).status_code == 200
        assert staff.post(self.url("web", gathering), {"wish": wish.pk}).status_code == 302
        assert Introduction.objects.count() == 1

    @pytest.mark.parametrize(("groups", "pages"), [(0, 0), (1, 1), (10, 1), (11, 2)])
    def test_ten_cards_stand_on_a_page(
        self, staff: Client, gathering: Gathering, groups: int, pages: int
    ) -> None:
        for _number in range(groups):
            CardFactory(gathering=gathering)
        page = staff.get(self.url("name_cards", gathering)).content.decode()
        assert page.count('class="page ') == pages
        assert page.count("<svg") == groups
        assert staff.get(self.url("table_signs", gathering)).status_code == 200

    def test_a_foreign_gathering_is_not_there(self, client_of: Any, gathering: Gathering) -> None:
        stranger = assign_staff(
            user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=DistrictFactory()
        ).user
        for name in ("show", "web", "name_cards", "table_signs"):
            assert client_of(stranger).get(self.url(name, gathering)).status_code == 404
        assert client_of(stranger).post(self.url("act", gathering), {"action": "settings"}).status_code == 404

    def test_nonsense_pressed_is_no_error_of_the_program(self, staff: Client, gathering: Gathering) -> None:
        for data in ({}, {"action": "x"}, {"action": "leave", "card": "9" * 40}, {"action": "card"}):
            assert staff.post(self.url("act", gathering), data).status_code in (302, 400, 422)
        assert staff.post(self.url("web", gathering), {"wish": "x"}).status_code == 400


def test_an_event_of_another_kind_is_no_gathering(client: Client, group: Any) -> None:
    event = EventFactory()
    assert client.get(reverse("events:group_gathering", args=[group.code, event.code])).status_code == 404
    assert client.get(reverse("events:gathering_join", args=[event.code])).status_code == 404
