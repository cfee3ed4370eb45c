"""Pictures drawn by code: warm, simple, nobody real on them."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

SIZE = (960, 640)
#: Drawn twice as large and scaled down, so that curves are smooth.
_SCALE = 2


@dataclass(frozen=True)
class Tint:
    """Background, sun and figures of one colour family."""

    back: str
    sun: str
    figure: str


TINTS = (
    Tint("#e6f5ec", "#8bd3ae", "#2bab6b"),
    Tint("#ffeee2", "#ffb58a", "#f0702a"),
    Tint("#eaf4ff", "#9bd0ff", "#2f8fdc"),
    Tint("#fff6d6", "#ffdf7a", "#b7860b"),
    Tint("#f3ecfb", "#cdb3ec", "#8a5cc4"),
)
SUBJECTS = ("people", "cup", "bowl", "stretch", "house", "books", "leaves", "ball")


def draw(subject: str, tint: Tint, seed: int) -> bytes:
    """A PNG of `subject` (one of `SUBJECTS`), 960 × 640, the same for the same arguments."""
    width, height = SIZE[0] * _SCALE, SIZE[1] * _SCALE
    image = Image.new("RGB", (width, height), tint.back)
    pen = ImageDraw.Draw(image)
    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    _sun(pen, tint, width, chance)
    pen.rectangle((0, height * 0.86, width, height), fill=tint.sun)
    _PAINTERS[subject](pen, tint, width, height, chance)
    stream = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _sun(pen: ImageDraw.ImageDraw, tint: Tint, width: int, chance: random.Random) -> None:
    x = width * chance.uniform(0.62, 0.86)
    pen.ellipse((x - 250, -160, x + 250, 340), fill=tint.sun)


def _person(pen: ImageDraw.ImageDraw, x: float, ground: float, size: float, colour: str) -> None:
    head = size * 0.19
    top = ground - size
    pen.ellipse((x - head, top, x + head, top + head * 2), fill=colour)
    pen.rounded_rectangle(
        (x - size * 0.28, top + head * 2.3, x + size * 0.28, ground + 60), size * 0.26, fill=colour
    )


def _people(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    count = chance.choice((3, 4, 5))
    for number in range(count):
        x = w * (number + 1) / (count + 1)
        _person(pen, x, h * 0.88, chance.uniform(380, 560), tint.figure)


def _cup(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    x, y = w * 0.42, h * 0.5
    pen.arc((x + 240, y + 40, x + 460, y + 260), -90, 90, fill=tint.figure, width=44)
    pen.rounded_rectangle((x - 260, y, x + 300, y + 400), 120, fill=tint.figure)
    for step in (-120, 20, 160):
        pen.arc((x + step - 40, y - 220, x + step + 60, y - 60), 90, 270, fill=tint.figure, width=22)


def _bowl(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    x, y = w * 0.5, h * 0.56
    pen.pieslice((x - 420, y - 400, x + 420, y + 400), 0, 180, fill=tint.figure)
    pen.ellipse((x - 330, y - 190, x + 330, y + 60), fill="#ffffff")
    pen.line((x + 120, y - 360, x + 460, y - 120), fill=tint.figure, width=26)
    pen.line((x + 190, y - 390, x + 510, y - 160), fill=tint.figure, width=26)


def _stretch(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    for x in (w * 0.3, w * 0.55):
        ground = h * 0.88
        _person(pen, x, ground, 500, tint.figure)
        for side in (-1, 1):
            pen.line((x + side * 90, ground - 250, x + side * 270, ground - 470), fill=tint.figure, width=62)


def _house(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    x, ground = w * 0.45, h * 0.87
    pen.polygon([(x - 420, ground - 420), (x, ground - 760), (x + 420, ground - 420)], fill=tint.figure)
    pen.rectangle((x - 330, ground - 430, x + 330, ground), fill=tint.figure)
    pen.rounded_rectangle((x - 90, ground - 270, x + 90, ground), 30, fill="#ffffff")


def _books(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    for number in range(5):
        y = h * 0.86 - 110 * (number + 1)
        shift = chance.uniform(-70, 70)
        colour = tint.figure if number % 2 == 0 else "#ffffff"
        pen.rounded_rectangle((w * 0.3 + shift, y, w * 0.66 + shift, y + 100), 20, fill=colour)


def _leaves(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    for number in range(6):
        x = w * (0.14 + 0.14 * number)
        top = h * chance.uniform(0.36, 0.52)
        pen.line((x, h * 0.88, x, top), fill=tint.figure, width=26)
        for side in (-1, 1):
            left, right = sorted((x, x + side * 150))
            pen.ellipse((left, top + 40, right, top + 150), fill=tint.figure)


def _ball(pen: ImageDraw.ImageDraw, tint: Tint, w: int, h: int, chance: random.Random) -> None:
    _person(pen, w * 0.36, h * 0.88, 430, tint.figure)
    x, y = w * 0.62, h * 0.7
    pen.ellipse((x - 180, y - 180, x + 180, y + 180), fill="#ffffff", outline=tint.figure, width=30)
    pen.arc((x - 90, y - 180, x + 260, y + 180), 110, 250, fill=tint.figure, width=22)


_PAINTERS = {
    "people": _people,
    "cup": _cup,
    "bowl": _bowl,
    "stretch": _stretch,
    "house": _house,
    "books": _books,
    "leaves": _leaves,
    "ball": _ball,
}
