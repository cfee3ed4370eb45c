"""Text size, colours and furigana stay chosen from page to page, with and without script."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.screens.display import DisplayScreen
from tests.browser.screens.frame import Frame


def test_larger_text_stays_on_the_next_page(desktop: Page) -> None:
    desktop.goto("/")
    Frame(desktop).enlarge_text()
    expect(Frame(desktop).html).to_have_attribute("data-size", "125")
    desktop.goto("/display/")
    expect(Frame(desktop).html).to_have_attribute("data-size", "125")


def test_settings_work_without_script(without_script: Page) -> None:
    DisplayScreen(without_script).open().choose("特大", "青地に黄色", "つける")
    html = Frame(without_script).html
    expect(html).to_have_attribute("data-size", "150")
    expect(html).to_have_attribute("data-theme", "contrast")
    expect(html).to_have_attribute("data-ruby", "on")
    assert without_script.locator("main ruby rt").count() > 0


def test_furigana_button_adds_and_removes_readings(phone: Page) -> None:
    phone.goto("/display/")
    assert phone.locator("main ruby").count() == 0
    Frame(phone).toggle_ruby()
    expect(phone.locator("main ruby rt").first).to_be_visible()
    Frame(phone).toggle_ruby()
    expect(phone.locator("main ruby")).to_have_count(0)


def test_phone_menu_opens_without_script(without_script: Page) -> None:
    without_script.goto("/")
    frame = Frame(without_script)
    expect(frame.menu_link("さがす")).not_to_be_visible()
    frame.open_menu()
    frame.menu_link("さがす").click()
    expect(without_script).to_have_url(re.compile("/find/"))
