"""Two members of staff decide about one claim at the same moment."""

from __future__ import annotations

import pytest

from directory.models import Claim
from directory.services.claims import AlreadyDecided, decide_claim
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory, VenueFactory
from tests.factories.members import UserFactory
from tests.factories.registrations import ClaimFactory

from .racing import _django_db_helper, at_once, shared_database  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def test_of_two_members_of_staff_at_once_one_decides() -> None:
    place = DistrictFactory()
    people = [
        assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=place).user
        for _person in range(2)
    ]
    claim = ClaimFactory(resource=ResourceFactory(venue=VenueFactory(district=place)))

    def decide(person: User, approve: bool) -> str:
        try:
            return str(
                decide_claim(Claim.objects.get(pk=claim.pk), approve=approve, by=person, reason="x").state
            )
        except AlreadyDecided:
            return "late"

    outcomes = at_once(lambda: decide(people[0], True), lambda: decide(people[1], False))
    assert sorted(outcomes).count("late") == 1
