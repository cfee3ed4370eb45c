"""A group writes a report on the phone; staff review it; nobody else's report can be touched; stored bytes tell nothing."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from directory.models import Photo
from directory.services.review_decisions import approve
from events.models import Report, ReportPhoto
from tests.directory.group_world import Group, make_group
from tests.directory.review_world import reviewer
from tests.directory.test_photos import ENDINGS, SECRETS, as_bytes
from tests.factories.areas import DistrictFactory
from tests.factories.directory import CategoryFactory, OrganizationFactory
from tests.factories.events import ReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
GIVEN = Photo.PeopleConsent.GIVEN


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def group() -> Group:
    return make_group(DistrictFactory())


@pytest.fixture
def phone(group: Group) -> Client:
    client = Client()
    client.force_login(group.editor)
    return client


def desk(group: Group, tail: str = "") -> str:
    return f"/group/{group.organization.code}/reports/{tail}"


def words(**changes: str) -> dict[str, str]:
    said = {"title": "秋のお茶会", "date": "2026-11-15", "text": "はじめの段落。\r\n\r\nつぎの段落。"}
    return said | {"participants": "12"} | changes


def photo_file(kind: str = "JPEG") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"IMG_1.{ENDINGS[kind]}", as_bytes(kind))


def write(phone: Client, group: Group) -> Report:
    assert phone.post(desk(group, "new/"), words()).status_code == 302
    report = Report.objects.get()
    said = {"file": photo_file(), "description": "お茶の席", "people_consent": "given"}
    assert phone.post(desk(group, f"{report.code}/photos/"), said).status_code == 302
    return report


def test_a_report_goes_from_the_phone_through_the_review_to_the_public(client, phone, group):
    report = write(phone, group)
    assert report.district == group.organization.areas.get()
    assert client.get(report.get_absolute_url()).status_code == 404
    assert "秋のお茶会" in phone.get(desk(group, f"{report.code}/preview/")).content.decode()
    phone.post(desk(group, f"{report.code}/send/"))
    assert "審査中" in phone.get(desk(group)).content.decode()
    approve(Report.objects.get(), by=reviewer(report.district))
    page = client.get(report.get_absolute_url()).content.decode()
    assert "<p>はじめの段落。</p>" in page
    assert "お茶の席" in page
    assert "12人" in page


def test_a_trusted_group_publishes_at_once(client, phone, group):
    group.organization.is_trusted = True
    group.organization.save()
    report = write(phone, group)
    phone.post(desk(group, f"{report.code}/send/"))
    assert client.get(report.get_absolute_url()).status_code == 200


def test_an_empty_report_is_not_sent_and_says_what_is_missing(phone, group):
    phone.post(desk(group, "new/"), words(text=""))
    report = Report.objects.get()
    answer = phone.post(desk(group, f"{report.code}/send/"), follow=True)
    assert "本文を書いてください" in answer.content.decode()
    assert not report.workflow_states.exists()


def test_a_day_to_come_is_refused_and_everything_typed_stays(phone, group):
    answer = phone.post(desk(group, "new/"), words(date="2026-11-21"))
    assert answer.status_code == 422
    assert "つぎの段落。" in answer.content.decode()
    assert not Report.objects.exists()


def test_two_people_do_not_overwrite_each_other(phone, group):
    report = write(phone, group)
    edit = desk(group, f"{report.code}/edit/")
    mark = str(Report.objects.get().latest_revision_id)
    assert phone.post(edit, words(title="一人目", mark=mark)).status_code == 302
    second = phone.post(edit, words(title="二人目", mark=mark))
    assert second.status_code == 409
    assert "二人目" in second.content.decode()
    assert "一人目" in second.content.decode()
    assert Report.objects.get().get_latest_revision_as_object().title == "一人目"


def test_a_text_staff_built_is_not_flattened_by_the_group(phone, group):
    rich = [("heading", "はじめに"), ("paragraph", "文。")]
    report = ReportFactory(organization=group.organization, body=rich)
    revision = report.save_revision()
    edit = desk(group, f"{report.code}/edit/")
    assert phone.post(edit, words(title="新しい題", mark=str(revision.pk))).status_code == 302
    draft = Report.objects.get(pk=report.pk).get_latest_revision_as_object()
    assert draft.title == "新しい題"
    assert [block.block_type for block in draft.body] == ["heading", "paragraph"]


@pytest.mark.parametrize("tail", ["", "edit/", "preview/", "photos/"])
def test_the_report_of_another_group_is_not_there(phone, group, tail):
    other = ReportFactory()
    other.partners.set([group.organization])
    other.save()
    assert phone.get(desk(group, f"{other.code}/{tail}")).status_code == 404


def test_photos_are_ordered_and_taken_out_in_the_draft_only(phone, group):
    report = write(phone, group)
    url = desk(group, f"{report.code}/photos/")
    phone.post(url, {"file": photo_file(), "description": "二枚目", "people_consent": "nobody"})
    second = Photo.objects.get(description="二枚目")
    phone.post(url, {"photo": second.pk, "action": "up"})
    draft = Report.objects.get().get_latest_revision_as_object()
    assert [item.photo.description for item in draft.photos.all()] == ["二枚目", "お茶の席"]
    phone.post(url, {"photo": second.pk, "action": "remove"})
    draft = Report.objects.get().get_latest_revision_as_object()
    assert [item.photo.description for item in draft.photos.all()] == ["お茶の席"]


def test_a_photo_needs_words_and_consent_and_has_to_be_one(phone, group):
    report = write(phone, group)
    url = desk(group, f"{report.code}/photos/")
    svg = SimpleUploadedFile("x.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    for wrong in ({"description": ""}, {"people_consent": ""}, {"people_consent": "missing"}, {"file": svg}):
        said = {"file": photo_file(), "description": "だれか", "people_consent": "given"} | wrong
        assert phone.post(url, said).status_code == 422, wrong
    assert Photo.objects.count() == 1


def test_a_consent_taken_back_counts_at_once(client, phone, group):
    report = ReportFactory(organization=group.organization)
    shown = Photo.objects.create(title="x", description="集まり", people_consent=GIVEN, file=photo_file())
    ReportPhoto.objects.create(report=report, photo=shown)
    address = shown.get_rendition("max-960x720").url
    url = desk(group, f"{report.code}/photos/{shown.pk}/")
    mark = phone.get(url).content.decode().split('name="mark" value="')[1].split('"')[0]
    said = {"mark": mark, "description": "集まり", "people_consent": "missing"}
    assert phone.post(url, said).status_code == 302
    assert client.get(address).status_code == 404


def test_a_group_takes_a_report_back_and_deletes_a_draft_with_its_photos(client, phone, group):
    draft = write(phone, group)
    phone.post(desk(group, f"{draft.code}/back/"))
    assert not Report.objects.exists()
    assert not Photo.objects.exists()
    public = ReportFactory(organization=group.organization, first_published_at=dt.datetime.now(dt.UTC))
    phone.post(desk(group, f"{public.code}/back/"))
    assert client.get(public.get_absolute_url()).status_code == 404
    assert Report.objects.filter(pk=public.pk).exists()


@pytest.mark.parametrize("kind", ENDINGS)
def test_no_stored_byte_of_a_report_photo_tells_where_it_was_taken(client, phone, group, kind, settings):
    group.organization.is_trusted = True
    group.organization.save()
    phone.post(desk(group, "new/"), words())
    report = Report.objects.get()
    said = {"file": photo_file(kind), "description": "お茶の席", "people_consent": "given"}
    phone.post(desk(group, f"{report.code}/photos/"), said)
    phone.post(desk(group, f"{report.code}/send/"))
    for path in (report.get_absolute_url(), "/reports/", desk(group, f"{report.code}/photos/")):
        assert phone.get(path).status_code == 200  # makes every size
    share = client.get(f"{report.get_absolute_url()}share.png").content
    stored = [path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(stored) >= 3
    for data in (*stored, share):
        assert not [secret for secret in SECRETS if secret in data]
        with Image.open(BytesIO(data)) as image:
            assert not dict(image.getexif())
            assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & image.info.keys()
    with Image.open(BytesIO(share)) as image:
        assert image.size == (1200, 630)


def test_a_stranger_is_asked_to_log_in_and_what_was_typed_waits(client, group):
    answer = client.post(desk(group, "new/"), words())
    assert answer.status_code == 302
    client.force_login(group.owner)
    assert "つぎの段落。" in client.get(desk(group, "new/")).content.decode()


def test_a_group_is_looked_for_by_its_name_and_stands_on_the_page(client, phone, group):
    theme = CategoryFactory(parent=CategoryFactory())
    far = [OrganizationFactory(name=f"とおい{n}の会", kana=f"とおい{n}のかい") for n in "あい"]
    OrganizationFactory(name="とおい下書きの会", live=False)
    said = words(partner_words="トオイ", themes=[theme.pk])
    page = phone.post(desk(group, "new/"), said)
    assert page.status_code == 422
    assert all(row.name in page.content.decode() for row in far)
    assert "下書きの会" not in page.content.decode()
    assert (
        "見つかりません"
        in phone.post(desk(group, "new/"), said | {"partner_words": "ない会"}).content.decode()
    )
    assert phone.post(desk(group, "new/"), said | {"partners": [far[0].pk]}).status_code == 302
    report = Report.objects.get()
    mark = str(report.latest_revision_id)
    edit = words(partner_words=far[1].code.lower(), partners=[far[0].pk], themes=[theme.pk], mark=mark)
    assert phone.post(desk(group, f"{report.code}/edit/"), edit).status_code == 302
    phone.post(desk(group, f"{report.code}/send/"))
    approve(Report.objects.get(), by=reviewer(report.district))
    page = client.get(report.get_absolute_url()).content.decode()
    assert all(word in page for word in (far[0].name, far[1].name, theme.name))
