"""How a visitor wants to see the site: text size, colours, furigana. Kept in one cookie, read on every page.

The cookie is not signed: it chooses between a few looks, and every part is checked against the list of choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

COOKIE_NAME = "display"
COOKIE_MAX_AGE = 365 * 24 * 60 * 60
SIZES = ("100", "125", "150")
THEMES = ("auto", "light", "dark", "contrast")


@dataclass(frozen=True)
class Display:
    """One visitor's choices. `auto` follows the device's setting for light or dark."""

    size: str = "100"
    theme: str = "auto"
    ruby: bool = False

    @classmethod
    def from_cookie(cls, value: str) -> Display:
        """Read "125.dark.on". Anything that is not one of the choices falls back to its default."""
        size, theme, ruby = [*value.split("."), "", "", ""][:3]
        return cls(
            size=size if size in SIZES else cls.size,
            theme=theme if theme in THEMES else cls.theme,
            ruby=ruby == "on",
        )

    def to_cookie(self) -> str:
        return f"{self.size}.{self.theme}.{'on' if self.ruby else 'off'}"

    def changed(self, posted: Mapping[str, str]) -> Display:
        """These choices with the posted ones in their place. ValueError names a value that is no choice."""
        wanted = {name: posted[name] for name in ("size", "theme", "ruby") if name in posted}
        for name, choices in (("size", SIZES), ("theme", THEMES), ("ruby", ("on", "off"))):
            if name in wanted and wanted[name] not in choices:
                raise ValueError(f"{name} must be one of {choices}")
        result = replace(self, size=wanted.get("size", self.size), theme=wanted.get("theme", self.theme))
        return replace(result, ruby=wanted["ruby"] == "on") if "ruby" in wanted else result

    @property
    def next_size(self) -> str:
        """What the 文字 button leads to: larger, and from the largest back to the first."""
        return SIZES[(SIZES.index(self.size) + 1) % len(SIZES)]


def display_of(request: HttpRequest) -> Display:
    """The choices of whoever asks."""
    return Display.from_cookie(request.COOKIES.get(COOKIE_NAME, ""))


def remember(response: HttpResponse, display: Display, *, secure: bool) -> None:
    """Keep the choices for a year. Scripts need not read them."""
    response.set_cookie(
        COOKIE_NAME, display.to_cookie(), max_age=COOKIE_MAX_AGE, secure=secure, httponly=True, samesite="Lax"
    )
