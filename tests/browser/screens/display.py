"""The page of display settings."""

from __future__ import annotations

from playwright.sync_api import Page


class DisplayScreen:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> DisplayScreen:
        self.page.goto("/display/")
        return self

    def choose(self, *words: str) -> None:
        """Choose by the words beside the buttons and keep them."""
        for word in words:
            self.page.locator("main").get_by_label(word, exact=True).check()
        self.page.get_by_role("button", name="この見えかたにする").click()
