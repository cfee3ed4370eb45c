"""つなぎ: contacts pass on only when both sides agreed, and of two who press at once one is first."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from directory.choices import OrganizationStatus
from directory.models import OrganizationMember
from directory.work_list import work_items
from events.choices import IntroductionOutcome, IntroductionState
from events.models import Introduction
from events.services import introductions as services
from events.services.introduction_keeping import forget_contacts
from members.models import User
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationContactFactory, OrganizationFactory

from .exchange_world import World, asked, build_world, requested, staff_of

pytestmark = pytest.mark.django_db

SECRET = "03-0000-1111"


@pytest.fixture
def world() -> World:
    return build_world()


def link_to(user) -> str:
    """The path of the link in the last mail to `user`."""
    letter = [item for item in mail.outbox if item.to == [user.email] and "/exchange/" in item.body][-1]
    return re.search(r"(/exchange/\S+/)", letter.body)[1]


def counted(user) -> dict[str, int]:
    fresh = User.objects.get(pk=user.pk)  # what a user may do is kept for one request
    return {item.key: item.count for item in work_items(fresh)}


def test_staff_of_the_place_hear_of_a_request_and_the_other_side_does_not(world) -> None:
    requested(world)
    assert [letter.to for letter in mail.outbox] == [[world.staff.email]]
    assert counted(world.staff)["introduction"] == 1
    assert counted(staff_of(DistrictFactory()))["introduction"] == 0


def test_asking_twice_is_one_request(world) -> None:
    assert requested(world) == requested(world)
    assert len(mail.outbox) == 1


def test_nobody_is_introduced_to_oneself_or_to_a_group_that_is_not_public(world) -> None:
    hidden = OrganizationFactory(status=OrganizationStatus.CLOSED)
    for other in (world.salon, hidden):
        with pytest.raises(ValidationError):
            services.request_introduction(
                from_organization=world.salon, to_organization=other, purpose="x", by=None
            )


def test_contacts_pass_on_only_after_both_agreed(world) -> None:
    introduction = asked(world)
    services.agree(introduction=introduction, side="to", contact=SECRET, by=world.of_kitchen, way="desk")
    assert introduction.contact_of_other("from") == ""
    assert not any(SECRET in letter.body for letter in mail.outbox)
    services.agree(
        introduction=introduction, side="from", contact="hana@example.jp", by=world.of_salon, way="desk"
    )
    assert introduction.state == IntroductionState.INTRODUCED
    assert introduction.follow_up_on == timezone.localdate() + dt.timedelta(weeks=6)
    told = {letter.to[0]: letter.body for letter in mail.outbox if "直接ご連絡ください" in letter.body}
    assert SECRET in told[world.of_salon.email]
    assert "hana@example.jp" in told[world.of_kitchen.email]
    assert SECRET not in told[world.of_kitchen.email]


def test_who_declines_gives_no_contact_away_and_the_reason_stays_with_the_broker(world) -> None:
    introduction = asked(world)
    services.agree(introduction=introduction, side="from", contact=SECRET, by=None, way="mail")
    services.decline(introduction=introduction, side="to", reason="いそがしい", by=None, way="mail")
    assert introduction.state == IntroductionState.DECLINED
    letters = [letter for letter in mail.outbox if world.staff.email not in letter.to]
    assert not any(SECRET in letter.body or "いそがしい" in letter.body for letter in letters)
    with pytest.raises(services.AlreadyDecided):
        services.agree(introduction=introduction, side="to", contact="x", by=None, way="desk")


def test_a_request_taken_back_can_not_be_agreed_to(world) -> None:
    introduction = asked(world)
    services.withdraw(introduction=introduction, by=world.of_salon)
    with pytest.raises(services.AlreadyDecided):
        services.agree(introduction=introduction, side="to", contact=SECRET, by=None, way="mail")
    assert requested(world) != introduction  # and may be asked anew


def test_of_two_brokers_the_second_is_told(world) -> None:
    introduction = requested(world)
    stale = Introduction.objects.get(pk=introduction.pk)
    services.take_over(introduction=introduction, by=world.staff)
    with pytest.raises(services.AlreadyDecided):
        services.take_over(introduction=stale, by=staff_of(world.district))
    introduction.refresh_from_db()
    assert introduction.broker == world.staff


def test_an_outcome_is_written_down_once(world) -> None:
    introduction = asked(world)
    for side in services.SIDES:
        services.agree(introduction=introduction, side=side, contact=SECRET, by=None, way="mail")
    said = {"introduction": introduction, "note": "", "by": world.staff}
    services.record_outcome(outcome=IntroductionOutcome.TOGETHER, **said)
    with pytest.raises(services.AlreadyDecided):
        services.record_outcome(outcome=IntroductionOutcome.NOTHING, **said)
    introduction.refresh_from_db()
    assert introduction.outcome == IntroductionOutcome.TOGETHER


def test_what_is_left_lying_is_in_the_work_list(world) -> None:
    introduction = asked(world)
    assert counted(world.staff)["introduction_stale"] == 0
    long_ago = timezone.now() - services.STALE_AFTER - dt.timedelta(days=1)
    Introduction.objects.filter(pk=introduction.pk).update(updated_at=long_ago)
    assert counted(world.staff)["introduction_stale"] == 1
    services.ask_again(introduction=introduction, by=world.staff)
    assert counted(world.staff)["introduction_stale"] == 0


def test_a_group_without_mail_is_named_to_be_called(world) -> None:
    OrganizationMember.objects.filter(organization=world.kitchen).delete()
    introduction = requested(world)
    assert services.ask_both(introduction=introduction, by=world.staff) == ["to"]


def test_opening_a_mailed_link_changes_nothing_and_its_button_agrees(client, world) -> None:
    introduction = asked(world)
    OrganizationContactFactory(organization=world.kitchen, phone=SECRET)
    link = link_to(world.of_kitchen)
    page = client.get(link)
    assert SECRET in page.content.decode()  # one's own contact is suggested
    introduction.refresh_from_db()
    assert introduction.to_consents is None
    assert client.post(link, {"action": "agree", "contact": ""}).status_code == 422
    assert client.post(link, {"action": "agree", "contact": SECRET}).status_code == 302
    assert "同意を受け付けました" in client.get(link).content.decode()
    client.post(link, {"action": "decline"})
    introduction.refresh_from_db()
    assert introduction.to_consents is True


def test_a_link_of_somebody_who_left_the_group_opens_nothing(client, world) -> None:
    asked(world)
    link = link_to(world.of_kitchen)
    OrganizationMember.objects.filter(organization=world.kitchen).delete()
    assert client.get(link).status_code == 404


def test_a_link_is_too_old_after_ninety_days(client, world, fixed_clock) -> None:
    asked(world)
    link = link_to(world.of_salon)
    fixed_clock.shift(dt.timedelta(days=91))
    assert client.get(link).status_code == 410


def test_a_group_asks_from_the_page_of_another_one(client_of, world) -> None:
    client = client_of(world.of_salon)
    page = client.get(world.kitchen.get_absolute_url()).content.decode()
    ask = reverse("events:introduction_ask", args=[world.kitchen.code])
    assert ask in page
    desk = client.get(ask)
    assert desk.status_code == 302
    answer = client.post(desk.headers["Location"], {"purpose": ""})
    assert answer.status_code == 422
    answer = client.post(desk.headers["Location"], {"purpose": "いっしょに畑をしたいです。"}, follow=True)
    assert "つなぐ人を待っています" in answer.content.decode()
    assert Introduction.objects.get().from_organization == world.salon


def test_the_other_side_sees_nothing_before_the_broker_asks(client_of, world) -> None:
    introduction = requested(world)
    path = reverse("events:group_introduction", args=[world.kitchen.code, introduction.code])
    assert client_of(world.of_kitchen).get(path).status_code == 404
    services.ask_both(introduction=introduction, by=world.staff)
    client = client_of(world.of_kitchen)
    assert client.get(path).status_code == 200
    assert client.get(reverse("directory:group_desk", args=[world.kitchen.code])).status_code == 200
    client.post(path, {"action": "agree", "contact": SECRET})
    introduction.refresh_from_db()
    assert introduction.to_contact == SECRET
    assert client_of(world.staff).get(path).status_code == 404  # staff have screens of their own


def test_contacts_are_forgotten_some_time_after_the_end(world, fixed_clock) -> None:
    introduction = asked(world)
    for side in services.SIDES:
        services.agree(introduction=introduction, side=side, contact=SECRET, by=None, way="mail")
    services.record_outcome(
        introduction=introduction, outcome=IntroductionOutcome.ONCE, note="", by=world.staff
    )
    fixed_clock.shift(dt.timedelta(days=89))
    assert forget_contacts() == 0
    fixed_clock.shift(dt.timedelta(days=2))
    assert forget_contacts() == 1
    introduction.refresh_from_db()
    assert introduction.to_contact == ""
    assert introduction.outcome == IntroductionOutcome.ONCE
