"""A group registers from a phone: with a script, without one, and with the keyboard alone."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.screens.join import JoinScreen
from tests.browser.site_shell import SiteShell

ENOUGH = 60

#: A group that is here already, and the name of its district.
KNOWN = """
import json
from directory.models import Organization
group = Organization.objects.published().filter(areas__kind="district").exclude(kana="").order_by("pk").first()
print(json.dumps([group.name, group.kana, group.code, group.areas.first().name]))
"""


@pytest.fixture
def known(site_url: str, site_shell: SiteShell) -> list[str]:
    """Name, reading, code and district of a group everybody sees."""
    found: list[str] = json.loads(site_shell(KNOWN))
    return found


def test_a_group_registers_on_a_phone(phone: Page) -> None:
    _register(phone, "たけうまの会")


def test_a_group_registers_without_a_script(without_script: Page) -> None:
    _register(without_script, "しずかな会")


def _register(page: Page, name: str) -> None:
    screen = JoinScreen(page)
    page.goto("/")
    page.get_by_role("link", name="団体を登録する").click()
    screen.begin().say_who(name).say_what().say_how_to_reach()
    expect(page.get_by_role("heading", level=1)).to_have_text("内容を確かめてください")
    expect(page.get_by_text("第2・第4木曜日 13:30〜15:30").first).to_be_visible()
    assert_no_sideways_scrolling(page)
    screen.press("この内容で送る")
    number = screen.receipt.inner_text()
    assert len(number) == 8
    # Going back and sending once more shows the same number.
    page.go_back()
    page.reload()
    expect(screen.receipt).to_have_text(number)


def test_an_answer_changed_at_the_last_look_leads_back_to_it(phone: Page) -> None:
    screen = JoinScreen(phone).begin().say_who("なおす会").say_what().say_how_to_reach()
    phone.get_by_role("link", name=re.compile("直す.*団体のこと")).click()
    phone.get_by_label("団体の名前").fill("なおした会")
    screen.press("内容を確かめる")
    expect(phone.get_by_text("なおした会")).to_be_visible()
    expect(phone.get_by_role("button", name="この内容で送る")).to_be_visible()


def test_a_wrong_step_says_what_is_missing_and_keeps_what_was_typed(phone: Page) -> None:
    screen = JoinScreen(phone).begin()
    phone.get_by_label("団体の名前").fill("たりない会")
    screen.press("次へ")
    expect(screen.errors).to_be_focused()
    screen.errors.get_by_role("link", name="ふりがな").click()
    expect(phone.get_by_label("ふりがな")).to_be_focused()
    expect(phone.get_by_label("団体の名前")).to_have_value("たりない会")


def test_a_group_registers_by_keyboard(desktop: Page) -> None:
    page = desktop
    JoinScreen(page).begin()
    _fill_in(page, {"name": "けんばんの会", "kana": "けんばんのかい"})
    _fill_in(
        page,
        {
            "category": "ArrowDown",
            "summary": "指を動かして楽しみます。",
            "schedule": "毎週月曜 10:00〜12:00",
            "address": "南烏山6-2-19",
        },
    )
    _fill_in(page, {"representative": "見本 花子", "phone": "03-0000-0000", "consent": "Space"})
    _tab_to(page, "button.button--primary")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt b")).to_be_visible()


def _fill_in(page: Page, answers: dict[str, str]) -> None:
    """Reach each field by Tab, type or press what is a key, and press the button by Enter."""
    for name, text in answers.items():
        _tab_to(page, f"[name={name}]")
        page.keyboard.press(text) if text in ("ArrowDown", "Space") else page.keyboard.type(text)
    before = page.url
    _tab_to(page, "main form button.button--primary")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def _tab_to(page: Page, selector: str) -> None:
    for _step in range(ENOUGH):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def test_a_group_that_is_here_already_is_named_while_one_types(phone: Page, known: list[str]) -> None:
    name, _kana, code, _district = known
    JoinScreen(phone).begin()
    phone.get_by_label("団体の名前").press_sequentially(name)
    link = phone.locator("#same-hint").get_by_role("link").first
    expect(link).to_have_attribute("href", f"/o/{code}/claim/")
    assert_accessible(phone)
    assert_no_sideways_scrolling(phone)
    phone.get_by_label("団体の名前").fill("どこにもない名前の会")
    expect(phone.locator("#same-hint")).to_be_empty()


@pytest.mark.parametrize("kind", ["phone", "without_script"])
def test_enter_in_a_field_does_not_say_that_it_is_another_group(
    request: pytest.FixtureRequest, kind: str, known: list[str]
) -> None:
    page: Page = request.getfixturevalue(kind)
    name, kana, _code, district = known
    JoinScreen(page).begin()
    page.get_by_label("団体の名前").fill(name)
    page.get_by_label("ふりがな").fill(kana)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("活動の種類").select_option(label="サロン")
    page.get_by_label("どんな活動ですか").fill("お茶を飲みます。")
    page.get_by_label("いつ").first.fill("第２、第４金よう 午後１時半から３時半")
    page.get_by_label("地区").select_option(label=district)
    for _press in range(2):
        page.get_by_label("場所の名前").press("Enter")
        page.wait_for_load_state()
        expect(page.get_by_text("もう登録があります。これですか?")).to_be_visible()
    if kind == "phone":  # axe is a script itself
        assert_accessible(page)
    page.get_by_label("ちがう団体です").check()
    page.get_by_label("場所の名前").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("連絡先のこと")
