"""The demo's people, and their way in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page

from tests.factories.members import PASSWORD

STAFF, ADMINISTRATOR, CSW, VIEWER, GROUP, EDITOR, RESIDENT = (
    f"{name}@example.jp" for name in ("staff", "admin", "csw", "viewer", "group", "editor", "resident")
)
#: Gives the page somebody's session; it stays where it is.
LogIn = Callable[[Page, str], Page]


def session_of(browser: Browser, site_url: str, address: str) -> list[Any]:
    """Log in by the form; the cookies of who is in."""
    context = browser.new_context(base_url=site_url, locale="ja-JP")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("メールアドレス").fill(address)
    page.get_by_label("パスワード").first.fill(PASSWORD)
    page.get_by_role("button", name="ログインへ進む").click()
    page.wait_for_url(re.compile("/mypage/|/admin/"))
    cookies: list[Any] = context.cookies()
    context.close()
    return cookies


def prove_again(page: Page) -> None:
    """Pages behind a second proof ask whoever has a password for it."""
    if "/account/reauthenticate/" in page.url:
        page.get_by_label("パスワード").fill(PASSWORD)
        page.locator("main form button").first.click()
