"""Copies, verifications, single dates, reports of mistakes, the first screen."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from directory.choices import OccurrenceStatus
from directory.models import MistakeReport, Resource
from directory.services.verification import verify_resource
from tests.directory.admin_editing import edit_url, opened, saved
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec


def test_a_copy_has_its_own_number_and_is_no_proof(staff: Client, entry: Resource) -> None:
    Resource.objects.filter(pk=entry.pk).update(source_key="file:1", verified_on=date(2026, 1, 1))
    form = staff.get(reverse("directory_resources:copy", args=[entry.pk])).context["form"]
    assert form.instance.pk is None
    assert (form.instance.code, form.instance.source_key, form.instance.verified_on) == ("", "", None)
    assert len(form.formsets["schedules"].forms) == 1
    assert form.formsets["schedules"].forms[0].instance.pk is None


def test_a_verification_does_not_disturb_drafts(staff: Client, entry: Resource, fixed_clock: object) -> None:
    entry.name = "下書きの名前"
    entry.save_revision()
    marks = opened(staff, edit_url(entry))
    url = reverse("directory_resources:verify", args=[entry.pk])
    said = {
        "method": "phone",
        "result": "confirmed",
        "field_group": "all",
        "on": "2026-11-19",
        "by_label": "社協",
    }
    assert staff.post(url, said).status_code == 302
    entry.refresh_from_db()
    assert (entry.verified_on, entry.verified_how, entry.verified_by) == (date(2026, 11, 19), "phone", "社協")
    assert entry.has_unpublished_changes
    assert entry.get_latest_revision_as_object().name == "下書きの名前"
    assert saved(entry, staff, marks, name="その後", **{"action-publish": "1"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.verified_on) == ("その後", date(2026, 11, 19))


def test_an_old_proof_entered_late_does_not_replace_a_newer_one(entry: Resource) -> None:
    common = {"result": "confirmed", "person": None, "by_label": "社協"}
    verify_resource(entry, method="visit", on=date(2026, 10, 3), **common)
    verify_resource(entry, method="phone", on=date(2026, 5, 1), **common)
    verify_resource(entry, method="phone", on=date(2026, 11, 1), **common | {"result": "unreached"})
    entry.refresh_from_db()
    assert (entry.verified_on, entry.verified_how) == (date(2026, 10, 3), "visit")
    assert entry.verifications.count() == 3


@pytest.mark.parametrize("on", ["", "2030-01-01", "19-11-20", "2020-01-01", "あした"])
def test_an_impossible_day_of_verification_is_refused_with_words(
    staff: Client, entry: Resource, on: str
) -> None:
    url = reverse("directory_resources:verify", args=[entry.pk])
    response = staff.post(url, {"method": "phone", "result": "confirmed", "field_group": "all", "on": on})
    assert response.status_code == 422
    assert response.context["form"].errors["on"]
    assert not entry.verifications.exists()


def dates_url(entry: Resource) -> str:
    return reverse("directory_resources:change_date", args=[entry.pk])


def test_one_date_is_cancelled_at_once_while_a_draft_waits(
    staff: Client, db: None, fixed_clock: object, district: object
) -> None:
    entry = ResourceFactory(venue=VenueFactory(district=district), schedules=[weekly_spec()])
    entry.save_revision()
    timetable = entry.schedules.get()
    said = {"action": "cancel", "occurrence": f"{timetable.pk}:2026-11-27", "reason": "会場の工事のため"}
    assert staff.post(dates_url(entry), said).status_code == 302
    day = entry.occurrences.get(date=date(2026, 11, 27))
    assert (day.status, day.reason) == (OccurrenceStatus.CANCELLED, "会場の工事のため")
    change = timetable.exceptions.get()
    assert staff.post(dates_url(entry), {"undo": str(change.pk)}).status_code == 302
    assert entry.occurrences.get(date=date(2026, 11, 27)).status == OccurrenceStatus.SCHEDULED


def test_one_date_is_moved_and_one_added(staff: Client, fixed_clock: object, district: object) -> None:
    entry = ResourceFactory(venue=VenueFactory(district=district), schedules=[weekly_spec()])
    timetable = entry.schedules.get()
    moved = {"action": "move", "occurrence": f"{timetable.pk}:2026-11-27", "new_date": "2026-11-28"}
    added = {"action": "add", "new_date": "2026-12-06", "start": "10:00", "end": "11:00"}
    for said in (moved, added):
        assert staff.post(dates_url(entry), said).status_code == 302
    assert not entry.occurrences.filter(date=date(2026, 11, 27)).exists()
    assert entry.occurrences.get(date=date(2026, 11, 28)).status == OccurrenceStatus.MOVED
    assert entry.occurrences.get(date=date(2026, 12, 6)).status == OccurrenceStatus.ADDED


def test_one_date_takes_place_elsewhere(staff: Client, fixed_clock: object, district: object) -> None:
    entry = ResourceFactory(venue=VenueFactory(district=district), schedules=[weekly_spec()])
    elsewhere, foreign = VenueFactory(district=district), VenueFactory()
    said = {"action": "move", "occurrence": f"{entry.schedules.get().pk}:2026-11-27"}
    assert staff.post(dates_url(entry), said | {"venue": str(foreign.pk)}).status_code == 422
    assert staff.post(dates_url(entry), said | {"venue": str(elsewhere.pk)}).status_code == 302
    assert entry.occurrences.get(date=date(2026, 11, 27)).venue == elsewhere


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"action": "cancel"},
        {"action": "cancel", "occurrence": "1:2026-11-27'"},
        {"action": "move", "occurrence": "x"},
        {"action": "add", "new_date": "2026-02-30"},
        {"action": "add", "new_date": "2027-01-01", "start": "12:00", "end": "11:00"},
        {"action": "explode"},
    ],
)
def test_a_nonsensical_change_of_a_date_is_refused_with_words(
    staff: Client, entry: Resource, said: dict
) -> None:
    response = staff.post(dates_url(entry), said)
    assert response.status_code == 422
    assert response.context["form"].errors


def test_a_report_is_settled_once(staff: Client, entry: Resource) -> None:
    report = MistakeReport.objects.create(resource=entry, field_group="place", message="住所", receipt="M1")
    url = reverse("directory_mistakes:settle", args=[report.pk])
    assert staff.post(url, {"state": "nonsense"}).status_code == 400
    staff.post(url, {"state": "done"})
    staff.post(url, {"state": "dismissed"})
    report.refresh_from_db()
    assert report.state == "done"
    assert report.handled_by is not None


def test_the_first_screen_counts_the_work_of_the_own_district_and_leads_to_it(
    staff: Client, entry: Resource, fixed_clock: object
) -> None:
    ResourceFactory(venue=VenueFactory(), live=True)  # elsewhere
    MistakeReport.objects.create(resource=entry, field_group="place", message="住所", receipt="M2")
    items = {item.name: item for item in _items_on(staff)}
    assert items["新しい間違いの連絡"].count == 1
    assert items["半年より前から確認していない登録"].count == 1
    for item in items.values():
        page = staff.get(item.url)
        assert page.status_code == 200
        assert len(page.context["object_list"]) == item.count, item.name


def _items_on(client: Client) -> list:
    panels = client.get(reverse("wagtailadmin_home")).context["panels"]
    (panel,) = [panel for panel in panels if panel.name == "work_list"]
    return panel.get_context_data({})["items"]
