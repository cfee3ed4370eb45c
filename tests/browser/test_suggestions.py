"""What is offered while somebody types: by keyboard, by finger, for readers, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.conftest import OpenPage
from tests.browser.screens.find import FindScreen
from tests.browser.sizes import NARROW

WAIT = 15_000  # the first question of a process makes the words ready


def typed(page: Page, text: str) -> Locator:
    """Type into the box of the page at hand; the list that opens."""
    box = FindScreen(page).box
    box.fill("")
    box.press_sequentially(text)
    options = page.get_by_role("listbox", name="入力の候補").get_by_role("option")
    expect(options.first).to_be_visible(timeout=WAIT)
    return options


@pytest.mark.parametrize("address", ["/", "/find/?q=体操"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_list_is_accessible_large_enough_and_fits(
    request: pytest.FixtureRequest, size: str, address: str
) -> None:
    page = request.getfixturevalue(size)
    page.goto(address)
    options = typed(page, "からす")
    expect(options.first).to_contain_text("烏山")
    assert 1 <= options.count() <= 10
    assert all(options.nth(n).bounding_box()["height"] >= 44 for n in range(options.count()))
    expect(page.get_by_role("status").filter(has_text="候補が")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert_accessible(page)
    assert_no_sideways_scrolling(page)


def test_place_is_chosen_by_keyboard_and_searched_for(desktop: Page) -> None:
    desktop.goto("/")
    typed(desktop, "からす")
    box = FindScreen(desktop).box
    expect(box).to_have_attribute("aria-expanded", "true")
    desktop.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(re.compile(r"/find/\?q="))
    expect(FindScreen(desktop).box).to_have_value(re.compile("烏山"))


def test_enter_with_nothing_chosen_searches_for_what_was_typed(desktop: Page) -> None:
    desktop.goto("/")
    typed(desktop, "たいそ")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(re.compile(r"/find/\?q="))
    expect(FindScreen(desktop).box).to_have_value("たいそ")


def test_escape_and_tab_close_the_list_and_keep_what_was_typed(desktop: Page) -> None:
    FindScreen(desktop).open()
    for key in ("Escape", "Tab"):
        options = typed(desktop, "からす")
        desktop.keyboard.press(key)
        expect(options.first).to_be_hidden()
        expect(FindScreen(desktop).box).to_have_value("からす")
    expect(desktop.locator("#search-button")).to_be_focused()


def test_name_leads_to_its_entry_by_finger(phone: Page) -> None:
    find = FindScreen(phone).open("q=体操")
    name = find.hits.first.get_by_role("link").first.inner_text()
    options = typed(phone, name)
    title = options.filter(has_text="ページへ").first
    title.tap()
    phone.wait_for_url(re.compile(r"/[ro]/"))


def test_keys_belong_to_the_input_method_while_it_converts(desktop: Page) -> None:
    desktop.goto("/")
    typed(desktop, "からす")
    box = FindScreen(desktop).box
    box.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_list_reflows_at_320_px_and_shows_the_choice_in_forced_colours(open_page: OpenPage) -> None:
    page = open_page(viewport=NARROW, forced_colors="active")
    page.goto("/")
    typed(page, "こども")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".suggest__item[aria-selected=true]")
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert_no_sideways_scrolling(page)


def test_without_script_the_box_is_a_plain_search(without_script: Page) -> None:
    without_script.goto("/")
    find = FindScreen(without_script)
    assert find.box.get_attribute("role") is None
    find.ask("体操")
    assert find.hits.count() > 0
