"""Start the Chromium of the system. Nothing is downloaded; it may talk to loopback only."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserType

ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",  # passkeys need a name
]


def launch(chromium: BrowserType, executable: str) -> Browser:
    """Start it headless; `executable` comes from `system_parts.find_chromium()`."""
    return chromium.launch(executable_path=executable, args=ARGUMENTS)
