"""「取り除いてほしい」: hidden from the first moment, everywhere, files included; decided once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache

from directory.models import OrganizationMember, Photo, ResourcePhoto
from events.choices import RemovalState
from events.models import RemovalRequest, Report, ReportPhoto
from events.services.removals import (
    AlreadyDecided,
    forget_who_asked,
    remove_for_good,
    request_removal,
    restore,
)
from search.models import OutboxEntry
from tests.factories.directory import PhotoFactory, ResourceFactory
from tests.factories.events import ReportFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db]
GIVEN = Photo.PeopleConsent.GIVEN


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path, fixed_clock) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def report() -> Report:
    picture = PhotoFactory(people_consent=GIVEN, description="文のなかの写真")
    made = ReportFactory(body=[("picture", {"image": picture, "alt": "輪", "caption": ""})])
    ReportPhoto.objects.create(report=made, photo=PhotoFactory(people_consent=GIVEN))
    return made


def addresses(client, report: Report) -> list[str]:
    """Every picture address the page and the lists give, and the share image."""
    pages = [client.get(path).content for path in (report.get_absolute_url(), "/reports/")]
    found = [img["src"] for page in pages for img in BeautifulSoup(page, "html.parser").select("main img")]
    return [*dict.fromkeys(found), f"{report.get_absolute_url()}share.png"]


def filled(client, report: Report, **changes: str) -> dict[str, str]:
    page = client.get(f"{report.get_absolute_url()}remove/").content
    token = BeautifulSoup(page, "html.parser").select_one("input[name=token]")["value"]
    return {"what": "report", "reason": "写っている本人です", "contact": "", "token": token} | changes


def send(client, report: Report, clock, **changes: str):
    data = filled(client, report, **changes)
    clock.shift(timedelta(seconds=10))
    return client.post(f"{report.get_absolute_url()}remove/", data)


def test_a_sent_request_hides_the_report_and_every_file_of_it_at_once(client, report, fixed_clock):
    known = addresses(client, report)
    assert len(known) == 4  # two photos on the page, one of them cut for the card, the share image
    assert {client.get(path).status_code for path in known} == {200}
    OutboxEntry.objects.all().delete()
    answer = send(client, report, fixed_clock)
    asked = RemovalRequest.objects.get()
    assert answer["Location"] == f"{report.get_absolute_url()}remove/{asked.receipt}/"
    assert asked.receipt in client.get(answer["Location"]).content.decode()
    assert {client.get(path).status_code for path in known} <= {404, 410}
    assert client.get(report.get_absolute_url()).status_code == 410
    assert report.title not in client.get("/reports/").content.decode()


def test_one_photo_goes_and_the_report_stays(client, report, fixed_clock):
    photo = report.photos.get().photo
    known = photo.get_rendition("max-960x720").url
    kept = {"if-none-match": client.get(known)["ETag"]}
    again = client.get(known, headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in again["Cache-Control"], "a browser that keeps it asks before it shows it"
    assert send(client, report, fixed_clock, what=str(photo.pk)).status_code == 302
    assert client.get(known, headers=kept).status_code == 404
    page = client.get(report.get_absolute_url())
    assert page.status_code == 200
    assert known not in page.content.decode()


def test_a_share_image_drawn_before_does_not_show_a_photo_asked_away(client, report, fixed_clock):
    path = f"{report.get_absolute_url()}share.png"
    before = client.get(path)
    kept = {"if-none-match": before["ETag"]}
    assert client.get(path, headers=kept).status_code == 304
    send(client, report, fixed_clock, what=str(report.photos.get().photo_id))
    second = client.get(path, headers=kept)
    assert second.status_code == 200
    assert second.content != before.content


def test_a_double_click_is_one_request_with_one_receipt(client, report, fixed_clock):
    data = filled(client, report)
    fixed_clock.shift(timedelta(seconds=10))
    url = f"{report.get_absolute_url()}remove/"
    assert client.post(url, data)["Location"] == client.post(url, data)["Location"]
    assert RemovalRequest.objects.count() == 1


def test_machines_and_old_forms_hide_nothing_and_nothing_typed_is_lost(client, report, fixed_clock):
    url = f"{report.get_absolute_url()}remove/"
    assert client.post(url, filled(client, report)).status_code == 422  # too fast
    assert send(client, report, fixed_clock, homepage="x").status_code == 422
    data = filled(client, report)
    fixed_clock.shift(timedelta(days=2))
    old = client.post(url, data)
    assert old.status_code == 422
    assert "写っている本人です" in old.content.decode()
    assert client.post(url, data | {"what": "999999", "token": "x"}).status_code == 422
    assert not RemovalRequest.objects.exists()


def test_restored_means_shown_again_unless_another_request_stands(client, report):
    photo = report.photos.get().photo
    whole = request_removal(report=report, receipt="AAAA")
    one = request_removal(report=report, receipt="BBBB", photo=photo)
    staff = UserFactory()
    restore(request=whole, by=staff)
    assert client.get(report.get_absolute_url()).status_code == 200
    assert not Photo.objects.get(pk=photo.pk).may_be_shown
    restore(request=one, by=staff)
    assert Photo.objects.get(pk=photo.pk).may_be_shown
    assert whole.state == RemovalState.RESTORED
    assert whole.decided_by == staff


def test_a_second_decision_is_refused(report):
    asked = request_removal(report=report, receipt="AAAA")
    restore(request=asked, by=UserFactory())
    with pytest.raises(AlreadyDecided):
        remove_for_good(request=asked, by=UserFactory())
    assert Report.objects.get(pk=report.pk).title == report.title


def files_of(photo: Photo) -> list[Path]:
    renditions = [rendition.file.path for rendition in photo.renditions.all()]
    return [Path(path) for path in (photo.file.path, *renditions)]


def test_removed_for_good_leaves_no_file_no_word_and_no_version(
    client, report, django_capture_on_commit_callbacks
):
    report.save_revision()
    client.get(report.get_absolute_url())
    photos = list(Photo.objects.all())
    files = [path for photo in photos for path in files_of(photo)]
    assert len(files) > 2
    assert all(path.exists() for path in files)
    asked = request_removal(report=report, receipt="AAAA")
    with django_capture_on_commit_callbacks(execute=True):
        remove_for_good(request=asked, by=UserFactory())
    assert not [path for path in files if path.exists()]
    assert not Photo.objects.exists()
    row = Report.objects.get(pk=report.pk)
    assert (row.live, len(row.body), row.revisions.count()) == (False, 0, 0)
    assert report.title != row.title
    assert client.get(report.get_absolute_url()).status_code == 410


def test_a_photo_removed_for_good_is_gone_from_the_entry_it_stands_in_too(
    client, report, django_capture_on_commit_callbacks
):
    photo, resource = report.photos.get().photo, ResourceFactory()
    ResourcePhoto.objects.create(resource=resource, photo=photo)
    files = files_of(photo)
    asked = request_removal(report=report, receipt="AAAA", photo=photo)
    with django_capture_on_commit_callbacks(execute=True):
        remove_for_good(request=asked, by=UserFactory())
    assert not [path for path in files if path.exists()]
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(resource.get_absolute_url()).status_code == 200


def test_a_removed_report_does_not_take_the_photo_of_an_entry_along(report):
    photo, resource = report.photos.get().photo, ResourceFactory()
    ResourcePhoto.objects.create(resource=resource, photo=photo)
    asked = request_removal(report=report, receipt="AAAA")
    assert not Photo.objects.get(pk=photo.pk).may_be_shown  # withheld until somebody has looked
    remove_for_good(request=asked, by=UserFactory())
    assert Photo.objects.get(pk=photo.pk).may_be_shown
    assert not ReportPhoto.objects.filter(report=report).exists()


def test_publishing_a_draft_does_not_show_a_hidden_report_again(client, report):
    revision = report.save_revision()
    request_removal(report=report, receipt="AAAA")
    revision.publish()
    assert client.get(report.get_absolute_url()).status_code == 410


def test_what_people_wrote_is_forgotten_some_time_after_the_decision(report, fixed_clock):
    asked = request_removal(report=report, receipt="AAAA", reason="本人です", contact="03-0000-0000")
    waiting = request_removal(report=report, receipt="BBBB", contact="03-0000-0000")
    restore(request=asked, by=UserFactory())
    assert forget_who_asked() == 0
    fixed_clock.shift(timedelta(days=91))
    assert forget_who_asked() == 1
    asked.refresh_from_db()
    waiting.refresh_from_db()
    assert (asked.reason, asked.contact, asked.receipt) == ("", "", "AAAA")
    assert waiting.contact


def test_the_group_hears_that_its_report_is_hidden_and_what_was_decided(
    report, django_capture_on_commit_callbacks
):
    owner = OrganizationMember.objects.create(
        organization=report.organization, user=UserFactory(), role="owner"
    )
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            asked = request_removal(
                report=report, receipt="AAAA", reason="写っている本人です", contact="x@example.jp"
            )
        restore(request=asked, by=UserFactory())
    hidden, decided = mail.outbox
    assert hidden.to == decided.to == [owner.user.email]
    assert f"「{report.title}」について、「取り除いてほしい」という申し出" in hidden.body
    assert "どのページにも出していません" in hidden.body
    assert "公開に戻すことにしました" in decided.body
    assert "本人" not in hidden.body + decided.body
    assert "x@example.jp" not in hidden.body + decided.body


def test_the_group_hears_what_its_report_was_called_when_it_is_gone(
    report, django_capture_on_commit_callbacks
):
    OrganizationMember.objects.create(organization=report.organization, user=UserFactory(), role="owner")
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_removal(report=report, receipt="AAAA")
        remove_for_good(request=asked, by=UserFactory())
    assert f"「{report.title}」を、職員が確かめ、取り除きました" in mail.outbox[-1].body
