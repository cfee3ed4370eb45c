"""The first screen of staff: what is counted, for whom, where it leads, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from directory.choices import AskChannel, AskState, ImportState
from directory.models import (
    Claim,
    DuplicateCandidate,
    ImportRun,
    MistakeReport,
    OrganizationMember,
    Registration,
    Resource,
    VerificationAsk,
)
from directory.services.group_editing import TRUSTED
from directory.work_list import work_items
from mailing.choices import MailState
from mailing.models import OutgoingMail
from members.choices import StaffRole
from tests.directory.review_world import changed_entry, new_registration, reviewer
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


def fill(district: Any, number: int = 0) -> Resource:
    """One of every kind of work in `district`."""
    entry = changed_entry(district)
    new_registration_of(district, number)
    other = ResourceFactory(
        organization=OrganizationFactory(areas=[district]), venue__district=district, live=False,
        source_key=f"zeile-{district.pk}-{number}", venue__lat=None, venue__lng=None,
    )  # fmt: skip
    MistakeReport.objects.create(resource=entry, field_group="place", message="違う", receipt=f"M{entry.pk}")
    VerificationAsk.objects.create(
        resource=entry, code=f"C{entry.pk}", channel=AskChannel.MAIL, state=AskState.CALL
    )
    for row in (entry, entry.organization):
        fail_mail(f"{row._meta.model_name}:{row.code}")
    first, second = sorted((entry, other), key=lambda row: row.pk)
    DuplicateCandidate.objects.create(first_resource=first, second_resource=second, score=80)
    Claim.objects.create(receipt=f"K{entry.pk}", resource=other, user=UserFactory(), relation="代表")
    log(instance=other, action=TRUSTED, user=None)
    ImportRun.objects.create(
        municipality=district.municipality,
        file_name="x.csv",
        file_hash="x",
        layout="generic",
        state=ImportState.READ,
    )
    return entry


def new_registration_of(district: Any, number: int) -> None:
    Registration.objects.create(
        receipt=f"R{district.pk}-{number}",
        secret_hash=f"{district.pk}-{number}",
        district=district,
        state="submitted",
    )


def fail_mail(cause: str) -> None:
    now = timezone.now()
    OutgoingMail.objects.create(
        message_id=f"<{cause}@example.jp>", cause=cause, subject="x", sender="a@example.jp", next_try=now,
        state=MailState.FAILED,
    )  # fmt: skip


def counts(user: Any) -> dict[str, int]:
    return {item.key: item.count for item in work_items(user)}


def test_each_kind_of_work_of_the_own_district_is_counted_once(district: Any) -> None:
    fill(district)
    fill(DistrictFactory(), 1)
    of_the_register = {
        "review": 1,
        "trusted": 1,
        "registration": 1,
        "claim": 1,
        "mistake": 1,
        "mail": 1,
        "group_mail": 1,
        "call": 1,
        "stale": 1,
        "owner": 1,
        "duplicate": 1,
        "import": 0,  # a file is the work of those who work for the whole municipality
        "imported": 1,
        "point": 1,
        "nowhere": 0,
    }
    found = counts(reviewer(district))
    assert {key: found[key] for key in of_the_register} == of_the_register  # other apps add their own


def test_a_curator_counts_the_whole_municipality(district: Any) -> None:
    fill(district)
    fill(DistrictFactory(parent=district.parent), 1)
    found = counts(reviewer(district.municipality, StaffRole.CURATOR))
    assert found["review"] == found["mistake"] == found["duplicate"] == found["import"] == 2


def test_a_new_group_and_its_first_entry_count_as_one_review(district: Any) -> None:
    new_registration(district)
    assert counts(reviewer(district))["review"] == 1


def test_an_organization_of_two_districts_counts_once_in_all_and_once_in_each(district: Any) -> None:
    second = DistrictFactory(parent=district.parent)
    OrganizationFactory(areas=[district, second])
    item = next(i for i in work_items(reviewer(district.municipality, StaffRole.CURATOR)) if i.key == "owner")
    assert item.count == 1
    assert item.counted.by_district == {district.pk: 1, second.pk: 1}


def test_an_organization_with_an_owner_is_no_work(district: Any) -> None:
    organization = OrganizationFactory(areas=[district])
    OrganizationMember.objects.create(organization=organization, user=UserFactory(), role="owner")
    assert counts(reviewer(district))["owner"] == 0


def test_mail_that_came_back_is_done_when_the_entry_was_changed_since(district: Any) -> None:
    entry = ResourceFactory(venue__district=district)
    fail_mail(f"resource:{entry.code}")
    assert counts(reviewer(district))["mail"] == 1
    entry.save()
    assert counts(reviewer(district))["mail"] == 0


def test_a_csw_is_not_asked_to_review(district: Any) -> None:
    changed_entry(district)
    assert "review" not in counts(reviewer(district, StaffRole.CSW))


def test_each_number_leads_to_a_list_of_that_length(district: Any, client_of: ClientOf) -> None:
    fill(district)
    user = reviewer(district)
    client = client_of(user)
    for item in work_items(user):
        for url in (item.url, item.url_in(district.pk)):
            response = client.get(url)
            assert response.status_code == 200, item.key
            is_queue = item.key == "review"
            if item.key == "trusted":
                found = len(response.context["changes"])
            else:
                found = response.context["total"] if is_queue else len(response.context["object_list"])
            assert found == item.count, item.key


def test_staff_of_several_districts_see_a_table_with_links(district: Any, client_of: ClientOf) -> None:
    fill(district)
    quiet = DistrictFactory(parent=district.parent)
    page = client_of(reviewer(district.parent, StaffRole.AREA_STAFF)).get(reverse("wagtailadmin_home"))
    panel = page.content.decode().split("地区ごとの仕事")[1]
    assert district.short_name in panel
    assert quiet.short_name not in panel.split("</table>")[0]
    assert f"{reverse('directory_review:list')}?district={district.pk}" in panel
    alone = client_of(reviewer(district)).get(reverse("wagtailadmin_home")).content.decode()
    assert "地区ごとの仕事" not in alone


@pytest.mark.parametrize("role", [StaffRole.DISTRICT_STAFF, StaffRole.CURATOR])
def test_the_first_screen_costs_the_same_however_much_there_is(client_of: ClientOf, role: str) -> None:
    area = AreaFactory()
    districts = [DistrictFactory(parent=area) for _number in range(3)]
    place = districts[0] if role == StaffRole.DISTRICT_STAFF else area.parent
    client = client_of(reviewer(place, role))
    fill(districts[0])
    _cost(client)
    before = _cost(client)
    for number, district in enumerate(districts):
        fill(district, number + 1)
    assert _cost(client) == before
    assert before <= 30


def _cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    return len(counted)
