"""Pictures of the main pages into docs/images/, phone and desktop, and of the staff screens, from a fresh demo site."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.chromium import launch
from scripts.site_server import ROOT, prepare, running_site
from scripts.staff_screenshots import take_staff
from scripts.system_parts import find_chromium

FOLDER = ROOT / "docs" / "images"
WIDTHS = {"phone": 360, "desktop": 1280}

#: Name of the picture → how to get there from the home page: a path, then a selector to follow, if any.
PAGES = {
    "home": ("/", None),
    "find": ("/find/?q=体操", None),
    "entry": ("/find/?q=体操", "main article h3 a, main li h3 a, main h2 a, main h3 a"),
    "display": ("/display/", None),
}


def take(browser: Browser, url: str, folder: Path) -> None:
    """Write one PNG per page and width: the first screen and a bit, as a visitor sees it."""
    for device, width in WIDTHS.items():
        context = browser.new_context(base_url=url, viewport={"width": width, "height": width * 2 // 3 + 560})
        page = context.new_page()
        for name, (path, follow) in PAGES.items():
            page.goto(path)
            if follow and page.locator(follow).count():
                page.locator(follow).first.click()
                page.wait_for_load_state()
            page.screenshot(path=folder / f"{name}-{device}.png")
            print(folder.name, f"{name}-{device}.png", page.title())
        context.close()


def main() -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit("No Chromium: apt-get install chromium fonts-noto-cjk, or name it in CHROMIUM_PATH.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tsunagu-") as folder:
        prepare(Path(folder))
        with running_site(Path(folder)) as url, sync_playwright() as playwright:
            browser = launch(playwright.chromium, executable)
            take(browser, url, FOLDER)
            take_staff(browser, url, Path(folder), FOLDER / "handbook")
            browser.close()


if __name__ == "__main__":
    main()
