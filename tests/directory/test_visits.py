"""Visits: the quick form, what follows from a visit, and the yearly figures."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from directory.choices import LifeStatus, VerificationMethod, VisitOutcome
from directory.models import Consent, Resource, Verification, Visit
from directory.services.visits import record_visit
from directory.visit_counts import Report, fiscal_year_of
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import AreaFactory, DistrictFactory, TownFactory
from tests.factories.directory import ResourceFactory, VenueFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

URL = "/admin/register/visits/add/"


@pytest.fixture
def district(db):
    return DistrictFactory(parent=AreaFactory())


@pytest.fixture
def staff(district, client_of):
    return client_of(assign_staff(user=UserFactory(), role=StaffRole.CSW, area=district).user)


def filled(**changes: str) -> dict[str, str]:
    return {
        "key": "one",
        "date": "2026-11-19",
        "name": "なかよし会館",
        "kind": "salon",
        "outcome": "visited",
        "room_can_be_used": "yes",
        "makes_draft": "on",
        "people_consent": "nobody",
    } | changes


def visit(district, **facts):
    facts = {
        "key": f"{Visit.objects.count()}",
        "day": date(2026, 5, 1),
        "kind": "salon",
        "name": "会館",
    } | facts
    return record_visit(district=district, visitor=UserFactory(), **({"outcome": "visited"} | facts))[0]


def test_a_visit_is_written_down_with_a_draft_on_its_way(staff, district) -> None:
    response = staff.post(URL, filled(), follow=True)
    assert "「なかよし会館」の訪問を記録しました。" in response.content.decode()
    row = Visit.objects.get()
    assert row.district == district
    assert (row.resource.life_status, row.resource.live) == (LifeStatus.VISITED, False)
    assert row.visitor is not None


def test_the_same_form_sent_again_is_the_same_visit(staff) -> None:
    for _i in range(3):
        assert staff.post(URL, filled()).status_code == 302
    assert Visit.objects.count() == 1
    assert Resource.objects.count() == 1


def test_the_address_names_the_district_and_a_foreign_one_is_refused(staff, district) -> None:
    town, foreign = TownFactory(district=district), TownFactory()
    staff.post(URL, filled(address=f"{district.municipality.name}{town.name}1-1"))
    assert Visit.objects.get().district == district
    response = staff.post(URL, filled(key="two", address=f"{foreign.municipality.name}{foreign.name}1-1"))
    assert response.status_code == 422
    assert Visit.objects.count() == 1


def test_what_is_missing_is_told_and_what_was_typed_stays(staff) -> None:
    response = staff.post(URL, filled(name="", findings="庭が広い"))
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "訪問先の名前を入れてください" in page.text
    assert page.select_one("input[name=key]")["value"] == "one"
    assert "庭が広い" in page.text


@pytest.mark.parametrize("changes", [{"date": "2030-01-01"}, {"date": "x"}, {"kind": "x"}, {"entry": "\x00"}])
def test_nonsense_is_told(staff, changes) -> None:
    assert staff.post(URL, filled(**changes)).status_code == 422
    assert not Visit.objects.exists()


def test_visiting_an_entry_proves_it(staff, district) -> None:
    resource = ResourceFactory(venue=VenueFactory(district=district))
    staff.post(URL, filled(entry=resource.code.lower()))
    record = Verification.objects.get()
    assert (record.resource, record.method, record.date) == (
        resource,
        VerificationMethod.VISIT,
        date(2026, 11, 19),
    )
    assert Resource.objects.count() == 1


def test_an_entry_of_a_foreign_place_cannot_be_visited(staff) -> None:
    foreign = ResourceFactory(live=False)
    response = staff.post(URL, filled(entry=foreign.code))
    assert response.status_code == 422
    assert foreign.name not in response.content.decode()


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [
        (LifeStatus.FOUND, VisitOutcome.CONSENTED, LifeStatus.CONSENTED),
        (LifeStatus.CONSENTED, VisitOutcome.FOUND, LifeStatus.CONSENTED),
        (LifeStatus.FOUND, VisitOutcome.NOBODY, LifeStatus.FOUND),
        (LifeStatus.ACTIVE, VisitOutcome.CONSENTED, LifeStatus.ACTIVE),
    ],
)
def test_a_visit_moves_an_entry_forward_only(district, before, outcome, after) -> None:
    resource = ResourceFactory(venue=VenueFactory(district=district), life_status=before)
    visit(district, resource=resource, outcome=outcome)
    resource.refresh_from_db()
    assert resource.life_status == after
    assert Consent.objects.count() == (outcome == VisitOutcome.CONSENTED)
    assert Verification.objects.count() == (outcome == VisitOutcome.CONSENTED)


def test_where_nobody_was_met_no_draft_is_made(district) -> None:
    visit(district, outcome=VisitOutcome.NOBODY, makes_draft=True)
    assert not Resource.objects.exists()


def test_a_viewer_records_no_visit(district, client_of) -> None:
    client = client_of(assign_staff(user=UserFactory(), role=StaffRole.VIEWER, area=district).user)
    assert client.get(URL).status_code in (302, 403)
    client.post(URL, filled())
    assert not Visit.objects.exists()


def test_the_form_says_that_nothing_of_persons_belongs_here(staff) -> None:
    assert "支援を受けている人のことは書かないでください" in staff.get(URL).content.decode()


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)]
)
def test_a_fiscal_year_begins_in_april(day, year) -> None:
    assert fiscal_year_of(day) == year


def test_the_figures_of_a_year_beside_those_of_the_year_before(district) -> None:
    other = DistrictFactory(parent=district.parent)
    visit(district)
    visit(district, kind="school", room_can_be_used="yes", room_is_used=True, name="学校")
    visit(district, kind="school", room_is_used=True, name="学校")
    visit(district, outcome=VisitOutcome.NOBODY)
    visit(district, day=date(2026, 3, 31), room_can_be_used="yes")
    visit(other, kind="business")
    report = Report(2026, [district, other])
    words = {figure.key: figure.words for figure in report.figures(district)}
    assert words == {
        "salon": "1(1)",
        "school": "2(0)",
        "business": "0(0)",
        "total": "3(1)",
        "known": "0(0)",
        "rooms": "2(1)",
        "used": "1(0)",
    }
    assert {figure.key: figure.now for figure in report.figures()}["total"] == 4


def test_the_report_costs_the_same_for_many_districts(district, django_assert_max_num_queries, staff) -> None:
    for _i in range(8):
        visit(DistrictFactory(parent=district.parent))
    with django_assert_max_num_queries(30):
        page = staff.get(reverse("directory_visits:counts"))
    assert page.status_code == 200
    assert "2026年度" in page.content.decode()


def test_the_report_leaves_as_excel_and_csv(staff, district) -> None:
    visit(district)
    url = reverse("directory_visits:counts")
    book = openpyxl.load_workbook(io.BytesIO(staff.get(url, {"file": "xlsx"}).content))
    rows = list(book.active.values)
    assert rows[0][:3] == ("地区", "サロン・ミニデイ等", "サロン・ミニデイ等(前年度)")
    assert rows[1][:3] == ("全体", 1, 0)
    assert staff.get(url, {"file": "csv", "year": "x"}).content.decode("utf-8-sig").startswith("地区,")
