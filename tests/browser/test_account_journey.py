"""Signing up and logging in on a phone: by mailed code, by passkey, with an authenticator app; by keyboard, without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.browser.accessibility import (
    assert_accessible,
    assert_no_sideways_scrolling,
    assert_usable_at_every_width,
)
from tests.browser.conftest import OpenPage
from tests.browser.screens.account import AccountScreen, code_mailed_to, new_address
from tests.browser.sizes import DESKTOP, PHONE

#: Pages of somebody logged in.
PAGES = (
    "/account/",
    "/account/email/",
    "/account/password/set/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/logout/",
)


@pytest.fixture
def secure_phone(open_page: OpenPage, site_url: str) -> Page:
    """Browsers offer passkeys at names, not at bare IP addresses."""
    return open_page(
        viewport=PHONE, has_touch=True, is_mobile=True, base_url=site_url.replace("127.0.0.1", "localhost")
    )


def app_code(secret: str, steps: int = 0) -> str:
    counter = next(totp.yield_hotp_counters_from_time()) + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_signing_up_and_every_account_page_is_accessible(phone: Page, site_var: Path) -> None:
    screen, address = AccountScreen(phone, site_var), new_address("phone")
    screen.sign_up(address, "はな")
    for path in PAGES:
        phone.set_viewport_size(DESKTOP)
        phone.goto(path)
        assert_usable_at_every_width(phone)
    screen.log_out()
    screen.log_in_by_code(address)
    screen.expect_in()


def test_the_page_that_waits_for_a_code_is_accessible_also_after_a_mistake(
    phone: Page, site_var: Path
) -> None:
    phone.goto("/login/")
    phone.get_by_label("メールアドレス").fill("resident@example.jp")
    phone.get_by_role("button", name="ログインへ進む").click()
    phone.get_by_label("6けたの番号").fill("あいう")
    phone.get_by_role("button", name="確かめる").click()
    phone.get_by_text("メールが届かないとき").click()
    expect(phone.get_by_text("ドメイン指定受信")).to_be_visible()
    assert_accessible(phone)
    assert_no_sideways_scrolling(phone)


def test_logging_in_by_code_needs_no_script(without_script: Page, site_var: Path) -> None:
    screen, address = AccountScreen(without_script, site_var), new_address("noscript")
    screen.sign_up(address)
    screen.log_out()
    screen.log_in_by_code(address)
    screen.expect_in()
    expect(without_script.get_by_role("button", name="パスキーでログインする")).to_have_count(0)


def test_signing_up_by_keyboard_only(desktop: Page, site_var: Path) -> None:
    address = new_address("keys")
    desktop.goto("/account/signup/")
    desktop.get_by_label("メールアドレス").focus()
    desktop.keyboard.type(address)
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("6けたの番号を書いたメールを送りました")).to_be_visible()
    for _press in range(40):
        desktop.keyboard.press("Tab")
        if desktop.evaluate("document.activeElement.name") == "code":
            break
    desktop.keyboard.type(code_mailed_to(address, site_var))
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/mypage/**")


def test_a_passkey_is_added_and_then_is_enough(secure_phone: Page, site_var: Path) -> None:
    page = secure_phone
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    screen = AccountScreen(page, site_var)
    screen.sign_up(new_address("passkey"))
    page.goto("/account/2fa/")
    page.get_by_role("link", name="パスキーを加える").click()
    page.get_by_label("名前").fill("わたしのスマートフォン")
    page.get_by_role("button", name="この端末のパスキーを作る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("予備の番号")
    assert_accessible(page)
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="わたしのスマートフォン")).to_be_visible()
    screen.log_out()
    page.goto("/login/?next=/account/email/")
    page.get_by_role("button", name="パスキーでログインする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("メールアドレスを変える")


def test_a_refused_passkey_says_what_else_can_be_done(secure_phone: Page) -> None:
    secure_phone.goto("/login/")
    # Nobody holds a key here: the browser refuses.
    secure_phone.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    secure_phone.get_by_role("button", name="パスキーでログインする").click()
    expect(secure_phone.get_by_text("パスキーを使えませんでした")).to_be_visible()
    assert_accessible(secure_phone)


def test_an_authenticator_app_is_added_and_asked_for(phone: Page, site_var: Path) -> None:
    screen, address = AccountScreen(phone, site_var), new_address("app")
    screen.sign_up(address)
    phone.goto("/account/2fa/totp/activate/")
    secret = phone.locator("main code").inner_text()
    phone.get_by_label("アプリに出た6けたの番号").fill(app_code(secret))
    phone.get_by_role("button", name="認証アプリを使いはじめる").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("予備の番号")
    screen.log_out()
    screen.log_in_by_code(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("もう一つの確認")
    assert_accessible(phone)
    phone.get_by_label("認証アプリの番号").fill(app_code(secret, 1))
    phone.get_by_role("button", name="確かめる", exact=True).click()
    screen.expect_in()
