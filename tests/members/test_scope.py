"""Where staff may work: inside their places, never everywhere by default."""

import pytest
from django.contrib.auth.models import AnonymousUser

from members.choices import StaffRole
from members.scope import NoScope, Scope
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import StaffAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def scope_of(role, area, **options):
    return Scope.of(StaffAssignmentFactory(role=role, area=area).user, **options)


def test_district_staff_work_in_their_district_only():
    district, other = DistrictFactory(), DistrictFactory()
    scope = scope_of(StaffRole.DISTRICT_STAFF, district)
    assert scope.includes(district)
    assert not scope.includes(other)


def test_an_area_includes_its_districts():
    area = AreaFactory()
    inside = DistrictFactory(parent=area)
    scope = scope_of(StaffRole.AREA_STAFF, area)
    assert scope.includes(inside)
    assert scope.includes(area)
    assert not scope.includes(area.parent)


def test_viewers_see_but_do_not_edit():
    district = DistrictFactory()
    assert scope_of(StaffRole.VIEWER, district).includes(district)
    with pytest.raises(NoScope):
        scope_of(StaffRole.VIEWER, district, editing=True)


def test_administrators_and_superusers_work_everywhere():
    assert scope_of(StaffRole.ADMINISTRATOR, DistrictFactory()).is_everywhere
    assert Scope.of(UserFactory(administrator=True)).is_everywhere


@pytest.mark.parametrize("who", ["anonymous", "resident", "inactive"])
def test_no_scope_is_an_error_not_everything(who):
    if who == "anonymous":
        user = AnonymousUser()
    elif who == "resident":
        user = UserFactory()
    else:
        user = StaffAssignmentFactory(area=DistrictFactory()).user
        user.is_active = False
    with pytest.raises(NoScope):
        Scope.of(user)
