"""WCAG 2.2 AA in the part of each staff screen that is ours, on a phone and on a desk. One login a role for all."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import staff_event_pages
from tests.browser.accessibility import OURS, assert_usable_at_every_width
from tests.browser.conftest import KeepPage
from tests.browser.logins import ADMINISTRATOR, STAFF, LogIn
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import DESKTOP
from tests.browser.staff_pages import OF_ADMINISTRATOR, OF_ROWS, OF_STAFF, ROWS

Places = dict[str, str]


@pytest.fixture(scope="module")
def rows(site_url: str, site_shell: SiteShell) -> Places:
    """Name of a screen about one row → its address."""
    found: Places = json.loads(site_shell(ROWS))
    return found


@pytest.fixture(scope="module")
def event_places(site_url: str, site_shell: SiteShell) -> Places:
    """What stands in braces in the addresses of screens of events."""
    found: Places = json.loads(site_shell(staff_event_pages.PLACES))
    return found


@pytest.fixture(scope="module")
def staff(keep_page: KeepPage, log_in: LogIn) -> Iterator[Page]:
    with keep_page() as page:
        yield log_in(page, STAFF)


@pytest.fixture(scope="module")
def administrator(keep_page: KeepPage, log_in: LogIn) -> Iterator[Page]:
    with keep_page() as page:
        yield log_in(page, ADMINISTRATOR)


def check(page: Page, path: str, context: dict[str, list[str]] | None = OURS) -> None:
    """Open it once; look at it as wide as a desk, then narrower."""
    page.set_viewport_size(DESKTOP)
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, f"{path}: {answer.status}"
    assert page.url.endswith(path) or "%" in page.url, f"{path} leads to {page.url}"
    assert_usable_at_every_width(page, context)


@pytest.mark.parametrize("screen", OF_STAFF)
def test_screen_of_staff_is_accessible(staff: Page, screen: str) -> None:
    check(staff, OF_STAFF[screen])


@pytest.mark.parametrize("screen", OF_ROWS)
def test_screen_about_one_row_is_accessible(staff: Page, rows: Places, screen: str) -> None:
    check(staff, rows[screen])


@pytest.mark.parametrize("screen", staff_event_pages.PAGES)
def test_screen_of_events_is_accessible(staff: Page, event_places: Places, screen: str) -> None:
    context = None if screen in staff_event_pages.WHOLE else OURS
    check(staff, staff_event_pages.PAGES[screen].format(**event_places), context)


@pytest.mark.parametrize("screen", OF_ADMINISTRATOR)
def test_screen_of_administrators_is_accessible(administrator: Page, screen: str) -> None:
    check(administrator, OF_ADMINISTRATOR[screen])
