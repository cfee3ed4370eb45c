"""The account pages as a person uses them, and the mail they wait for."""

from __future__ import annotations

import email
import email.policy
import re
import sqlite3
import time
from pathlib import Path

from playwright.sync_api import Page, expect

_CODE = re.compile(r"^\s+(\d{6})\s*$", re.MULTILINE)
_LINK = re.compile(r"https?://[^/\s]+(/\S+)")
_NEWEST = "SELECT content FROM mailing_outgoingmail WHERE recipients LIKE ? AND content IS NOT NULL ORDER BY id DESC"


def code_mailed_to(address: str, var: Path) -> str:
    """The code in the newest mail that waits for `address` in the prepared site's outbox."""
    return _found(_CODE, address, var)


def link_mailed_to(address: str, var: Path) -> str:
    """Where the first link of that mail leads: a path."""
    return _found(_LINK, address, var)


def _found(what: re.Pattern[str], address: str, var: Path) -> str:
    connection = sqlite3.connect(var / "tsunagu.sqlite3", timeout=20)
    try:
        (content,) = connection.execute(_NEWEST, (f"%{address}%",)).fetchone()
    finally:
        connection.close()
    text = email.message_from_bytes(content, policy=email.policy.default).get_content()
    found = what.search(text)
    assert found, text
    return found[1]


class AccountScreen:
    """Signing up, logging in and out."""

    def __init__(self, page: Page, var: Path) -> None:
        self.page = page
        self.var = var

    def sign_up(self, address: str, name: str = "") -> None:
        self.page.goto("/account/signup/")
        self.page.get_by_label("メールアドレス").fill(address)
        self.page.get_by_label("お名前").fill(name)
        self.page.get_by_role("button", name="確認の番号を受け取る").click()
        self.type_code(address)

    def log_in_by_code(self, address: str) -> None:
        self.page.goto("/login/")
        self.page.get_by_label("メールアドレス").fill(address)
        self.page.get_by_role("button", name="ログインへ進む").click()
        self.type_code(address)

    def type_code(self, address: str) -> None:
        expect(self.page.get_by_text("6けたの番号を書いたメールを送りました")).to_be_visible()
        self.page.get_by_label("6けたの番号").fill(code_mailed_to(address, self.var))
        self.page.get_by_role("button", name="確かめる").click()

    def log_out(self) -> None:
        self.page.context.clear_cookies()

    def expect_in(self) -> None:
        """Whoever is logged in may open the settings of the account."""
        self.page.goto("/account/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("アカウントの設定")


def new_address(kind: str) -> str:
    """An address nobody has on this site yet."""
    return f"{kind}-{time.monotonic_ns()}@example.jp"
