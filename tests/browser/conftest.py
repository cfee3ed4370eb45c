"""A real Chromium before the site as `make demo` serves it: granian, hashed static files, demo content.

The site is prepared once for the whole run, in a scratch folder; each process has a copy. Tests may add to it but not
rely on each other. A page that asks another host for something, breaks its content security policy or throws in its
script fails the test that opened it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.chromium import launch
from scripts.site_server import prepare, running_site
from scripts.system_parts import find_chromium, in_ci
from tests.browser.logins import LogIn, session_of
from tests.browser.pages import ADDRESSES, FIXED
from tests.browser.site_shell import SiteShell
from tests.browser.sizes import DESKTOP, PHONE

OpenPage = Callable[..., Page]
KeepPage = Callable[..., AbstractContextManager[Page]]
#: Milliseconds a page may take on a machine that does other things too. Nobody waits longer than it takes.
SLOW = 60_000


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
    expect.set_options(timeout=SLOW / 3)
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium, executable)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site_var(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the prepared site: its database, uploads and mails.

    Asks for the browser first: without one nothing is prepared in vain. Of several processes (`-n 2`) the first one
    prepares and each has a copy: what one changes the others do not see.
    """
    var = tmp_path_factory.mktemp("site")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        prepare(var)
        return var
    original = tmp_path_factory.getbasetemp().parent / "site"
    with original.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = original / "prepared"
        if not done.exists():
            prepare(original)
            done.touch()
    return Path(shutil.copytree(original, var, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def site_shell(site_var: Path) -> Iterator[SiteShell]:
    """`site_shell(program)` → what it printed on the prepared site."""
    shell = SiteShell(site_var)
    yield shell
    shell.close()


@pytest.fixture(scope="session")
def addresses(site_shell: SiteShell) -> dict[str, str]:
    """Kind of page → its address on the prepared site. Asked before any test changes what is there."""
    found: dict[str, str] = json.loads(site_shell(ADDRESSES))
    return FIXED | found


@pytest.fixture(scope="session")
def site_url(addresses: dict[str, str], site_var: Path) -> Iterator[str]:
    """The address of the site."""
    with running_site(site_var) as url:
        yield url


@pytest.fixture(scope="session")
def log_in(browser: Browser, site_url: str) -> LogIn:
    """`log_in(page, "staff@example.jp")` → the page, of somebody logged in. The form is filled in once a person."""
    known: dict[str, list[Any]] = {}

    def logged_in(page: Page, address: str) -> Page:
        if address not in known:
            known[address] = session_of(browser, site_url, address)
        page.context.add_cookies(known[address])
        return page

    return logged_in


@pytest.fixture
def open_page(browser: Browser, site_url: str) -> Iterator[OpenPage]:
    """`open_page(viewport=…, java_script_enabled=…, forced_colors=…)` → an empty page in a context of its own."""
    with ExitStack() as opened:
        yield lambda **options: opened.enter_context(_page(browser, site_url, options))


@pytest.fixture(scope="session")
def keep_page(browser: Browser, site_url: str) -> KeepPage:
    """`with keep_page(…) as page`: the same for several tests. A new context fetches and compiles everything anew."""
    return lambda **options: _page(browser, site_url, options)


@contextmanager
def _page(browser: Browser, site_url: str, options: dict[str, Any]) -> Iterator[Page]:
    complaints: list[str] = []
    defaults = {"base_url": site_url, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": DESKTOP}
    context = browser.new_context(**(defaults | options))
    context.set_default_timeout(SLOW)
    page = context.new_page()
    listen(page, str((defaults | options)["base_url"]), complaints)
    yield page
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
