"""Logins of the demo. Everybody who can read this can use them: never on a public site."""

from __future__ import annotations

from dataclasses import dataclass

from areas.models import Area
from directory.choices import MemberRole
from directory.models import Organization, OrganizationMember
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.members import PASSWORD


@dataclass(frozen=True)
class DemoLogin:
    """Somebody to log in as."""

    label: str
    email: str
    role: StaffRole | None = None


LOGINS = (
    DemoLogin("管理者", "admin@example.jp", StaffRole.ADMINISTRATOR),
    DemoLogin("職員(烏山地区の担当)", "staff@example.jp", StaffRole.DISTRICT_STAFF),
    DemoLogin("CSW(烏山地域)", "csw@example.jp", StaffRole.CSW),
    DemoLogin("区の職員(見るだけ)", "viewer@example.jp", StaffRole.VIEWER),
    DemoLogin("団体の人", "group@example.jp"),
    DemoLogin("団体の編集を手伝う人", "editor@example.jp"),
    DemoLogin("住民", "resident@example.jp"),
)


def make_people(district: Area, organization: Organization) -> None:
    """The demo's logins; those that are there keep their password."""
    places = {
        StaffRole.DISTRICT_STAFF: district,
        StaffRole.CSW: district.parent or district,
        StaffRole.VIEWER: district.municipality,
        StaffRole.ADMINISTRATOR: district.municipality,
    }
    for login in LOGINS:
        user = _user(login, district)
        if login.role is not None:
            assign_staff(user=user, role=login.role, area=places[login.role])
    group = User.objects.get(email="group@example.jp")
    OrganizationMember.objects.get_or_create(
        organization=organization, user=group, defaults={"role": MemberRole.OWNER}
    )


def _user(login: DemoLogin, district: Area) -> User:
    found = User.objects.filter(email=login.email).first()
    if found is not None:
        _prove_address(found)
        return found
    is_administrator = login.role == StaffRole.ADMINISTRATOR
    user = User.objects.create_user(
        login.email,
        PASSWORD,
        name=f"{login.label}(見本)",
        home_district=None if login.role else district,
        is_staff=login.role is not None,
        is_superuser=is_administrator,
    )
    _prove_address(user)
    return user


def _prove_address(user: User) -> None:
    """Nobody reads the mail of example.jp: without this the first login would wait for a code."""
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
