"""Queries, weight and speed of the main public pages, on the database named by the environment (`make bench`).

Numbers to compare on one machine, never asserted: queries a page, seconds of one request, requests a second in one
process, kilobytes of the first view (page, styles, scripts, compressed; without photos) and of its JavaScript.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

SECONDS_PER_PAGE = 3.0
ASSET = re.compile(r"""(?:href|src)=["']([^"'#?]+\.(?:css|js|svg|woff2))""")
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
ENTRY_LINK = re.compile(r"""href=["'](/r/[^"'?#]+/)["']""")

CLIENT = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")


@dataclass(frozen=True)
class Measured:
    """One page: `queries` counts SQL, `median_ms` one request, `rate` requests a second, the rest bytes."""

    name: str
    queries: int
    median_ms: float
    rate: float
    html: int
    first_view: int
    script: int


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def _asset_bytes(html: str) -> dict[str, int]:
    """Address of every style, script and picture the page names → compressed bytes."""
    sizes = {}
    for address in set(ASSET.findall(html)):
        path = finders.find(HASHED.sub("", urlsplit(address).path).removeprefix("/static/"))
        if path:
            with open(path, "rb") as file:
                sizes[address] = _compressed(file.read())
    return sizes


def measure(name: str, path: str) -> Measured:
    """Visit a page until `SECONDS_PER_PAGE` are over, after one visit to warm up."""
    CLIENT.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = CLIENT.get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answers {response.status_code}; run `make demo` once to fill the database.")
    times: list[float] = []
    begin = time.perf_counter()
    while time.perf_counter() - begin < SECONDS_PER_PAGE:
        start = time.perf_counter()
        CLIENT.get(path)
        times.append(time.perf_counter() - start)
    assets = _asset_bytes(response.content.decode())
    html = _compressed(response.content)
    script = sum(size for address, size in assets.items() if address.endswith(".js"))
    rate = len(times) / sum(times)
    median = statistics.median(times) * 1000
    return Measured(name, len(queries), median, rate, html, html + sum(assets.values()), script)


def pages() -> dict[str, str]:
    """What is measured: home, three ways to find, one entry."""
    found = ENTRY_LINK.search(CLIENT.get("/find/").content.decode())
    listed = {
        "home": "/",
        "find, no words": "/find/",
        "find 体操": "/find/?q=体操",
        "find 烏山 無料": "/find/?q=烏山 無料",
    }
    return listed | ({"entry": found.group(1)} if found else {})


def main() -> None:
    print(f"{'page':<16}{'queries':>8}{'ms':>8}{'req/s':>8}{'html kB':>9}{'view kB':>9}{'js kB':>8}")
    for name, path in pages().items():
        page = measure(name, path)
        weights = "".join(
            f"{size / 1024:>{width}.1f}"
            for size, width in ((page.html, 9), (page.first_view, 9), (page.script, 8))
        )
        print(f"{name:<16}{page.queries:>8}{page.median_ms:>8.1f}{page.rate:>8.0f}{weights}")


if __name__ == "__main__":
    main()
