"""The kinds of public pages, each with an address that exists in the demo content or a way to one."""

from __future__ import annotations

from playwright.sync_api import Page

#: Name → address.
FIXED = {
    "home": "/",
    "find": "/find/",
    "found": "/find/?q=体操",
    "nothing found": "/find/?q=ぬるぽがっ",
    "districts": "/districts/",
    "district": "/areas/setagaya/karasuyama/karasuyama/",
    "area": "/areas/setagaya/karasuyama/",
    "desk": "/desk/?q=南烏山6丁目",
    "desk candidates": "/desk/?q=池尻4丁目",
    "display": "/display/",
    "login": "/login/",
    "not found": "/r/ZZZZZZ/",
}

#: Name → (page to start from, link to follow).
FOLLOWED = {
    "entry": ("/find/", "main article.card a[href^='/r/']"),
}

KINDS = [*FIXED, *FOLLOWED]


def visit(page: Page, kind: str) -> None:
    """Go to a page of that kind and wait until it stands still."""
    if kind in FIXED:
        page.goto(FIXED[kind])
    else:
        start, link = FOLLOWED[kind]
        page.goto(start)
        page.goto(page.locator(link).first.get_attribute("href") or "")
    page.wait_for_load_state("networkidle")
