"""「団体を登録する」: the start, three steps, the last look, the number."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.screens.forms import errors_of, press_until_taken

WHAT = {
    "どんな活動ですか": "お茶を飲みながらおしゃべりする集まりです。",
    "はじまり": "13:30",
    "おわり": "15:30",
    "場所の名前": "集会所",
    "場所の住所": "南烏山6-2-19",
}


class JoinScreen:
    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def errors(self) -> Locator:
        return errors_of(self.page)

    @property
    def receipt(self) -> Locator:
        return self.page.locator(".receipt b")

    def begin(self) -> JoinScreen:
        """Press 「はじめる」; again where the form holds one who is faster than anybody reads for a machine."""
        if not self.page.url.endswith("/join/"):
            self.page.goto("/join/")
        press_until_taken(self.page, "はじめる")
        return self

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).click()
        self.page.wait_for_load_state()

    def say_who(self, name: str) -> JoinScreen:
        self.page.get_by_label("団体の名前").fill(name)
        self.page.get_by_label("ふりがな").fill("テストノカイ")
        self.press("次へ")
        return self

    def say_what(self) -> JoinScreen:
        self.page.get_by_label("活動の種類").select_option(label="サロン")
        for day in ("木", "第2", "第4"):
            self.page.get_by_label(day, exact=True).check()
        for label, text in WHAT.items():
            self.page.get_by_label(label).first.fill(text)
        self.press("次へ")
        return self

    def say_how_to_reach(self) -> JoinScreen:
        self.page.get_by_label("代表の方の氏名").fill("見本 花子")
        self.page.get_by_label("電話番号", exact=False).first.fill("03-0000-0000")
        self.page.get_by_label("確かめたうえで").check()
        self.press("内容を確かめる")
        return self
