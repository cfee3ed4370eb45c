"""WCAG 2.2 AA on the pages of answering an ask, at the widths their journey does not look at."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.accessibility import assert_usable_at_every_width
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import DESKTOP
from tests.browser.test_confirm_journey import ASKED


def test_confirmation_is_accessible(desktop: Page, site_shell: SiteShell) -> None:
    token, _code = site_shell(ASKED).split()
    for path in ("/confirm/", f"/confirm/{token}/changed/", "/confirm/chigau/", f"/confirm/{token}/"):
        desktop.set_viewport_size(DESKTOP)
        desktop.goto(path)
        assert_usable_at_every_width(desktop)
    desktop.get_by_role("button", name="変わりありません").click()
    desktop.get_by_role("heading", name="ありがとうございます").wait_for()
    desktop.set_viewport_size(DESKTOP)
    assert_usable_at_every_width(desktop)
