"""WCAG 2.2 AA on the pages of answering an ask and of a resident, at the widths their journeys do not look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from scripts.site_server import manage
from tests.browser.test_confirm_journey import ASKED
from tests.browser.test_resident_journey import PAGES, check, log_in, prove_again


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    opened: Page = request.getfixturevalue(request.param)
    opened.set_default_timeout(30_000)
    return opened


def test_confirmation_is_accessible(page: Page, site_url: str, site_var: Path) -> None:
    token, _code = manage(site_var, "shell", "-c", ASKED).splitlines()[-1].split()
    for path in ("/confirm/", f"/confirm/{token}/", f"/confirm/{token}/changed/", "/confirm/chigau/"):
        page.goto(path)
        check(page)
    page.goto(f"/confirm/{token}/")
    page.get_by_role("button", name="変わりありません").click()
    page.wait_for_load_state()
    check(page)


def test_pages_of_a_resident_are_accessible_on_a_desktop(desktop: Page) -> None:
    log_in(desktop)
    for path in PAGES:
        desktop.goto(path)
        prove_again(desktop)
        check(desktop)
