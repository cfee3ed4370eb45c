"""A real Chromium before the site as `make demo` serves it: granian, hashed static files, demo content.

The site is prepared once for the whole run, in a scratch folder. Tests may add to it but not rely on each other.
A page that asks another host for something, breaks its content security policy or throws in its script fails the
test that opened it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.chromium import launch
from scripts.site_server import manage, prepare, running_site
from scripts.system_parts import find_chromium, in_ci
from tests.browser.pages import ADDRESSES, FIXED

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, whether or not its author remembered to say so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        message = (
            "NO CHROMIUM: install it (apt-get install chromium fonts-noto-cjk) or name it in CHROMIUM_PATH"
        )
        (pytest.fail if in_ci() else pytest.skip)(message)
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium, executable)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the prepared site: its database, uploads and mails."""
    var = tmp_path_factory.mktemp("site")
    prepare(var)
    return var


@pytest.fixture(scope="session")
def addresses(browser: Browser, site_var: Path) -> dict[str, str]:
    """Kind of page → its address on the prepared site. Asked before any test changes what is there.

    Asks for the browser first: without one nothing is prepared in vain.
    """
    found: dict[str, str] = json.loads(manage(site_var, "shell", "-c", ADDRESSES).splitlines()[-1])
    return FIXED | found


@pytest.fixture(scope="session")
def site_url(addresses: dict[str, str], site_var: Path) -> Iterator[str]:
    """The address of the site."""
    with running_site(site_var) as url:
        yield url


@pytest.fixture
def open_page(browser: Browser, site_url: str) -> Iterator[OpenPage]:
    """`open_page(viewport=…, java_script_enabled=…, forced_colors=…)` → an empty page in a context of its own."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: Any) -> Page:
        defaults = {"base_url": site_url, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": DESKTOP}
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        listen(page, str((defaults | options)["base_url"]), complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


def listen(page: Page, site_url: str, complaints: list[str]) -> None:
    """Note requests to other hosts, uncaught script errors and what the content security policy stopped."""

    def on_request(request: Any) -> None:
        if not request.url.startswith((site_url, "data:", "blob:", "about:")):
            complaints.append(f"{page.url} asked another host: {request.url}")

    def on_console(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """360 px wide, touch."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    """1280 px wide."""
    return open_page(viewport=DESKTOP)


@pytest.fixture
def without_script(open_page: OpenPage) -> Page:
    """A phone whose browser runs no script."""
    return open_page(viewport=PHONE, java_script_enabled=False)


@pytest.fixture
def forced_colours(open_page: OpenPage) -> Page:
    """The system's own high-contrast colours instead of ours."""
    return open_page(viewport=DESKTOP, forced_colors="active")
