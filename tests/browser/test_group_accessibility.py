"""WCAG 2.2 AA on every page of a group's desk, at every width. One login, one load each."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import assert_usable_at_every_width
from tests.browser.conftest import KeepPage
from tests.browser.group_pages import PAGES, PLACES
from tests.browser.logins import GROUP, LogIn
from tests.browser.site_shell import SiteShell


@pytest.fixture(scope="module")
def places(site_url: str, site_shell: SiteShell) -> dict[str, str]:
    """What stands in braces in the addresses."""
    found: dict[str, str] = json.loads(site_shell(PLACES))
    return found


@pytest.fixture(scope="module")
def member(keep_page: KeepPage, log_in: LogIn) -> Iterator[Page]:
    with keep_page() as page:
        yield log_in(page, GROUP)


@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_group_is_accessible(member: Page, places: dict[str, str], name: str) -> None:
    path = PAGES[name].format(**places)
    answer = member.goto(path)
    assert answer is not None
    assert answer.ok, f"{path}: {answer.status}"
    assert member.url.endswith(path)  # not the login
    assert_usable_at_every_width(member)
