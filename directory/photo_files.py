"""Photo files as they come from phones, and as they may be stored: pixels only.

A phone writes into a photo where it was taken (GPS), when, with what, sometimes a small picture of what was cut away.
Nothing of it is stored: the picture is decoded, turned the right way up, and written anew.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
_QUALITY = 88
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
#: Format found in the bytes → format written, file ending.
_WRITTEN = {"JPEG": ("JPEG", "jpg"), "PNG": ("PNG", "png"), "WEBP": ("WEBP", "webp"), "HEIF": ("JPEG", "jpg")}


class CleanPhoto(ContentFile):
    """A photo file that went through `cleaned_photo`."""


def is_clean(file: Any) -> bool:
    """Did `file` go through `cleaned_photo` already?"""
    return isinstance(file, CleanPhoto)


def photo_format(head: bytes) -> str | None:
    """The format the first bytes say ("JPEG", "PNG", "WEBP", "HEIF"), whatever the file is called."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return None


def cleaned_photo(file: Any) -> CleanPhoto:
    """`file` written anew. Raises `ValidationError` (Japanese) for what is too large, or no photo.

    Checked before decoding: at most 10 MB, JPEG, PNG, WebP or HEIC by content, at most 40 megapixels.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(_("写真のファイルが大きすぎます。10MBまでにしてください。"), code="too_large")
    found = photo_format(data[:16])
    if found is None:
        raise ValidationError(
            _("写真として読めません。JPEG、PNG、WebP、HEICのファイルを選んでください。"), code="not_a_photo"
        )
    written, ending = _WRITTEN[found]
    name = PurePath(str(getattr(file, "name", "") or "photo")).stem or "photo"
    return CleanPhoto(_written_anew(data, found, written), name=f"{name}.{ending}")


def _written_anew(data: bytes, found: str, written: str) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=[found]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(
                    _("写真の画素が多すぎます。4000万画素までにしてください。"), code="too_many_pixels"
                )
            image.load()
            return _encoded(_pixels(ImageOps.exif_transpose(image), written), written)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("写真がこわれていて、読めません。"), code="broken") from error


def _pixels(image: Image.Image, written: str) -> Image.Image:
    """Only the pixels, in the colours every screen knows: nothing else of the old file comes along."""
    image = _in_srgb(image)
    mode = "RGBA" if written != "JPEG" and image.has_transparency_data else "RGB"
    image = image.convert(mode)
    bare = Image.new(mode, image.size)
    bare.paste(image)
    return bare


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb)
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _encoded(image: Image.Image, written: str) -> bytes:
    out = BytesIO()
    options: dict[str, Any] = {} if written == "PNG" else {"quality": _QUALITY}
    image.save(out, format=written, optimize=True, **options)
    return out.getvalue()
