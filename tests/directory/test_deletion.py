"""What is deleted can come back, with all that hung on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.choices import LifeStatus, VerificationMethod
from directory.models import (
    DeletedEntry,
    Favourite,
    Occurrence,
    Organization,
    RegisterLogEntry,
    Resource,
    Visit,
)
from directory.services.deletion import CannotRestore, delete_recoverably, forget_deleted, restore
from directory.services.verification import verify_resource
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import (
    CategoryFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Resource:
    venue = VenueFactory(district=DistrictFactory())
    row = ResourceFactory(name="なかよしサロン", venue=venue, schedules=[weekly_spec()], source_key="list:1")
    ResourceContactFactory(resource=row)
    row.save_revision()
    return row


def _facts(row: Resource) -> tuple[Any, ...]:
    return (
        row.pk,
        row.code,
        row.uuid,
        row.name,
        sorted(row.categories.values_list("code", flat=True)),
        sorted(row.contacts.values_list("phone", flat=True)),
        row.schedules.count(),
        row.revisions.count(),
        row.verifications.count(),
        Occurrence.objects.filter(resource=row).count(),
    )


def test_a_deleted_entry_comes_back_whole(client, entry) -> None:
    method = VerificationMethod.PHONE
    verify_resource(
        entry, method=method, result="confirmed", person=None, by_label="社協", on=date(2026, 10, 3)
    )
    before = _facts(entry)
    record = delete_recoverably(entry, user=None, reason="まちがえて")
    assert client.get(f"/r/{record.code}/").status_code == 404
    restore(record, user=None)
    assert _facts(Resource.objects.get(code=record.code)) == before
    assert client.get(f"/r/{record.code}/").status_code == 200


def test_what_pointed_at_it_points_at_it_again(entry) -> None:
    visit = Visit.objects.create(
        key="k", date=date(2026, 10, 3), district=entry.district, kind="salon", name="x", resource=entry
    )
    Favourite.objects.create(user=UserFactory(), resource=entry)
    record = delete_recoverably(entry, user=None)
    visit.refresh_from_db()
    assert visit.resource is None
    back = restore(record, user=None)
    visit.refresh_from_db()
    assert visit.resource == back
    assert Favourite.objects.get().resource_id == visit.resource_id


def test_a_person_who_left_meanwhile_does_not_stop_it(entry) -> None:
    fan = UserFactory()
    Favourite.objects.create(user=fan, resource=entry)
    record = delete_recoverably(entry, user=None)
    fan.delete()
    restore(record, user=None)
    assert not Favourite.objects.exists()


def test_an_entry_taken_in_anew_meanwhile_keeps_its_key(entry) -> None:
    record = delete_recoverably(entry, user=None)
    again = ResourceFactory(source_key="list:1")
    back = restore(record, user=None)
    again.refresh_from_db()
    assert (back.source_key, again.source_key) == ("", "list:1")


def test_it_comes_back_once(entry) -> None:
    record = delete_recoverably(entry, user=None)
    restore(record, user=None)
    with pytest.raises(CannotRestore):
        restore(record, user=None)


def test_after_ninety_days_it_is_gone_for_good(entry) -> None:
    record = delete_recoverably(entry, user=None)
    assert forget_deleted() == 0
    DeletedEntry.objects.filter(pk=record.pk).update(deleted_at=timezone.now() - timedelta(days=91))
    assert forget_deleted() == 1


@pytest.mark.parametrize("several", [False, True])
def test_deleting_in_the_staff_screens_keeps_a_copy(client_of, entry, several: bool) -> None:
    curator = assign_staff(user=UserFactory(), role=StaffRole.CURATOR, area=entry.district).user
    client = client_of(curator)
    url = reverse("directory_resources:delete", args=[entry.pk])
    if several:
        url = reverse("wagtail_bulk_action", args=["directory", "resource", "delete"]) + f"?id={entry.pk}"
    assert client.post(url, {"next": "/admin/"}).status_code == 302
    record = DeletedEntry.objects.get()
    assert (record.name, record.deleted_by, record.area) == ("なかよしサロン", curator, entry.district)
    page = reverse("directory_deleted:inspect", args=[record.pk])
    assert "元に戻す" in client.get(page).content.decode()
    assert client.post(reverse("directory_deleted:restore", args=[record.pk])).status_code == 302
    assert Resource.objects.get().life_status == LifeStatus.ACTIVE


def test_changes_are_shown_by_place(client_of, entry) -> None:
    foreign = ResourceFactory(name="よそのサロン", venue=VenueFactory(district=DistrictFactory()))
    delete_recoverably(foreign, user=None)
    delete_recoverably(entry, user=None)
    staff = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=entry.district).user
    page = client_of(staff).get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "なかよしサロン" in page
    assert "よそのサロン" not in page
    assert RegisterLogEntry.objects.count() == 2


def test_changes_of_a_group_are_shown_in_each_of_its_places(client_of) -> None:
    places = [DistrictFactory(), DistrictFactory()]
    group = Organization.objects.create(name="さくらの会", areas=places)
    group.save_revision(log_action=True)
    for place in places:
        staff = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=place).user
        assert RegisterLogEntry.objects.viewable_by_user(staff).exists()
    other = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=DistrictFactory()).user
    assert not RegisterLogEntry.objects.viewable_by_user(other).exists()


def test_those_without_a_role_see_no_changes(entry) -> None:
    delete_recoverably(entry, user=None)
    assert not RegisterLogEntry.objects.viewable_by_user(UserFactory()).exists()


def test_a_kind_comes_back_with_its_entries(entry) -> None:
    kind = CategoryFactory(code="to-be-deleted")
    entry.categories.add(kind)
    entry.save()
    record = delete_recoverably(kind, user=None)
    assert not entry.categories.filter(code="to-be-deleted").exists()
    restore(record, user=None)
    assert Resource.objects.get().categories.filter(code="to-be-deleted").exists()
