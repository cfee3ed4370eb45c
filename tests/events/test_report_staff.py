"""Staff write a report of blocks, and decide what somebody asked to be taken away; in the own places only."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.models import Photo
from events.choices import RemovalState
from events.models import RemovalRequest, Report, ReportPhoto
from events.services.removals import request_removal
from events.work_items import removal_items
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_editing import opened, staff_of
from tests.directory.admin_forms_data import inline
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, PhotoFactory
from tests.factories.events import ReportFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/register/reports/add/"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def report() -> Report:
    made = ReportFactory()
    photo = PhotoFactory(people_consent=Photo.PeopleConsent.GIVEN)
    ReportPhoto.objects.create(report=made, photo=photo)
    return made


def form_data(**changes: str) -> dict[str, str]:
    data = {"title": "地区の集い", "date": "2026-11-01", "body-count": "2"}
    blocks = [("heading", "はじめに"), ("paragraph", "みんなで話しました。")]
    for number, (kind, value) in enumerate(blocks):
        data |= {
            f"body-{number}-type": kind,
            f"body-{number}-order": str(number),
            f"body-{number}-deleted": "",
            f"body-{number}-value": value,
        }
    return data | inline("photos", []) | changes


def test_staff_publish_a_report_of_blocks_and_it_is_found(client):
    district = DistrictFactory()
    staff = staff_of(district)
    partner = OrganizationFactory(areas=[DistrictFactory()])
    data = form_data(district=str(district.pk), partners=f"{partner.code} {partner.name}")
    answer = staff.post(ADD, data | {"action-publish": "x"})
    assert answer.status_code == 302
    page = client.get(Report.objects.get().get_absolute_url()).content.decode()
    assert "<h2>はじめに</h2>" in page
    assert partner.name in page


def test_a_report_of_another_place_is_not_there_and_cannot_be_made(report):
    staff = staff_of(DistrictFactory())
    assert staff.get(reverse("events_reports:edit", args=[report.pk])).status_code == 404
    answer = staff.post(ADD, form_data(district=str(report.district_id)))
    assert answer.status_code == 200
    assert Report.objects.count() == 1


def test_a_group_nobody_knows_cannot_be_named_by_its_number():
    district, hidden = DistrictFactory(), OrganizationFactory(areas=[DistrictFactory()], live=False)
    answer = staff_of(district).post(ADD, form_data(district=str(district.pk), partners=hidden.code))
    assert hidden.name not in answer.content.decode()
    assert not Report.objects.exists()


def test_two_people_of_the_staff_do_not_overwrite_each_other(report):
    staff = staff_of(report.district)
    url = reverse("events_reports:edit", args=[report.pk])
    seen = opened(staff, url)
    Report.objects.get(pk=report.pk).save_revision(user=UserFactory())
    answer = staff.post(url, form_data(district=str(report.district_id)) | seen)
    assert answer.status_code == 409


def test_the_form_shows_the_page_as_it_will_be(report):
    staff = staff_of(report.district)
    preview = reverse("events_reports:preview_on_edit", args=[report.pk])
    staff.post(preview, form_data(district=str(report.district_id)))
    page = staff.get(preview).content.decode()
    assert "地区の集い" in page
    assert "下書きの見本です" in page


def test_staff_of_the_place_see_what_was_hidden_and_decide(client, report):
    asked = request_removal(report=report, receipt="7K3QFABC", reason="本人です")
    staff = staff_of(report.district)
    screen = staff.get(reverse("events_removals:inspect", args=[asked.pk])).content.decode()
    assert "本人です" in screen
    picture = screen.split('src="/media/')[1].split('"')[0]
    assert staff.get(f"/media/{picture}").status_code == 200
    assert client.get(f"/media/{picture}").status_code == 404
    assert staff_of(DistrictFactory()).get(f"/media/{picture}").status_code == 404
    decide = reverse("events_removals:decide", args=[asked.pk])
    assert staff.post(decide, {"decision": "restore"}).status_code == 302
    assert client.get(report.get_absolute_url()).status_code == 200
    staff.post(decide, {"decision": "remove"})
    assert Report.objects.get(pk=report.pk).title == report.title


@pytest.mark.parametrize("decision", ["", "delete", "%00"])
def test_a_decision_nobody_offered_is_refused(report, decision):
    asked = request_removal(report=report, receipt="7K3QFABC")
    decide = reverse("events_removals:decide", args=[asked.pk])
    staff = staff_of(report.district)
    assert staff.post(decide, {"decision": decision}).status_code == 400
    assert staff.get(decide).status_code == 405
    assert RemovalRequest.objects.get().state == RemovalState.WAITING


def test_staff_elsewhere_and_those_who_only_type_in_decide_nothing(report):
    asked = request_removal(report=report, receipt="7K3QFABC")
    decide = reverse("events_removals:decide", args=[asked.pk])
    assert staff_of(DistrictFactory()).post(decide, {"decision": "remove"}).status_code == 404
    assert RemovalRequest.objects.get().state == RemovalState.WAITING


def test_what_waits_is_counted_on_the_first_screen_of_the_own_staff_only(report):
    request_removal(report=report, receipt="7K3QFABC")
    own, other = (
        assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=area).user
        for area in (report.district, DistrictFactory())
    )
    assert [item.count for item in removal_items(own)] == [1]
    assert [item.count for item in removal_items(other)] == [0]
    client = Client()
    client.force_login(own)
    assert "取り除いてほしい連絡" in client.get("/admin/").content.decode()
