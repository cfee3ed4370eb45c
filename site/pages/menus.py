"""The words of navigation and where they lead. Editors may replace the main ones in the site settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class MenuItem:
    """One word of a menu. `url` is a path on this site."""

    word: str
    url: str

    def is_current(self, path: str) -> bool:
        return path.startswith((self.url, *BELONGING.get(self.url, ())))


#: Addresses that belong to a word of the menu without lying below it.
BELONGING = {"/districts/": ("/areas/",), "/events/": ("/e/",), "/find/": ("/r/", "/o/")}

#: (word, name of the URL, path while no app answers to that name)
MAIN_MENU = (
    (_("さがす"), "directory:find", "/find/"),
    (_("地区のページ"), "directory:areas", "/districts/"),
    (_("催し"), "events:calendar", "/events/"),
    (_("活動報告"), "events:reports", "/reports/"),
    (_("団体の方へ"), "", "/for-groups/"),
    (_("はじめての方へ"), "", "/guide/"),
)
FOOTER_MENU = (
    (_("募集・できること"), "events:board", "/board/"),
    (_("団体を登録する"), "directory:join_start", "/join/"),
    (_("お問い合わせ"), "", "/contact/"),
    (_("個人情報の取扱い"), "", "/privacy/"),
    (_("アクセシビリティ方針"), "", "/accessibility/"),
    (_("このサイトについて"), "", "/about/"),
    (_("オープンデータ"), "directory:open_data", "/open-data/"),
    (_("サイトマップ"), "pages:site_map", "/site-map/"),
    (_("表示の設定"), "pages:display", "/display/"),
)


def path_of(url_name: str, fallback: str) -> str:
    """The path of a named URL, or `fallback` where no such name is installed."""
    if not url_name:
        return fallback
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return fallback


def menu(entries: Iterable[tuple[StrOrPromise, str, str]]) -> list[MenuItem]:
    """Menu items for entries like `MAIN_MENU`."""
    return [MenuItem(word=str(word), url=path_of(name, path)) for word, name, path in entries]


def current_item(items: list[MenuItem], request: HttpRequest) -> MenuItem | None:
    """The word to mark as 「いまここ」: the longest one that begins the path."""
    fitting = [item for item in items if item.is_current(request.path)]
    return max(fitting, key=lambda item: len(item.url), default=None)
