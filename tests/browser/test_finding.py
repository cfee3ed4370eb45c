"""Someone looks for a place nearby, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.screens.entry import MistakeScreen
from tests.browser.screens.find import FindScreen
from tests.browser.screens.frame import Frame


@pytest.fixture(params=["phone", "without_script", "desktop"])
def visitor(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def test_visitor_finds_an_entry_from_the_home_page(visitor: Page) -> None:
    visitor.goto("/")
    find = FindScreen(visitor)
    find.ask("体操")
    assert "/find/" in visitor.url
    assert find.hits.count() > 0
    expect(find.box).to_have_value("体操")
    name = find.open_first()
    assert "/r/" in visitor.url
    expect(Frame(visitor).heading).to_contain_text(name)


def test_address_of_a_question_can_be_sent_to_someone(desktop: Page, phone: Page) -> None:
    find = FindScreen(desktop).open()
    find.ask("サロン")
    other = FindScreen(phone)
    phone.goto(desktop.url)
    expect(other.box).to_have_value("サロン")
    assert other.hits.first.inner_text() == find.hits.first.inner_text()


def test_question_without_an_answer_says_so_and_leads_on(visitor: Page) -> None:
    find = FindScreen(visitor).open()
    find.ask("ぬるぽがっ")
    expect(Frame(visitor).heading).to_be_visible()
    expect(Frame(visitor).main).to_contain_text("見つかりません")
    expect(find.box).to_have_value("ぬるぽがっ")


def test_position_is_asked_for_on_the_first_page_when_it_is_pressed(open_page: OpenPage) -> None:
    page = open_page(geolocation={"latitude": 35.668, "longitude": 139.6}, permissions=["geolocation"])
    page.goto("/")
    page.get_by_role("link", name="いまいる場所の近く").click()
    page.wait_for_url("**/find/?near=**")
    expect(page.locator(".card__distance").first).to_be_visible()


def test_without_script_the_first_page_leads_to_an_address_form(without_script: Page) -> None:
    without_script.goto("/")
    without_script.get_by_role("link", name="いまいる場所の近く").click()
    without_script.get_by_label("住所か郵便番号").fill("世田谷区南烏山6-1-1")
    without_script.get_by_role("button", name="近くをさがす").click()
    expect(without_script.locator(".card__distance").first).to_be_visible()


def test_date_ticks_its_own_choice(desktop: Page) -> None:
    FindScreen(desktop).open()
    day = desktop.get_by_label("さがす日")
    day.fill(day.get_attribute("max") or "")
    expect(desktop.locator("#f-open-day")).to_be_checked()


def test_desk_is_found_without_script(without_script: Page) -> None:
    without_script.goto("/")
    without_script.locator("#desk").fill("157-0062")
    without_script.get_by_role("button", name="窓口を見る").click()
    expect(without_script.locator("main a[href^='tel:']").first).to_be_visible()


def test_whole_way_without_script(without_script: Page) -> None:
    """Find, narrow down, open an entry, report a mistake, be thanked."""
    page = without_script
    find = FindScreen(page).open()
    find.ask("体操")
    find.open_sheet()
    page.locator("#f-weekday-workdays").check()
    page.locator(".sheet__foot button").click()
    page.wait_for_url("**weekday=workdays**")
    find.open_first()
    page.get_by_role("link", name="この情報の間違いを知らせる").click()
    mistake = MistakeScreen(page)
    mistake.report("木曜日です。")
    expect(mistake.receipt).to_contain_text("受付番号")
