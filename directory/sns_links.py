"""Pages of a group on social networks: read as typed one a line, and named for whoever reads the group's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

MOST_LINKS = 5
_LONGEST = 300

#: Ending of a host → the name people know it by. Names of services are not translated.
_SERVICES = {
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "fb.me": "Facebook",
    "x.com": "X",
    "twitter.com": "X",
    "line.me": "LINE",
    "lin.ee": "LINE",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "tiktok.com": "TikTok",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "bsky.app": "Bluesky",
    "note.com": "note",
    "ameblo.jp": "アメーバブログ",
}


@dataclass(frozen=True)
class SnsLink:
    """An address and what to call it: the service, else its host."""

    url: str
    name: str


def named_links(urls: Iterable[Any]) -> list[SnsLink]:
    """The links that may be shown: http and https only, whatever was stored."""
    found = [SnsLink(str(url), _name(str(url))) for url in urls if _is_web(str(url))]
    return found[:MOST_LINKS]


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _name(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    known = (name for end, name in _SERVICES.items() if host == end or host.endswith(f".{end}"))
    return next(known, host)


class SnsLinksField(forms.CharField):
    """A list of addresses, one a line; 「instagram.com/…」 without https:// too. Its value is a list."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "url", "autocapitalize": "none"})

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _l("SNSのページ"),
            "help_text": _l("1行に1つ、5つまで。例:https://www.instagram.com/example/"),
        }
        super().__init__(**{"required": False, **words, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (value or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(_("%(most)sつまでにしてください。") % {"most": MOST_LINKS})
        return list(dict.fromkeys(_address(line) for line in lines))

    def run_validators(self, value: Any) -> None:
        """Each line was read as an address."""


def _address(line: str) -> str:
    try:
        url = forms.URLField(assume_scheme="https", max_length=_LONGEST).clean(line)
    except ValidationError:
        url = ""
    if not _is_web(url):
        raise ValidationError(
            _("「%(line)s」はアドレスとして読めません。https:// から写してください。") % {"line": line[:60]}
        )
    return str(url)
