"""Two groups of one district, with somebody who speaks for each, and staff of the place."""

from __future__ import annotations

from dataclasses import dataclass

from areas.models import Area
from directory.choices import MemberRole
from directory.models import Organization, OrganizationMember
from events.models import Introduction
from events.services import introductions
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.members import UserFactory


@dataclass(frozen=True)
class World:
    district: Area
    salon: Organization
    kitchen: Organization
    of_salon: User
    of_kitchen: User
    staff: User


def speaker_of(organization: Organization) -> User:
    """Somebody new who speaks for `organization`."""
    user = UserFactory()
    OrganizationMember.objects.create(organization=organization, user=user, role=MemberRole.OWNER)
    return user


def staff_of(district: Area, role: str = StaffRole.DISTRICT_STAFF) -> User:
    return assign_staff(user=UserFactory(), role=role, area=district).user


def build_world() -> World:
    district = DistrictFactory()
    salon = OrganizationFactory(name="ひだまりサロン", areas=[district])
    kitchen = OrganizationFactory(name="にじいろ食堂", areas=[district])
    people = speaker_of(salon), speaker_of(kitchen)
    return World(district, salon, kitchen, *people, staff_of(district))


def requested(world: World) -> Introduction:
    """The salon asked for the kitchen."""
    return introductions.request_introduction(
        from_organization=world.salon,
        to_organization=world.kitchen,
        purpose="野菜の使い方を教えてほしいです。",
        by=world.of_salon,
    )


def asked(world: World) -> Introduction:
    """Staff asked both."""
    introduction = requested(world)
    introductions.ask_both(introduction=introduction, by=world.staff)
    return introduction
