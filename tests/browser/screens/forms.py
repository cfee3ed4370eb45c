"""What public forms have in common."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

#: The form holds whoever is faster than three seconds for a machine: presses, and milliseconds between them.
_MOST_PRESSES, _BETWEEN = 20, 400


def errors_of(page: Page) -> Locator:
    """What is wrong, above the form."""
    return page.locator("#form-errors")


def press_until_taken(page: Page, words: str, is_taken: Callable[[], bool] | None = None) -> None:
    """Press the button again until as much time has passed as a reader needs. Nothing typed is lost meanwhile."""
    taken = is_taken or (lambda: not errors_of(page).is_visible())
    for _press in range(_MOST_PRESSES):
        page.locator("main").get_by_role("button", name=words).click()
        page.wait_for_load_state()
        if taken():
            return
        page.wait_for_timeout(_BETWEEN)
    raise AssertionError(f"{page.url} does not take it: {page.locator('main').inner_text()[:500]}")
