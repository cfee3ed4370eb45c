"""The picture a shared link to a report shows: its title, the group, the day, and a photo that may be shown.

Drawn here from pixels only, with a font of the machine; kept in the cache under a mark of what is on it. Without a
Japanese font the site's own picture stands in.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import budoux
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont, ImageOps

from directory.japanese_dates import full_date
from directory.models import Photo

from .models import Report
from .report_cards import named
from .visibility import photos_of

SIZE = (1200, 630)
_GREEN, _DEEP, _TINT, _TEXT, _WHITE = "#197a4b", "#115a36", "#e6f5ec", "#1a1a1a", "#ffffff"
_MARGIN = 64
_PHOTO = (520, 590)
_SECONDS = 86_400
#: Where systems keep a bold Japanese font; setting SHARE_IMAGE_FONT names another one.
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf",
)
#: No line begins with these.
_NOT_FIRST = "、。,.)]」』】〉》!?ー…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def share_key(report: Report) -> str:
    """Under which the cache keeps the picture of `report`."""
    return f"report-share-{report.pk}"


def share_image(report: Report, site_name: str) -> bytes | None:
    """PNG of 1200 × 630; None where no font is found. For reports that may be shown."""
    path = font_path()
    if path is None:
        return None
    photos = photos_of(report)
    photo = photos[0].photo if photos else None
    mark = _mark(report, photo, site_name)
    kept = cache.get(share_key(report))
    if kept is not None and kept[0] == mark:
        found: bytes = kept[1]
        return found
    drawn = _drawn(report, photo, site_name, path)
    cache.set(share_key(report), (mark, drawn), _SECONDS)
    return drawn


@lru_cache(maxsize=1)
def _parser() -> Any:
    return budoux.load_default_japanese_parser()


@lru_cache(maxsize=1)
def font_path() -> str | None:
    """The font to write with; None on a machine without one."""
    wanted = getattr(settings, "SHARE_IMAGE_FONT", "")
    return next((path for path in (wanted, *_FONTS) if path and Path(path).is_file()), None)


def _mark(report: Report, photo: Photo | None, site_name: str) -> str:
    organization = named(report.organization)
    said = (report.title, report.date, organization and organization.name, site_name)
    return hashlib.sha256(repr((said, photo and (photo.pk, photo.file_hash))).encode()).hexdigest()


def _drawn(report: Report, photo: Photo | None, site_name: str, path: str) -> bytes:
    image = Image.new("RGB", SIZE, _TINT)
    draw = ImageDraw.Draw(image)
    room = SIZE[0] - 2 * _MARGIN
    picture = _picture(photo) if photo is not None else None
    if picture is not None:
        image.paste(picture, (SIZE[0] - _PHOTO[0], 0))
        room -= _PHOTO[0]
    draw.rectangle([0, 590, *SIZE], fill=_GREEN)
    large, small = ImageFont.truetype(path, 60), ImageFont.truetype(path, 32)
    draw.text((_MARGIN, 56), _("活動報告"), font=small, fill=_GREEN)
    top = 120
    for line in lines_of(report.title, large, room, most=4):
        draw.text((_MARGIN, top), line, font=large, fill=_DEEP)
        top += 84
    organization = named(report.organization)
    below = [organization.name if organization else "", full_date(report.date), site_name]
    for number, text in enumerate(below):
        line = "".join(lines_of(text, small, room, most=1))
        draw.text((_MARGIN, 444 + 44 * number), line, font=small, fill=_TEXT)
    out = BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _picture(photo: Photo) -> Image.Image | None:
    """The photo cut to its place: pixels only. None where the file cannot be read."""
    try:
        stored: Any = photo.file
        with stored.storage.open(stored.name) as file, Image.open(file) as image:
            fitted = ImageOps.fit(image.convert("RGB"), _PHOTO, Image.Resampling.LANCZOS)
            bare = Image.new("RGB", _PHOTO)
            bare.paste(fitted)
            return bare
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def lines_of(text: str, font: ImageFont.FreeTypeFont, width: int, *, most: int) -> list[str]:
    """`text` broken into at most `most` lines of `width` pixels; what is left out is told by 「…」."""
    lines: list[str] = []
    line = ""
    for phrase in _parser().parse(text):
        if line and font.getlength(line + phrase) > width:
            lines.append(line)
            line = ""
        for letter in phrase:  # a phrase longer than a line breaks where it must
            fits = font.getlength(line + letter) <= width
            if not fits and line and letter not in _NOT_FIRST:
                lines.append(line)
                line = ""
            line += letter
    lines = [*lines, line] if line else lines
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
