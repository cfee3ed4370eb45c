"""What was begun and not sent goes after a while; of photos there is one a registration, and no file of nobody's."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from background.daily import daily_jobs
from directory.choices import RegistrationState
from directory.models import Photo, Registration, ResourcePhoto
from directory.services.registration_keeping import forget_unsent, keep_photo
from directory.services.registrations import RegistrationOver
from tests.factories.directory import ResourceFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

PHOTO = {"description": "机を囲んでお茶を飲む様子", "people_consent": "given"}


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def picture(name: str = "photo.jpg") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(file, format="JPEG")
    file.name = name
    return file


def begun(*, days: int, **facts: object) -> Registration:
    row = RegistrationFactory(**{"state": RegistrationState.TYPING} | facts)
    Registration.objects.filter(pk=row.pk).update(updated_at=timezone.now() - timedelta(days=days))
    return row


def test_it_is_done_every_day() -> None:
    assert daily_jobs()["unsent registrations"] is forget_unsent


def test_what_nobody_went_on_with_for_thirty_days_goes() -> None:
    begun(days=31)
    young = begun(days=29)
    assert forget_unsent() == 1
    assert Registration.objects.get() == young


@pytest.mark.parametrize("state", [state for state in RegistrationState if state != "typing"])
def test_what_was_sent_stays_however_old(state) -> None:
    begun(days=400, state=state)
    assert forget_unsent() == 0


def test_the_photo_goes_with_it_file_and_sizes(media, django_capture_on_commit_callbacks) -> None:
    row = begun(days=0)
    keep_photo(row, file=picture(), **PHOTO)
    row.photo.get_rendition("max-10x10")
    Registration.objects.update(updated_at=timezone.now() - timedelta(days=31))
    assert len(files(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        forget_unsent()
    assert not Photo.objects.exists()
    assert files(media) == []


def test_a_photo_that_stands_in_an_entry_stays() -> None:
    row = begun(days=0)
    keep_photo(row, file=picture(), **PHOTO)
    ResourcePhoto.objects.create(resource=ResourceFactory(), photo=row.photo)
    Registration.objects.update(updated_at=timezone.now() - timedelta(days=31))
    assert forget_unsent() == 1
    assert Photo.objects.count() == 1


def test_ten_photos_one_after_the_other_leave_one_file(media, django_capture_on_commit_callbacks) -> None:
    row = begun(days=0)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(10):
            keep_photo(row, file=picture(f"photo{number}.jpg"), **PHOTO)
    row.refresh_from_db()
    assert Photo.objects.get() == row.photo
    assert files(media) == ["photo9.jpg"]


def test_the_photo_of_a_returned_registration_stays_in_its_entry() -> None:
    entry = ResourceFactory()
    row = begun(days=0, state=RegistrationState.RETURNED, resource=entry)
    keep_photo(row, file=picture(), **PHOTO)
    ResourcePhoto.objects.create(resource=entry, photo=row.photo)
    keep_photo(row, file=picture(), **PHOTO)
    assert Photo.objects.count() == 2


def test_no_photo_comes_to_what_was_sent(media) -> None:
    row = begun(days=0, state=RegistrationState.SUBMITTED)
    with pytest.raises(RegistrationOver):
        keep_photo(row, file=picture(), **PHOTO)
    assert files(media) == []
