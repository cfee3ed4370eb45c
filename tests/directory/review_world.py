"""Something that waits for a review: what the tests of the review share."""

from __future__ import annotations

from typing import Any

from areas.models import Area
from directory.choices import MemberRole, OrganizationStatus, RegistrationState
from directory.models import Organization, OrganizationMember, Registration, Resource
from directory.services.review import ensure_workflow
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.directory import OrganizationFactory, ResourceFactory, VenueFactory, weekly_spec
from tests.factories.members import UserFactory


def reviewer(area: Area, role: str = StaffRole.DISTRICT_STAFF) -> User:
    return assign_staff(user=UserFactory(staff=True), role=role, area=area).user


def submitted(row: Any, by: User | None = None, **changes: Any) -> Any:
    """`row`, with `changes` as a draft that waits for a review."""
    ensure_workflow()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_revision(user=by)
    row.get_workflow().start(row, by)
    return type(row).objects.get(pk=row.pk)


def group_of(organization: Organization) -> User:
    """A person who speaks for `organization`."""
    user = UserFactory(name="団体の代表")
    OrganizationMember.objects.create(organization=organization, user=user, role=MemberRole.OWNER)
    return user


def changed_entry(district: Area, **changes: Any) -> Resource:
    """A public entry whose group sent in a change."""
    organization = OrganizationFactory(name="ひだまりの会", areas=[district])
    entry = ResourceFactory(
        name="ひだまりサロン",
        organization=organization,
        venue=VenueFactory(district=district, name="ひだまり会館"),
        schedules=[weekly_spec()],
    )
    return submitted(
        entry, group_of(organization), **(changes or {"summary": "毎週金曜に、お茶を飲みます。"})
    )


def new_registration(district: Area) -> Registration:
    """A group that registered with its first entry; both wait."""
    organization = OrganizationFactory(
        name="あたらしい会", areas=[district], live=False, status=OrganizationStatus.REGISTERED
    )
    entry = ResourceFactory(
        name="あたらしいサロン",
        organization=organization,
        venue=VenueFactory(district=district),
        live=False,
        schedules=[weekly_spec()],
    )
    for row in (organization, entry):
        submitted(row)
    return Registration.objects.create(
        receipt="T-2026-0001",
        secret_hash="x" * 64,
        email="atarashii@example.jp",
        state=RegistrationState.SUBMITTED,
        organization=organization,
        resource=entry,
        district=district,
    )
