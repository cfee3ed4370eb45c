"""「区民登録の数」 in the staff screens."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from areas.models import Area
from members.choices import StaffRole
from members.models import RegistrationTarget
from members.residency import set_home_district
from members.services import assign_staff
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
URL = "/admin/residents/"


@pytest.fixture
def staff_client(client_of: Callable[..., Client]) -> Callable[..., Client]:
    """`staff_client(role, area)`: a login that may enter the staff screens with that role there."""

    def of_role(role: str, area: Area) -> Client:
        user = UserFactory()
        assign_staff(user=user, role=role, area=area)
        return client_of(user)

    return of_role


@pytest.fixture
def districts() -> tuple[Area, Area]:
    above = AreaFactory()
    own, foreign = (
        DistrictFactory(parent=above, name="自分地区"),
        DistrictFactory(parent=above, name="=よそ地区"),
    )
    for district in (own, own, foreign):
        set_home_district(user=UserFactory(), district=district, on=date(2026, 10, 1))
    return own, foreign


@pytest.mark.parametrize("role", StaffRole.values)
def test_every_role_sees_its_own_places_only(
    districts: tuple[Area, Area], staff_client: Callable[..., Client], role: str
) -> None:
    html = staff_client(role, districts[0]).get(URL).content.decode()
    assert "自分地区" in html
    assert ("よそ地区" in html) == (role == StaffRole.ADMINISTRATOR)


def test_another_municipality_does_not_exist(
    districts: tuple[Area, Area], staff_client: Callable[..., Client]
) -> None:
    other = DistrictFactory(parent=AreaFactory()).municipality
    client = staff_client(StaffRole.CURATOR, districts[0])
    assert client.get(URL, {"municipality": other.code}).status_code == 404
    assert client.get(URL, {"municipality": "x\x00"}).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "1", "99999999999", "２０２６"])
def test_a_year_without_rows_falls_back_to_this_one(
    districts: tuple[Area, Area], administrator_client: Client, year: str
) -> None:
    answer = administrator_client.get(URL, {"year": year})
    assert answer.context["table"].year == 2026


def test_the_plans_figure_stands_beside_the_sum(
    districts: tuple[Area, Area], administrator_client: Client
) -> None:
    RegistrationTarget.objects.create(
        municipality=districts[0].municipality, fiscal_year=2026, number=6, source="見本計画"
    )
    html = administrator_client.get(URL).content.decode()
    assert "3人" in html
    assert "50%" in html
    assert "見本計画" in html


def test_the_csv_has_the_same_figures_and_no_formula(
    districts: tuple[Area, Area], administrator_client: Client
) -> None:
    answer = administrator_client.get(URL, {"file": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "自分地区,0,0,0,0,0,0,2,2,,,," in text
    assert ",'=よそ地区," in text
    assert "合計,,0,0,0,0,0,0,3,3,,,," in text
    book = openpyxl.load_workbook(io.BytesIO(administrator_client.get(URL, {"file": "xlsx"}).content))
    *_above, own, foreign, total = book.active.iter_rows(values_only=True)
    assert own[1:10] == ("自分地区", 0, 0, 0, 0, 0, 0, 2, 2)
    assert foreign[1] == "'=よそ地区"
    assert total[2:10] == (0, 0, 0, 0, 0, 0, 3, 3)


def test_residents_and_strangers_are_kept_out(client: Client, resident_client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert resident_client.get(URL).status_code == 302


def test_only_administrators_set_targets(
    districts: tuple[Area, Area], staff_client: Callable[..., Client], administrator_client: Any
) -> None:
    add = "/admin/snippets/members/registrationtarget/add/"
    assert administrator_client.get(add).status_code == 200
    assert staff_client(StaffRole.CURATOR, districts[0]).get(add).status_code in (302, 403)
