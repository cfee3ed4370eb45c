"""A group's photos: in the draft until it is published; what is said of them, and a withdrawn consent, at once."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from directory.choices import OrganizationStatus
from directory.models import Organization, Photo, ResourcePhoto
from directory.services.group_editing import send_in
from tests.directory.group_world import Group, logged_in, make_group
from tests.directory.review_world import reviewer
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

SAID = {"description": "机を囲んでお茶を飲んでいます。", "people_consent": "given"}


@pytest.fixture
def group(district: Any) -> Group:
    return make_group(district, trusted=True)


def picture(name: str = "photo.jpg") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(file, format="JPEG")
    file.seek(0)
    file.name = name
    return file


def add(group: Group, *words: str) -> list[Photo]:
    """Photos in the draft, one for each of `words`."""
    for text in words:
        sent = SAID | {"description": text, "file": picture()}
        assert logged_in(group.owner).post(group.path("photos"), sent).status_code == 302
    return [Photo.objects.get(description=text) for text in words]


def in_draft(group: Group) -> list[str]:
    draft = group.fresh().get_latest_revision_as_object()
    return [item.photo.description for item in draft.photos.all()]


def publish(group: Group) -> None:
    assert send_in(group.fresh(), user=group.owner)


def words_of(group: Group, photo: Photo) -> str:
    return group.path("photo", photo.pk)


def mark(client: Any, path: str) -> str:
    return re.search(r'name="mark" value="([^"]+)"', client.get(path).content.decode())[1]


def test_a_photo_is_public_with_the_draft(group, client):
    add(group, "お茶の時間")
    assert not ResourcePhoto.objects.exists()
    assert "お茶の時間" in logged_in(group.editor).get(group.path("photos")).content.decode()
    publish(group)
    assert "お茶の時間" in client.get(group.entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "missing",
    [{"description": ""}, {"people_consent": ""}, {"people_consent": "missing"}, {"file": ""}],
    ids=str,
)
def test_a_photo_needs_words_and_the_consent_of_those_on_it(group, missing):
    sent = SAID | {"file": picture()} | missing
    assert logged_in(group.owner).post(group.path("photos"), sent).status_code == 422
    assert not Photo.objects.exists()


@pytest.mark.parametrize("data", [b"GIF89a" + b"0" * 50, b"<svg xmlns='x'/>", b"\xff\xd8\xffbroken", b""])
def test_what_is_no_photo_is_refused(group, data):
    file = io.BytesIO(data)
    file.name = "photo.jpg"
    assert logged_in(group.owner).post(group.path("photos"), SAID | {"file": file}).status_code == 422
    assert not Photo.objects.exists()


def test_the_seventh_photo_is_refused(group):
    add(group, *[f"{number}枚め" for number in range(6)])
    answer = logged_in(group.owner).post(group.path("photos"), SAID | {"file": picture()})
    assert answer.status_code == 422
    assert Photo.objects.count() == 6


def test_photos_change_places_and_go(group):
    first, second, third = add(group, "一", "二", "三")
    mine, path = logged_in(group.owner), group.path("photos")
    mine.post(path, {"action": "up", "photo": third.pk})
    assert in_draft(group) == ["一", "三", "二"]
    mine.post(path, {"action": "down", "photo": first.pk})
    assert in_draft(group) == ["三", "一", "二"]
    mine.post(path, {"action": "up", "photo": third.pk})
    assert in_draft(group) == ["三", "一", "二"]
    mine.post(path, {"action": "remove", "photo": first.pk})
    assert in_draft(group) == ["三", "二"]
    publish(group)
    assert list(group.fresh().photos.values_list("photo", flat=True)) == [third.pk, second.pk]


@pytest.mark.parametrize("number", ["", "0", "x", "99999999999999999999", "-1"])
def test_a_photo_that_is_not_there_moves_nothing(group, number):
    add(group, "一", "二")
    sent = {"action": "remove", "photo": number}
    assert logged_in(group.owner).post(group.path("photos"), sent).status_code == 302
    assert in_draft(group) == ["一", "二"]


def test_words_are_mended_at_once_in_public_and_draft(group, client):
    (photo,) = add(group, "お茶の時間")
    publish(group)
    mine, path = logged_in(group.editor), words_of(group, photo)
    sent = SAID | {"description": "たたみの部屋でお茶を飲む人たち", "mark": mark(mine, path)}
    assert mine.post(path, sent).status_code == 302
    assert "たたみの部屋でお茶を飲む人たち" in client.get(group.entry.get_absolute_url()).content.decode()
    assert in_draft(group) == ["たたみの部屋でお茶を飲む人たち"]


def test_whoever_asks_not_to_be_shown_is_gone_at_once(group, client):
    (photo,) = add(group, "お茶の時間")
    publish(group)
    mine, path = logged_in(group.owner), words_of(group, photo)
    mine.post(path, {"description": "お茶の時間", "people_consent": "missing", "mark": mark(mine, path)})
    assert "お茶の時間" not in client.get(group.entry.get_absolute_url()).content.decode()
    assert "公開されません" in mine.get(group.path("photos")).content.decode()


def test_two_people_at_one_photo(group):
    (photo,) = add(group, "お茶の時間")
    first, second, path = logged_in(group.owner), logged_in(group.editor), words_of(group, photo)
    seen = mark(second, path)
    first.post(path, {"description": "お茶", "people_consent": "missing", "mark": mark(first, path)})
    answer = second.post(path, SAID | {"description": "お茶の集まり", "mark": seen})
    assert answer.status_code == 409
    assert "お茶の集まり" in answer.content.decode()
    photo.refresh_from_db()
    assert (photo.description, photo.people_consent) == ("お茶", "missing")
    again = re.search(r'name="mark" value="([^"]+)"', answer.content.decode())[1]
    assert second.post(path, SAID | {"description": "お茶の集まり", "mark": again}).status_code == 302


def test_a_photo_of_others_as_well_is_not_the_groups_to_change(group, district):
    (photo,) = add(group, "お茶の時間")
    mine, path = logged_in(group.owner), words_of(group, photo)
    ResourcePhoto.objects.create(resource=ResourceFactory(organization=OrganizationFactory()), photo=photo)
    assert mine.get(path).status_code == 404
    assert path not in mine.get(group.path("photos")).content.decode()


def test_a_photo_of_another_entry_is_not_reached(group, district):
    other = make_group(district)
    (photo,) = add(other, "よその写真")
    assert logged_in(group.owner).get(words_of(group, photo)).status_code == 404
    for user in (UserFactory(), reviewer(district)):
        assert logged_in(user).post(words_of(other, photo), SAID).status_code in (302, 404)
    photo.refresh_from_db()
    assert photo.description == "よその写真"


def test_nothing_changes_where_the_group_is_over(group):
    (photo,) = add(group, "お茶の時間")
    Organization.objects.update(status=OrganizationStatus.CLOSED)
    assert logged_in(group.owner).post(words_of(group, photo), SAID).status_code == 403


@pytest.mark.parametrize("nonsense", ["\0", "あ" * 10_000, "🙂" * 50, "<script>alert(1)</script>"])
def test_nonsense_is_answered(group, nonsense):
    (photo,) = add(group, "お茶の時間")
    sent = {"description": nonsense, "people_consent": nonsense, "mark": nonsense}
    assert logged_in(group.owner).post(words_of(group, photo), sent).status_code in (409, 422)
    path = reverse("directory:group_photo", args=[group.organization.code, group.entry.code, 10**15])
    assert logged_in(group.owner).get(path).status_code == 404
