"""What trusted groups published without a review is looked at afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Resource
from directory.services.group_editing import send_in
from directory.trusted_changes import unseen_changes
from members.choices import StaffRole
from tests.directory.admin_editing import staff_of
from tests.directory.review_world import group_of, reviewer
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory

pytestmark = pytest.mark.django_db
SCREEN = "directory_review:trusted"


def published_by_a_trusted_group(district: Any) -> Resource:
    organization = OrganizationFactory(areas=[district], is_trusted=True)
    entry = ResourceFactory(organization=organization, venue__district=district)
    entry.save_revision()
    entry.summary = "団体が変えた紹介です。"
    entry.save_revision()
    assert send_in(entry, user=group_of(organization))
    return entry


def test_a_change_waits_until_somebody_looked(district: Any, staff: Client) -> None:
    entry = published_by_a_trusted_group(district)
    page = staff.get(reverse(SCREEN)).content.decode()
    assert "団体が変えた紹介です。" in page
    staff.post(reverse(SCREEN), {"row": entry.pk})
    assert not unseen_changes(reviewer(district)).exists()
    assert "見ていない変更は、いまありません" in staff.get(reverse(SCREEN)).content.decode()


def test_a_later_change_is_looked_at_again(district: Any, staff: Client) -> None:
    entry = published_by_a_trusted_group(district)
    staff.post(reverse(SCREEN), {"row": entry.pk})
    entry.summary = "もう一度変えました。"
    entry.save_revision()
    send_in(entry, user=None)
    assert unseen_changes(reviewer(district)).count() == 1


def test_changes_of_foreign_districts_are_neither_shown_nor_settled(staff: Client) -> None:
    elsewhere = DistrictFactory()
    entry = published_by_a_trusted_group(elsewhere)
    assert str(entry) not in staff.get(reverse(SCREEN)).content.decode()
    staff.post(reverse(SCREEN), {"row": entry.pk})
    assert unseen_changes(reviewer(elsewhere)).count() == 1


@pytest.mark.parametrize("row", ["", "x", "99999999999999999999", "-1"])
def test_nonsense_is_no_error(staff: Client, row: str) -> None:
    assert staff.post(reverse(SCREEN), {"row": row}).status_code == 302


def test_a_csw_has_no_such_screen(district: Any) -> None:
    assert staff_of(district, StaffRole.CSW).get(reverse(SCREEN)).status_code in (302, 403)
