"""People who log in. Addresses end in example.jp and lead nowhere."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from members.choices import StaffRole
from members.models import StaffAssignment, User

#: One password for every made-up login; factories serve tests and the demo, never a public site.
PASSWORD = "tsunagu-demo"


class UserFactory(DjangoModelFactory):
    """A resident. Traits: `staff` (may reach staff screens), `administrator` (may do everything)."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.jp")
    name = factory.Sequence(lambda n: f"利用者{n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def proven(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """The address is confirmed; `proven=False` makes one who never confirmed it."""
        if create:
            is_proven = extracted is not False
            self.emailaddress_set.create(email=self.email, verified=is_proven, primary=True)

    class Params:
        staff = factory.Trait(is_staff=True, name=factory.Sequence(lambda n: f"職員{n}"))
        administrator = factory.Trait(is_staff=True, is_superuser=True, name="管理者")


class StaffAssignmentFactory(DjangoModelFactory):
    """A member of staff who works in a place: `StaffAssignmentFactory(role=…, area=…)`."""

    class Meta:
        model = StaffAssignment

    user = factory.SubFactory(UserFactory, staff=True)
    role = StaffRole.DISTRICT_STAFF
    area = factory.SubFactory("tests.factories.areas.DistrictFactory")
