"""The find page: the box, what was understood, the filters, the hits."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class FindScreen:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, query: str = "") -> FindScreen:
        """Come by an address, as from a link somebody sent: `open("q=体操&free=1")`."""
        self.page.goto(f"/find/?{query}" if query else "/find/")
        return self

    @property
    def box(self) -> Locator:
        return self.page.locator("main input[type=search]").first

    def ask(self, words: str) -> None:
        """Type into the box and press さがす."""
        self.box.fill(words)
        self.page.locator("main").get_by_role("button", name="さがす", exact=True).first.click()
        self.page.wait_for_load_state()

    def open_sheet(self) -> None:
        """しぼりこむ of a phone."""
        self.page.locator("#find-filters > summary").click()

    @property
    def hits(self) -> Locator:
        return self.page.locator("main article.card")

    def open_first(self) -> str:
        """Follow the first hit; returns its name as the list showed it."""
        link = self.hits.first.get_by_role("link").first
        name = link.inner_text()
        link.click()
        self.page.wait_for_load_state()
        return name
