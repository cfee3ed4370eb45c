"""Draw the pictures that are not SVG: what a shared link shows, the touch icon, the favicon.

Run again only when the mark changes; the pictures are part of the repository.
    python scripts/draw_share_image.py FONT.ttc
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).resolve().parents[1] / "site" / "static" / "img"
GREEN, WARM, TINT, DEEP = "#197a4b", "#d9571c", "#e6f5ec", "#115a36"
SMOOTH = 4  # drawn larger, then reduced


def rings(size: int) -> Image.Image:
    """The mark: two joined rings on a clear ground."""
    unit = size * SMOOTH / 36
    image = Image.new("RGBA", (size * SMOOTH, size * SMOOTH))
    draw = ImageDraw.Draw(image)
    box = [[(centre - 11) * unit, 7 * unit, (centre + 11) * unit, 29 * unit] for centre in (13, 23)]
    draw.ellipse(box[0], outline=GREEN, width=round(4 * unit))
    draw.ellipse(box[1], outline=WARM, width=round(4 * unit))
    draw.arc(box[0], 265, 340, fill=GREEN, width=round(4 * unit))
    return image.resize((size, size), Image.Resampling.LANCZOS)


def icon(size: int) -> Image.Image:
    """The mark on white, with a margin."""
    image = Image.new("RGB", (size, size), "white")
    mark = rings(round(size * 0.86))
    image.paste(mark, (round(size * 0.07), round(size * 0.07)), mark)
    return image


def share_image(font_path: str) -> Image.Image:
    """1200 × 630, the words large enough to read in a chat."""
    image = Image.new("RGB", (1200, 630), TINT)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 590, 1200, 630], fill=GREEN)
    mark = rings(300)
    image.paste(mark, (90, 150), mark)
    large, small = (ImageFont.truetype(font_path, size, index=0) for size in (150, 52))
    draw.text((430, 165), "つなぐ", font=large, fill=DEEP)
    draw.text((436, 375), "近くの集まりを、さがす。", font=small, fill="#1a1a1a")
    return image


def main(font_path: str) -> None:
    share_image(font_path).quantize(48).save(TARGET / "share.png", optimize=True)
    icon(180).quantize(32).save(TARGET / "touch-icon.png", optimize=True)
    icon(48).quantize(32).save(TARGET / "favicon.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
