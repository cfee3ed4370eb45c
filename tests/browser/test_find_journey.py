"""Narrowing down what was found: by ticks with script, by the same form without, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import (
    assert_accessible,
    assert_no_sideways_scrolling,
    assert_usable_at_every_width,
)
from tests.browser.screens.find import FindScreen
from tests.browser.sizes import NARROW


def heading(page: Page):
    return page.locator("#found-heading")


def number_found(page: Page) -> int:
    digits = re.sub(r"\D", "", heading(page).inner_text())
    return int(digits or 0)


def test_tick_answers_at_once_and_keeps_focus_and_address(desktop: Page) -> None:
    FindScreen(desktop).open()
    before = number_found(desktop)
    box = desktop.locator("#f-weekday-sun")
    expected = int(box.locator("xpath=..").locator(".check__count").inner_text().removesuffix("件"))
    box.check()
    expect(heading(desktop)).not_to_have_text(f"{before}件見つかりました")
    assert number_found(desktop) == expected
    expect(desktop).to_have_url(re.compile(r"/find/\?weekday=sun$"))
    expect(desktop.locator("#find-status")).to_have_text(heading(desktop).inner_text())
    expect(desktop.locator("#f-weekday-sun")).to_be_focused()
    expect(desktop).to_have_title(re.compile("日曜日をさがす"))
    desktop.go_back()
    expect(heading(desktop)).to_have_text(f"{before}件見つかりました")


def test_word_and_tick_agree(desktop: Page) -> None:
    find = FindScreen(desktop).open("q=日曜")
    expect(desktop.locator("#f-weekday-sun")).to_be_checked()
    desktop.locator("#f-weekday-sat").check()
    expect(find.box).to_have_value("")
    expect(desktop).to_have_url(re.compile(r"/find/\?weekday=sun&weekday=sat$"))
    desktop.locator("#f-weekday-sun").uncheck()
    expect(desktop).to_have_url(re.compile(r"/find/\?weekday=sat$"))


def test_sheet_on_a_phone_stays_open_while_ticking(phone: Page) -> None:
    FindScreen(phone).open()
    phone.get_by_text("しぼりこむ").first.click()
    phone.locator("#f-weekday-sun").check()
    foot = phone.locator(".sheet__foot button")
    expect(phone).to_have_url(re.compile("weekday=sun"))
    expect(foot).to_be_visible()
    expect(foot).to_have_text(f"{number_found(phone)}件を見る")
    foot.click()
    expect(foot).to_be_hidden()
    expect(phone.locator(".sheet__count")).to_have_text("(1)")


def test_filters_work_without_script(without_script: Page) -> None:
    page = without_script
    FindScreen(page).open("q=体操")
    page.get_by_text("しぼりこむ").first.click()
    page.locator("#f-weekday-workdays").check()
    page.locator(".sheet__foot button").click()
    page.wait_for_load_state()
    assert re.search(r"/find/\?q=[^&]+&weekday=workdays$", page.url)
    expect(page.locator("#map-button")).to_be_hidden()
    page.locator(".chip").first.click()
    page.wait_for_load_state()
    assert "weekday" not in page.url


def test_filters_work_by_keyboard(desktop: Page) -> None:
    FindScreen(desktop).open()
    desktop.locator("#f-weekday-sun").focus()
    desktop.keyboard.press("Space")
    expect(desktop).to_have_url(re.compile("weekday=sun"))
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#f-weekday-sat")).to_be_focused()


def test_position_is_asked_for_only_when_pressed_and_rounded(open_page: Callable[..., Page]) -> None:
    page = open_page(
        geolocation={"latitude": 35.668123, "longitude": 139.600456}, permissions=["geolocation"]
    )
    FindScreen(page).open("weekday=sun")
    assert "near" not in page.url
    page.get_by_role("link", name="いまいる場所の近く").click()
    page.wait_for_url("**near=**")
    assert "139.600456" not in page.url
    assert re.search(r"near=35\.668(,|%2C)139\.600", page.url)
    assert "weekday=sun" in page.url
    expect(page.locator(".card__distance").first).to_be_visible()


def test_refused_position_leads_to_an_address_to_type(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=[])
    FindScreen(page).open()
    page.get_by_role("link", name="いまいる場所の近く").click()
    page.wait_for_url("**/find/near/**")
    page.get_by_label("住所か郵便番号").fill("世田谷区南烏山六丁目")
    page.get_by_role("button", name="近くをさがす").click()
    page.wait_for_url(re.compile(r"/find/"))


@pytest.mark.parametrize(
    "state",
    [
        "",
        "q=からすやま サロン 日曜",
        "weekday=sun&area=setagaya/karasuyama",
        "q=ぬるぽがっ",
        "page=0",
        "near=35.668,139.6&radius=800",
    ],
)
def test_every_state_is_accessible_and_fits(desktop: Page, state: str) -> None:
    FindScreen(desktop).open(state)
    assert_usable_at_every_width(desktop)


def test_open_sheet_is_accessible_and_reflows_at_320_px(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=NARROW)
    FindScreen(page).open("q=からすやま 日曜")
    page.get_by_text("しぼりこむ").first.click()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
