"""A resident on a phone: finds, follows, keeps, saves, says where they live, takes the data along and leaves. No script needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import (
    assert_accessible,
    assert_no_sideways_scrolling,
    assert_usable_at_every_width,
)
from tests.browser.logins import RESIDENT, LogIn, prove_again
from tests.browser.screens.account import AccountScreen, new_address
from tests.browser.sizes import DESKTOP

DISTRICT = "/areas/setagaya/karasuyama/kamisoshigaya/"
QUESTION = "/find/?q=体操"
#: Pages of a resident.
PAGES = (
    "/mypage/",
    "/mypage/home/",
    "/mypage/home/?welcome=1",
    "/mypage/settings/",
    "/mypage/kinds/",
    "/mypage/favourites/",
    "/mypage/data/",
    "/mypage/delete/",
    DISTRICT,
    QUESTION,
)


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_pages_of_a_resident_are_accessible_in_other_colours(
    phone: Page, site_url: str, log_in: LogIn, theme: str
) -> None:
    log_in(phone, RESIDENT)
    phone.context.add_cookies([{"name": "display", "value": f"100.{theme}.off", "url": site_url}])
    for path in PAGES:
        phone.goto(path)
        prove_again(phone)
        assert_accessible(phone)
        assert_no_sideways_scrolling(phone)


def test_pages_of_a_resident_are_accessible_at_every_width(desktop: Page, log_in: LogIn) -> None:
    log_in(desktop, RESIDENT)
    for path in PAGES:
        desktop.set_viewport_size(DESKTOP)
        desktop.goto(path)
        prove_again(desktop)
        assert_usable_at_every_width(desktop)


def test_a_life_with_the_site_without_script(without_script: Page, site_var: Path) -> None:
    page, address = without_script, new_address("resident")
    page.goto(DISTRICT)
    page.get_by_role("button", name="わたしの地区に加える").click()
    expect(page.get_by_text("ログインすると、続きをします")).to_be_visible()
    screen = AccountScreen(page, site_var)
    screen.sign_up(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("お住まいの地区")
    page.get_by_role("link", name="あとで登録する").click()
    expect(page.get_by_role("heading", name="わたしの地区")).to_be_visible()
    page.goto(DISTRICT)
    expect(page.get_by_role("button", name="わたしの地区から外す")).to_be_visible()

    page.goto(QUESTION)
    page.get_by_role("button", name="お気に入りに入れる").first.click()
    expect(page.get_by_text("お気に入りに入れました")).to_be_visible()
    expect(page.get_by_role("button", name="お気に入りから外す")).to_have_count(1)
    page.get_by_role("button", name="この条件を保存する").click()
    expect(page.get_by_text("条件を保存しました")).to_be_visible()

    page.goto("/mypage/home/")
    page.get_by_label("郵便番号か住所").fill("南烏山6丁目")
    page.get_by_role("button", name="地区をさがす").click()
    page.get_by_role("button", name="烏山地区にする").click()
    mine = page.locator("main")
    for words in ("お住まいの地区を烏山地区にしました", "上祖師谷地区", "「体操」"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(mine.get_by_role("button", name="お気に入りから外す")).to_have_count(1)

    page.get_by_role("link", name="アカウントを削除する").click()
    page.get_by_role("button", name="アカウントを削除する").click()
    expect(page.get_by_role("alert")).to_contain_text("「削除」と入力してください")
    assert_no_sideways_scrolling(page)
    page.get_by_label("確認のことば").fill("削除")
    page.get_by_role("button", name="アカウントを削除する").click()
    expect(page.get_by_text("アカウントを削除しました")).to_be_visible()
    page.goto("/mypage/")
    expect(page).to_have_url(re.compile(r"/login/\?next=/mypage/"))


def test_the_header_knows_who_is_there(desktop: Page, log_in: LogIn) -> None:
    desktop.goto("/districts/")
    expect(desktop.locator("header").get_by_role("link", name="ログイン", exact=True)).to_be_visible()
    log_in(desktop, RESIDENT).reload()
    expect(desktop.locator("header").get_by_role("link", name="マイページ")).to_be_visible()
