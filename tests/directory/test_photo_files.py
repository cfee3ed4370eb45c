"""Who gets the bytes of a photo: by the consent of the people on it, whatever address is guessed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from directory.models import Photo, ResourcePhoto
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import PhotoFactory, ResourceFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
GIVEN, MISSING = Photo.PeopleConsent.GIVEN, Photo.PeopleConsent.MISSING


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail remembers the sizes of photos by number, and numbers come again in every test


def bytes_of(response) -> bytes:
    return b"".join(response.streaming_content)


def staff_of(district) -> Client:
    user = UserFactory(is_staff=True)
    assign_staff(user=user, role=StaffRole.DISTRICT_STAFF, area=district)
    client = Client()
    client.force_login(user)
    return client


def test_a_photo_on_an_entry_page_is_really_sent(client: Client) -> None:
    resource = ResourceFactory()
    ResourcePhoto.objects.create(resource=resource, photo=PhotoFactory(people_consent=GIVEN))
    page = client.get(resource.get_absolute_url()).content.decode()
    address = page.split('src="/media/')[1].split('"')[0]
    response = client.get(f"/media/{address}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("image/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert len(bytes_of(response)) > 100


def test_a_photo_whose_consent_was_taken_back_is_no_longer_sent(client: Client) -> None:
    photo = PhotoFactory(people_consent=GIVEN)
    address = photo.get_rendition("width-100").url
    assert client.get(address).status_code == 200
    Photo.objects.filter(pk=photo.pk).update(people_consent=MISSING)
    assert client.get(address).status_code == 404


def test_the_file_as_taken_in_is_for_staff_only(client: Client) -> None:
    photo = PhotoFactory(people_consent=GIVEN)
    assert client.get(photo.file.url).status_code == 404


def test_staff_open_what_is_not_public_of_their_own_entries_only() -> None:
    resource = ResourceFactory()
    photo = PhotoFactory(people_consent=MISSING)
    ResourcePhoto.objects.create(resource=resource, photo=photo)
    resource.live = False
    resource.save()
    address = photo.get_rendition("width-100").url
    own = staff_of(resource.district).get(address)
    assert own.status_code == 200
    assert "no-store" in own["Cache-Control"]
    assert staff_of(DistrictFactory()).get(address).status_code == 404


@pytest.mark.parametrize("path", ["", "images/", "../tsunagu.sqlite3", "%00", "images/none.jpg", "あ" * 500])
def test_nothing_else_is_served_from_the_folder_of_uploads(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_a_document_has_an_address_of_its_own_and_none_under_media(client: Client) -> None:
    document = Document(title="会則")
    document.file.save("rules.txt", ContentFile(b"rules"))
    response = client.get(document.url)
    assert response.status_code == 200
    assert bytes_of(response) == b"rules"
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize(
    "address", ["/documents/99999999999999999999/x", "/documents/1/%00", "/documents/1/"]
)
def test_a_document_that_is_not_there_is_a_plain_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
