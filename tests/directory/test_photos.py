"""What is stored of a photo: pixels, nothing of where and with what they were taken. Proven on stored bytes."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from directory import photo_files
from directory.models import Photo
from directory.photo_files import cleaned_photo
from directory.services.photos import add_photo
from directory.services.review import ensure_workflow
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory

SECRETS = (b"SECRET-CAMERA", b"SECRET-COMMENT", b"SECRET-XMP", b"Exif", b"http://ns.adobe.com/xap")
GPS_IFD, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def picture(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return image


def telling_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "SECRET-CAMERA"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS_IFD)[2] = (35.0, 40.0, 12.0)
    return exif


def as_bytes(kind: str, orientation: int = 1) -> bytes:
    out = BytesIO()
    options: dict = {"exif": telling_exif(orientation)}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", "SECRET-COMMENT")
    if kind == "JPEG":
        options["comment"] = b"SECRET-COMMENT"
    if kind in ("JPEG", "WEBP"):
        options["xmp"] = b"<x:xmpmeta>SECRET-XMP http://ns.adobe.com/xap</x:xmpmeta>"
    picture().save(out, format=kind, **options)
    return out.getvalue()


ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}


@pytest.mark.parametrize("kind", ENDINGS)
def test_nothing_but_pixels_is_stored(db: None, kind: str) -> None:
    data = as_bytes(kind)
    assert b"SECRET-CAMERA" in data  # the sample does tell something
    file = SimpleUploadedFile(f"IMG_1.{ENDINGS[kind]}", data)
    photo = add_photo(file=file, description="会場の入口", people_consent="nobody")
    rendition = photo.get_rendition("width-20")
    for stored in (photo.file, rendition.file):
        with stored.open("rb") as opened:
            written = opened.read()
        assert not [secret for secret in SECRETS if secret in written]
        with Image.open(BytesIO(written)) as image:
            assert not dict(image.getexif())
            assert image.info.keys() <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
                "loop",
                "background",
                "timestamp",
                "duration",
            }
    assert (photo.width, photo.height, photo.file_size) == (40, 20, photo.file.size)


def test_a_photo_from_a_phone_becomes_a_jpeg_every_browser_shows() -> None:
    clean = cleaned_photo(SimpleUploadedFile("IMG_1.HEIC", as_bytes("HEIF")))
    assert clean.name == "IMG_1.jpg"
    assert Image.open(clean).format == "JPEG"


def test_a_photo_taken_sideways_stands_upright() -> None:
    clean = Image.open(cleaned_photo(SimpleUploadedFile("a.jpg", as_bytes("JPEG", orientation=6))))
    assert clean.size == (20, 40)
    assert clean.getpixel((10, 2))[0] > 200  # red is on top now
    assert clean.getpixel((10, 37))[2] > 200


def test_whatever_way_a_file_comes_in_it_is_cleaned(db: None) -> None:
    photo = Photo.objects.create(title="x", file=SimpleUploadedFile("a.jpg", as_bytes("JPEG")))
    with photo.file.open("rb") as stored:
        assert b"SECRET" not in stored.read()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("a.jpg", b"\xff\xd8\xff" + b"\x00" * 50),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50),
        ("a.jpg", b""),
    ],
)
def test_what_is_no_photo_is_refused_with_words(name: str, data: bytes) -> None:
    with pytest.raises(ValidationError, match="写真"):
        cleaned_photo(SimpleUploadedFile(name, data))


def test_a_photo_too_large_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("decoded")

    out = BytesIO()
    Image.new("1", (9000, 5000)).save(out, format="PNG")
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", never)
    with pytest.raises(ValidationError, match="4000万画素"):
        cleaned_photo(SimpleUploadedFile("big.png", out.getvalue()))
    with pytest.raises(ValidationError, match="10MB"):
        cleaned_photo(SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + b"\x00" * photo_files.MAX_BYTES))


def test_a_photo_without_words_is_refused(db: None) -> None:
    with pytest.raises(ValidationError, match="説明"):
        add_photo(
            file=SimpleUploadedFile("a.jpg", as_bytes("JPEG")), description=" ", people_consent="nobody"
        )


@pytest.fixture
def staff(db: None) -> Client:
    ensure_workflow()
    client = Client()
    client.force_login(
        assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=DistrictFactory()).user
    )
    return client


def uploaded(client: Client, name: str, data: bytes, **fields: str) -> object:
    fields = {"title": "入口", "description": "会場の入口", "people_consent": "nobody", **fields}
    return client.post(reverse("wagtailimages:add"), {"file": SimpleUploadedFile(name, data), **fields})


@pytest.mark.parametrize("kind", ENDINGS)
def test_staff_upload_photos_in_their_screens(staff: Client, kind: str) -> None:
    response = uploaded(staff, f"a.{ENDINGS[kind]}", as_bytes(kind))
    assert response.status_code == 302, response.context["form"].errors
    photo = Photo.objects.get()
    with photo.file.open("rb") as stored:
        written = stored.read()
    assert not [secret for secret in SECRETS if secret in written]
    assert photo.file_size == len(written)


@pytest.mark.parametrize("broken", [{"description": ""}, {"people_consent": ""}])
def test_the_form_asks_for_words_and_consent(staff: Client, broken: dict) -> None:
    response = uploaded(staff, "a.jpg", as_bytes("JPEG"), **broken)
    assert response.status_code == 200
    assert set(broken) <= set(response.context["form"].errors)
    assert not Photo.objects.exists()


def test_an_svg_is_refused_by_the_form(staff: Client) -> None:
    response = uploaded(staff, "a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert response.status_code == 200
    assert response.context["form"].errors["file"]


def test_a_photo_of_somebody_else_is_not_offered(staff: Client) -> None:
    add_photo(
        file=SimpleUploadedFile("a.jpg", as_bytes("JPEG")), description="よその写真", people_consent="missing"
    )
    assert "よその写真" not in staff.get(reverse("wagtailimages:index")).content.decode()
    assert "よその写真" not in staff.get(reverse("wagtailimages_chooser:choose")).content.decode()
