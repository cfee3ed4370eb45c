"""Merging and deleting groups and entries: events, reports, posts, introductions and cards go along, and come back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import Merge, Organization
from directory.services.deletion import CannotDelete, delete_recoverably, restore
from directory.services.merging import merge, undo_merge
from events.choices import CardState, IntroductionState
from events.models import (
    Card,
    ConnectionWish,
    Event,
    Introduction,
    Opportunity,
    OpportunityAnswer,
    Report,
)
from members.choices import StaffRole
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.events import (
    CardFactory,
    EventFactory,
    GatheringFactory,
    OpportunityFactory,
    ReportFactory,
)
from tests.factories.members import UserFactory

from .exchange_world import World, build_world, requested, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def twin(world) -> Organization:
    return OrganizationFactory(name="ひだまり サロン", areas=[world.district])


def hanging_on(organization: Organization, other: Organization) -> list:
    """One of everything that names `organization`."""
    event = EventFactory(organization=organization)
    event.save_revision()
    partnered = EventFactory(organization=other)
    partnered.partners.set([organization])
    partnered.save()
    partnered.save_revision()
    post = OpportunityFactory(organization=other)
    return [
        event,
        partnered,
        ReportFactory(organization=organization),
        OpportunityFactory(organization=organization),
        OpportunityAnswer.objects.create(opportunity=post, organization=organization, name="x", message="y"),
        CardFactory(organization=organization),
        Introduction.objects.create(from_organization=organization, to_organization=other, purpose="x"),
        Introduction.objects.create(from_organization=other, to_organization=organization, purpose="x"),
    ]


def owners(rows: list) -> list[Organization]:
    found = []
    for row in rows:
        fresh = type(row).objects.get(pk=row.pk)
        if row is rows[1]:
            found.append(fresh.partners.get())
            assert fresh.get_latest_revision_as_object().partners.get() == found[-1]
        elif isinstance(fresh, Introduction):
            found.append(fresh.from_organization if row is rows[6] else fresh.to_organization)
        else:
            found.append(fresh.organization)
    assert Event.objects.get(pk=rows[0].pk).get_latest_revision_as_object().organization == found[0]
    return found


def test_everything_of_a_group_goes_along_and_comes_back(world, twin) -> None:
    rows = hanging_on(twin, world.kitchen)
    record = merge(kept=world.salon, dropped=twin, take=[], user=world.staff)
    assert owners(rows) == [world.salon] * len(rows)
    undo_merge(record, user=world.staff)
    assert owners(rows) == [twin] * len(rows)


def test_what_would_stand_twice_or_mean_itself_stays_behind(world, twin) -> None:
    between = Introduction.objects.create(from_organization=twin, to_organization=world.salon, purpose="x")
    open_one = requested(world)
    same = Introduction.objects.create(from_organization=twin, to_organization=world.kitchen, purpose="x")
    done = Introduction.objects.create(
        from_organization=twin, to_organization=world.kitchen, purpose="x", state=IntroductionState.DECLINED
    )
    record = merge(kept=world.salon, dropped=twin, take=[], user=world.staff)
    askers = {row.pk: row.from_organization for row in Introduction.objects.all()}
    assert askers == {between.pk: twin, open_one.pk: world.salon, same.pk: twin, done.pk: world.salon}
    undo_merge(record, user=world.staff)
    assert {row.pk: row.from_organization for row in Introduction.objects.all()} == askers | {done.pk: twin}


def test_of_two_cards_at_one_gathering_one_stays_and_the_other_comes_back(world, twin) -> None:
    gathering = GatheringFactory()
    own, other, third = (
        CardFactory(gathering=gathering, organization=row, does=f"{row}の活動")
        for row in (world.salon, twin, world.kitchen)
    )
    wishes = [(other, third), (third, other), (own, other), (third, own)]
    for who, whom in wishes:
        ConnectionWish.objects.create(from_card=who, to_card=whom, created_by=world.staff)
    before = sorted(ConnectionWish.objects.values_list("pk", "from_card", "to_card"))
    record = merge(kept=world.salon, dropped=twin, take=[], user=world.staff)
    assert set(gathering.cards.values_list("organization", flat=True)) == {world.salon.pk, world.kitchen.pk}
    pairs = sorted(ConnectionWish.objects.values_list("from_card", "to_card"))
    assert pairs == sorted([(own.pk, third.pk), (third.pk, own.pk)])
    undo_merge(Merge.objects.get(pk=record.pk), user=world.staff)
    again = Card.objects.get(pk=other.pk)
    assert (again.organization, again.does) == (twin, other.does)
    assert again.created_at - other.created_at < dt.timedelta(milliseconds=1)
    assert sorted(ConnectionWish.objects.values_list("pk", "from_card", "to_card")) == before


def test_a_group_that_comes_still_comes_when_the_other_card_was_taken_back(world, twin) -> None:
    gathering = GatheringFactory()
    own = CardFactory(gathering=gathering, organization=world.salon, does="旧", state=CardState.CANCELLED)
    CardFactory(gathering=gathering, organization=twin, does="新")
    record = merge(kept=world.salon, dropped=twin, take=[], user=world.staff)
    card = gathering.cards.get()
    assert (card.pk, card.does, card.state) == (own.pk, "新", CardState.CONFIRMED)
    undo_merge(Merge.objects.get(pk=record.pk), user=world.staff)
    found = gathering.cards.values_list("organization", "does", "state")
    assert set(found) == {(world.salon.pk, "旧", "cancelled"), (twin.pk, "新", "confirmed")}


def test_events_of_an_entry_go_along_and_come_back() -> None:
    kept, dropped = ResourceFactory(), ResourceFactory()
    rows = [factory(resource=dropped) for factory in (EventFactory, ReportFactory, OpportunityFactory)]
    rows[0].save_revision()
    record = merge(kept=kept, dropped=dropped, take=[], user=UserFactory(administrator=True))
    assert {type(row).objects.get(pk=row.pk).resource for row in rows} == {kept}
    assert Event.objects.get().get_latest_revision_as_object().resource == kept
    undo_merge(record, user=UserFactory(administrator=True))
    assert {type(row).objects.get(pk=row.pk).resource for row in rows} == {dropped}


def test_a_group_with_events_is_not_deleted_and_staff_are_told_why(client_of, world) -> None:
    EventFactory(organization=world.salon)
    with pytest.raises(CannotDelete, match="催しが1件"):
        delete_recoverably(world.salon, user=world.staff)
    client = client_of(staff_of(world.district, StaffRole.CURATOR))
    page = reverse("directory_organizations:delete", args=[world.salon.pk])
    assert "催しが1件" in client.get(page).content.decode()
    assert client.post(page).status_code in (302, 400, 403)
    assert Organization.objects.filter(pk=world.salon.pk).exists()


def test_posts_and_introductions_are_told_of_and_come_back_with_their_group(client_of, world) -> None:
    post, introduction = OpportunityFactory(organization=world.salon), requested(world)
    client = client_of(staff_of(world.district, StaffRole.CURATOR))
    page = client.get(reverse("directory_organizations:delete", args=[world.salon.pk])).content.decode()
    assert "掲示板の書き込み1件も" in page
    assert "つなぎの記録1件も" in page
    record = delete_recoverably(world.salon, user=world.staff)
    assert not Opportunity.objects.exists()
    restore(record, user=world.staff)
    assert Opportunity.objects.get().code == post.code
    assert Introduction.objects.get().code == introduction.code


def test_a_report_keeps_when_its_entry_is_deleted_and_is_tied_again() -> None:
    entry = ResourceFactory()
    report = ReportFactory(resource=entry)
    record = delete_recoverably(entry, user=UserFactory(administrator=True))
    assert Report.objects.get(pk=report.pk).resource is None
    restore(record, user=UserFactory(administrator=True))
    assert Report.objects.get(pk=report.pk).resource.code == entry.code
