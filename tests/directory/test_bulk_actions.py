"""The same with several rows of a list: each checked, what was not done is named."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from directory.choices import LifeStatus, OrganizationStatus
from directory.models import Resource
from directory.services.review_decisions import waiting_state
from directory.viewsets.bulk import ROWS_ACTIONS
from members.choices import StaffRole
from tests.directory.admin_editing import staff_of
from tests.directory.review_world import changed_entry
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory

pytestmark = pytest.mark.django_db
BOTH = [(action.action_type, model._meta.model_name) for action in ROWS_ACTIONS for model in action.models]


def url_of(action: str, *rows: Any) -> str:
    model = rows[0]._meta.model_name
    address = reverse("wagtail_bulk_action", args=["directory", model, action])
    return f"{address}?{urlencode([('id', row.pk) for row in rows])}"


def form_of(action: str, district: Any) -> dict[str, Any]:
    verified = {"method": "phone", "result": "confirmed", "field_group": "all", "on": "2026-10-01"}
    return {"verify_several": verified, "assign_district": {"district": district.pk}}.get(action, {})


def done(client: Client, action: str, *rows: Any, **data: Any) -> str:
    response = client.post(url_of(action, *rows), data, follow=True)
    return response.content.decode()


def entry_in(district: Any, **facts: Any) -> Resource:
    return ResourceFactory(organization=None, venue__district=district, **facts)


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize(("action", "model"), BOTH)
def test_rows_of_a_foreign_district_do_not_exist(
    district: Any, staff: Client, action: str, model: str
) -> None:
    elsewhere = DistrictFactory()
    own, foreign = (
        [
            OrganizationFactory(areas=[place], name=name)
            for place, name in ((district, "うち"), (elsewhere, "よその会"))
        ]
        if model == "organization"
        else [entry_in(district), entry_in(elsewhere, name="よその会")]
    )
    for response in (
        staff.get(url_of(action, own, foreign)),
        staff.post(url_of(action, own, foreign), form_of(action, district)),
    ):
        assert response.status_code == 404
        assert "よその会" not in response.content.decode()
    assert again(foreign).live
    assert again(foreign).latest_revision_id is None


@pytest.mark.parametrize(("action", "model"), BOTH)
@pytest.mark.parametrize("role", [StaffRole.VIEWER, StaffRole.CSW])
def test_a_role_does_to_several_what_it_may_do_to_one(
    district: Any, action: str, model: str, role: str
) -> None:
    row = OrganizationFactory(areas=[district]) if model == "organization" else entry_in(district)
    page = done(staff_of(district, role), action, row, **form_of(action, district))
    may = role == StaffRole.CSW and action in ("verify_several", "assign_district")
    assert ("1件はできませんでした" not in page) is (may and action == "verify_several")
    assert again(row).live
    assert (type(row) is Resource and again(row).verified_on is not None) is (
        may and action == "verify_several"
    )


def test_drafts_are_published_and_the_rest_is_named(district: Any, staff: Client) -> None:
    draft, bare = (
        entry_in(district, live=False),
        entry_in(district, live=False, name="種類なし", categories=[]),
    )
    waiting = changed_entry(district)
    page = done(staff, "publish_several", draft, bare, waiting)
    assert again(draft).live
    assert not again(bare).live
    assert waiting_state(waiting) is not None
    assert "公開する:1件できました" in page
    assert "「種類なし」種類がありません。" in page
    assert "審査の画面で決めてください" in page


def test_several_are_verified_with_one_record_each(district: Any, staff: Client) -> None:
    rows = [entry_in(district), entry_in(district)]
    done(staff, "verify_several", *rows, **form_of("verify_several", district))
    assert [str(again(row).verified_on) for row in rows] == ["2026-10-01"] * 2
    assert [row.verifications.count() for row in rows] == [1, 1]


def test_a_form_with_a_mistake_comes_back_and_does_nothing(district: Any, staff: Client) -> None:
    row = entry_in(district)
    response = staff.post(url_of("verify_several", row), {"method": "x", "on": "9999-99-99"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert again(row).verified_on is None


def test_the_district_is_given_to_entries_without_a_place_only(district: Any, staff: Client) -> None:
    without, placed = ResourceFactory(organization=None, venue=None, district=None), entry_in(district)
    page = done(staff, "assign_district", without, placed, district=district.pk)
    assert again(without).district == district
    assert "場所があるので" in page


def test_a_csw_gives_districts_to_drafts_not_to_what_is_public(district: Any) -> None:
    nowhere = {"organization": None, "venue": None, "district": None}
    draft, public = ResourceFactory(live=False, **nowhere), ResourceFactory(**nowhere)
    page = done(staff_of(district, StaffRole.CSW), "assign_district", draft, public, district=district.pk)
    assert again(draft).district == district
    assert again(public).district is None
    assert "公開できる役割の人だけ" in page


def test_a_foreign_district_cannot_be_given(staff: Client) -> None:
    row = ResourceFactory(organization=None, venue=None, district=None)
    done(staff, "assign_district", row, district=DistrictFactory().pk)
    assert again(row).district is None


@pytest.mark.parametrize(
    ("action", "of_entry", "of_group"),
    [
        ("pause_several", LifeStatus.PAUSED, OrganizationStatus.PAUSED),
        ("close_several", LifeStatus.CLOSED, OrganizationStatus.CLOSED),
    ],
)
def test_several_are_paused_or_closed_publicly(
    district: Any, staff: Client, action: str, of_entry: str, of_group: str
) -> None:
    entry, group = entry_in(district), OrganizationFactory(areas=[district])
    done(staff, action, entry)
    done(staff, action, group)
    assert (again(entry).life_status, again(group).status) == (of_entry, of_group)
    assert again(entry).live_revision.content["life_status"] == of_entry


def test_somebodys_unfinished_change_is_not_published_along(district: Any, staff: Client) -> None:
    entry = changed_entry(district)
    page = done(staff, "pause_several", entry)
    assert again(entry).life_status == LifeStatus.ACTIVE
    assert again(entry).summary != "毎週金曜に、お茶を飲みます。"
    assert "まだ公開していない変更があります" in page


def test_several_are_withdrawn(district: Any, staff: Client) -> None:
    public, draft = entry_in(district), entry_in(district, live=False)
    page = done(staff, "withdraw_several", public, draft)
    assert not again(public).live
    assert "公開していません" in page


def test_a_double_click_records_one_verification(district: Any, staff: Client) -> None:
    row = entry_in(district)
    url = url_of("verify_several", row)
    token = staff.get(url).context["form_token"]
    for _click in range(2):
        staff.post(url, form_of("verify_several", district) | {"form_token": token})
    assert row.verifications.count() == 1


@pytest.mark.parametrize("query", ["", "id=x", "id=99999999999999999999999", "id=-1", "id=1&id=1"])
def test_nonsense_is_no_error(staff: Client, query: str) -> None:
    address = reverse("wagtail_bulk_action", args=["directory", "resource", "pause_several"])
    for response in (staff.get(f"{address}?{query}"), staff.post(f"{address}?{query}")):
        assert response.status_code == 404
