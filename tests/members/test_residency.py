"""Where people live, day by day; and how many they are."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from areas.models import Area
from members.models import RegistrationTarget, Residency, User
from members.personal_data import delete_account
from members.residency import set_home_district
from members.resident_counts import days_of, fiscal_year_of, residents_on, year_table
from members.scope import Scope
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope(is_everywhere=True)


@pytest.fixture
def districts() -> tuple[Area, Area]:
    above = AreaFactory()
    return DistrictFactory(parent=above), DistrictFactory(parent=above)


def test_the_first_home_opens_a_row(districts: tuple[Area, Area], resident: User) -> None:
    row = set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    resident.refresh_from_db()
    assert row is not None
    assert row.ended_on is None
    assert resident.home_district == districts[0]


def test_moving_ends_the_old_row_on_the_day_the_new_one_begins(
    districts: tuple[Area, Area], resident: User
) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    set_home_district(user=resident, district=districts[1], on=date(2026, 6, 10))
    days = list(resident.residencies.order_by("started_on").values_list("district", "started_on", "ended_on"))
    assert days == [
        (districts[0].pk, date(2026, 4, 1), date(2026, 6, 10)),
        (districts[1].pk, date(2026, 6, 10), None),
    ]


def test_the_same_district_again_changes_nothing(districts: tuple[Area, Area], resident: User) -> None:
    first = set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    again = set_home_district(user=resident, district=districts[0], on=date(2026, 9, 1))
    assert again == first
    assert Residency.objects.count() == 1


def test_moving_there_and_back_on_one_day_counts_once(districts: tuple[Area, Area], resident: User) -> None:
    day = date(2026, 4, 1)
    for district in (*districts, districts[0]):
        set_home_district(user=resident, district=district, on=day)
    assert residents_on(day) == residents_on(day, districts[0]) == 1
    assert resident.residencies.count() == 3


def test_a_clock_that_went_back_turns_no_days_around(districts: tuple[Area, Area], resident: User) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 4, 2))
    row = set_home_district(user=resident, district=districts[1], on=date(2026, 4, 1))
    assert row is not None
    assert row.started_on == date(2026, 4, 2)


def test_a_place_that_is_no_district_is_refused(districts: tuple[Area, Area], resident: User) -> None:
    with pytest.raises(ValidationError):
        set_home_district(user=resident, district=districts[0].parent, on=date(2026, 4, 1))


def test_people_count_where_they_lived_on_the_day(districts: tuple[Area, Area], resident: User) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    set_home_district(user=resident, district=districts[1], on=date(2026, 6, 10))
    counts = [
        (residents_on(day, districts[0]), residents_on(day, districts[1]), residents_on(day))
        for day in (date(2026, 3, 31), date(2026, 6, 9), date(2026, 6, 10))
    ]
    assert counts == [(0, 0, 0), (1, 0, 1), (0, 1, 1)]


def test_an_area_counts_what_is_below_it(districts: tuple[Area, Area]) -> None:
    for district in districts:
        set_home_district(user=UserFactory(), district=district, on=date(2026, 4, 1))
    assert residents_on(date(2026, 4, 1), districts[0].parent) == 2


def test_the_deleted_count_until_the_day_they_left(
    districts: tuple[Area, Area], resident: User, fixed_clock: object
) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    delete_account(resident)
    assert residents_on(date(2026, 11, 19)) == 1
    assert residents_on(date(2026, 11, 20)) == 0
    assert Residency.objects.get().user is None


def test_an_account_deleted_by_an_administrator_counts_no_longer(
    districts: tuple[Area, Area], resident: User, fixed_clock: object
) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 11, 20))
    User.objects.filter(pk=resident.pk).delete()
    assert residents_on(date(2026, 11, 20)) == 0
    assert Residency.objects.get().ended_on == date(2026, 11, 20)


def test_the_table_has_the_ends_of_months_and_nothing_of_the_future(
    districts: tuple[Area, Area], resident: User
) -> None:
    set_home_district(user=resident, district=districts[0], on=date(2026, 5, 31))
    set_home_district(user=UserFactory(), district=districts[1], on=date(2026, 6, 1))
    municipality = districts[0].municipality
    table = year_table(municipality=municipality, year=2026, today=date(2026, 7, 3), scope=EVERYWHERE)
    assert [row.counts[:5] for row in table.rows] == [(0, 1, 1, 1, None), (0, 0, 1, 1, None)]
    assert table.sums[:5] == (0, 1, 2, 2, None)
    assert table.latest == 2


def test_the_table_costs_three_queries(
    districts: tuple[Area, Area], django_assert_max_num_queries: object
) -> None:
    municipality = districts[0].municipality
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        year_table(municipality=municipality, year=2026, today=date(2027, 1, 1), scope=EVERYWHERE)


def test_the_plans_figure_is_for_the_whole_municipality(districts: tuple[Area, Area], resident: User) -> None:
    municipality = districts[0].municipality
    RegistrationTarget.objects.create(municipality=municipality, fiscal_year=2026, number=4)
    set_home_district(user=resident, district=districts[0], on=date(2026, 4, 1))
    own = Scope(is_everywhere=False, area_ids=frozenset({districts[0].pk}))
    today = date(2026, 7, 1)
    whole = year_table(municipality=municipality, year=2026, today=today, scope=EVERYWHERE)
    part = year_table(municipality=municipality, year=2026, today=today, scope=own)
    assert whole.percent == 25
    assert part.target is None
    assert [row.district for row in part.rows] == [districts[0]]


def test_the_fiscal_year_begins_in_april() -> None:
    assert [fiscal_year_of(date(2027, month, 1)) for month in (3, 4)] == [2026, 2027]
    assert days_of(2026, date(2027, 2, 10))[-3:] == (date(2027, 1, 31), date(2027, 2, 10), None)
