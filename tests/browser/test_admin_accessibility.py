"""WCAG 2.2 AA in the part of each staff screen that is ours, on a phone and on a desk. One login a role for all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.site_server import manage
from tests.browser.accessibility import assert_no_sideways_scrolling, assert_ours_is_accessible
from tests.browser.conftest import DESKTOP, PHONE, listen
from tests.browser.staff_pages import (
    ADMINISTRATOR,
    OF_ADMINISTRATOR,
    OF_ROWS,
    OF_STAFF,
    ROWS,
    STAFF,
    log_in,
)


def logged_in(browser: Browser, site_url: str, address: str, complaints: list[str]) -> Page:
    """A page in a context of its own that lives as long as this file."""
    page = browser.new_context(base_url=site_url, locale="ja-JP", viewport=DESKTOP).new_page()
    page.set_default_timeout(30_000)
    listen(page, site_url, complaints)
    return log_in(page, address)


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    return []


@pytest.fixture(scope="module")
def rows(site_url: str, site_var: Path) -> dict[str, str]:
    """Name of a screen about one row → its address."""
    found: dict[str, str] = json.loads(manage(site_var, "shell", "-c", ROWS).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def staff(browser: Browser, site_url: str, complaints: list[str]) -> Iterator[Page]:
    page = logged_in(browser, site_url, STAFF, complaints)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def administrator(browser: Browser, site_url: str, complaints: list[str]) -> Iterator[Page]:
    page = logged_in(browser, site_url, ADMINISTRATOR, complaints)
    yield page
    page.context.close()


def check(page: Page, path: str, complaints: list[str]) -> None:
    """Open it once; look at it as wide as a desk, then as narrow as a phone."""
    complaints.clear()
    page.set_viewport_size(DESKTOP)
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, f"{path}: {answer.status}"
    assert page.url.endswith(path) or "%" in page.url, f"{path} leads to {page.url}"
    assert_ours_is_accessible(page)
    page.set_viewport_size(PHONE)
    assert_ours_is_accessible(page)
    assert_no_sideways_scrolling(page)
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.mark.parametrize("screen", OF_STAFF)
def test_screen_of_staff_is_accessible(staff: Page, screen: str, complaints: list[str]) -> None:
    check(staff, OF_STAFF[screen], complaints)


@pytest.mark.parametrize("screen", OF_ROWS)
def test_screen_about_one_row_is_accessible(
    staff: Page, rows: dict[str, str], screen: str, complaints: list[str]
) -> None:
    check(staff, rows[screen], complaints)


@pytest.mark.parametrize("screen", OF_ADMINISTRATOR)
def test_screen_of_administrators_is_accessible(
    administrator: Page, screen: str, complaints: list[str]
) -> None:
    check(administrator, OF_ADMINISTRATOR[screen], complaints)
