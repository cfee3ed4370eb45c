"""The link in the mail after a registration makes the first owner, and nobody's way back."""

from __future__ import annotations

import pytest

from directory.choices import RegistrationState
from directory.models import Registration
from directory.services.groups import make_owner, remove_member
from directory.services.registration_owners import NotYours, take_over_as
from tests.factories.directory import OrganizationFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def test_who_was_taken_out_of_the_group_does_not_come_back_by_the_old_link() -> None:
    first, second, group = UserFactory(), UserFactory(), OrganizationFactory()
    row = Registration.objects.create(
        receipt="7K3QF",
        secret_hash="x",
        email=first.email,
        organization=group,
        state=RegistrationState.SUBMITTED,
    )
    take_over_as(row, user=first)
    take_over_as(row, user=first)  # pressed twice
    make_owner(organization=group, user=second, by=first)
    remove_member(member=group.members.get(user=first), by=second)
    with pytest.raises(NotYours):
        take_over_as(row, user=first)
    assert not group.members.filter(user=first).exists()
