"""The page of an entry and what hangs on it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.screens.find import FindScreen
from tests.browser.screens.forms import errors_of, press_until_taken


class EntryScreen:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open_some(self, query: str = "q=カフェ") -> EntryScreen:
        """Come from the list, as people do."""
        FindScreen(self.page).open(query).open_first()
        return self

    @property
    def name(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def month(self) -> Locator:
        return self.page.locator("table.month caption")

    def follow(self, words: str) -> None:
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()


class MistakeScreen:
    """「この情報の間違いを知らせる」."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def errors(self) -> Locator:
        return errors_of(self.page)

    @property
    def text(self) -> Locator:
        return self.page.get_by_label("どのように違いますか")

    @property
    def receipt(self) -> Locator:
        return self.page.locator(".receipt")

    def send(self) -> None:
        self.page.get_by_role("button", name="送る").click()
        self.page.wait_for_load_state()

    def report(self, text: str) -> None:
        """Say that the time is wrong. The form asks those to send it again who are faster than anybody reads."""
        self.page.get_by_label("日時").check()
        self.text.fill(text)
        press_until_taken(self.page, "送る")
