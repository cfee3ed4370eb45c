"""From the list to an entry, and on to paper, calendar, map and 「間違いを知らせる」, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.conftest import OpenPage
from tests.browser.screens.entry import EntryScreen


@pytest.mark.parametrize("word", ["印刷する", "読み上げ用", "この情報の間違いを知らせる"])
def test_pages_beside_an_entry_are_accessible(phone: Page, word: str) -> None:
    EntryScreen(phone).open_some().follow(word)
    assert_accessible(phone)
    assert_no_sideways_scrolling(phone)


def test_a_phone_keeps_calling_at_hand(phone: Page) -> None:
    EntryScreen(phone).open_some()
    bar = phone.locator(".action-bar")
    expect(bar).to_be_in_viewport()
    for link in bar.get_by_role("link").all():
        assert re.match(r"tel:\d+|https://www\.openstreetmap\.org/", link.get_attribute("href") or "")


def test_the_month_turns_without_script(without_script: Page) -> None:
    entry = EntryScreen(without_script).open_some()
    before = entry.month.inner_text()
    without_script.locator(".month__turn a").last.click()
    expect(entry.month).not_to_have_text(before)


def test_everything_is_there_without_script(without_script: Page) -> None:
    EntryScreen(without_script).open_some()
    expect(without_script.locator("dl.facts")).to_be_visible()
    expect(without_script.locator("[data-map-open]")).to_be_hidden()
    without_script.get_by_text("送る", exact=True).click()
    expect(without_script.get_by_role("link", name="メールで送る")).to_be_visible()
    expect(without_script.get_by_text("アドレスをコピー")).to_be_hidden()


def test_the_map_is_fetched_when_it_is_opened(open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    EntryScreen(page).open_some()
    assert not [url for url in asked if "leaflet" in url]
    _tiles_come_from_here(page)
    page.get_by_role("button", name="地図を開く").click()
    expect(page.locator(".leaflet-marker-icon, .leaflet-interactive, path").first).to_be_attached()
    expect(page.get_by_role("link", name="地理院タイル")).to_be_visible()


def test_a_mistake_is_reported_without_script(without_script: Page) -> None:
    entry = EntryScreen(without_script).open_some()
    entry.follow("この情報の間違いを知らせる")
    without_script.get_by_role("button", name="送る").click()
    expect(without_script.locator("#form-errors")).to_be_visible()
    without_script.get_by_label("日時").check()
    without_script.get_by_label("どのように違いますか").fill("木曜日です。")
    without_script.get_by_role("button", name="送る").click()
    # Faster than anybody reads: the form asks to be sent again and keeps what was typed.
    while without_script.locator("#form-errors").is_visible():
        expect(without_script.get_by_label("どのように違いますか")).to_have_value("木曜日です。")
        without_script.get_by_role("button", name="送る").click()
        without_script.wait_for_load_state()
    expect(without_script.locator(".receipt")).to_contain_text("受付番号")


def test_a_sheet_fits_on_one_page(desktop: Page) -> None:
    EntryScreen(desktop).open_some().follow("印刷する")
    pdf = desktop.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def _tiles_come_from_here(page: Page) -> None:
    """Point the map at this site, where no tile is: the browser asks no other host."""
    page.evaluate("document.querySelector('[data-map]').dataset.tiles = '/static/img/mark.svg?{z}{x}{y}'")
