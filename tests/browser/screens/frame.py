"""What stands around every page: skip link, header, tools, menu."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Frame:
    """The frame of whatever page is open."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def skip_link(self) -> Locator:
        return self.page.get_by_role("link", name="本文へ進む")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def html(self) -> Locator:
        return self.page.locator("html")

    def enlarge_text(self) -> None:
        """Press 文字 once: 標準 → 大 → 特大 → 標準."""
        self.page.locator("header button[name=size]:visible").first.click()

    def toggle_ruby(self) -> None:
        self.page.locator("header button[name=ruby]").first.click()

    def open_menu(self) -> None:
        """The メニュー button of a phone."""
        self.page.locator("header summary", has_text="メニュー").click()

    def menu_link(self, word: str) -> Locator:
        return self.page.locator("header .menu__list").get_by_role("link", name=word)
