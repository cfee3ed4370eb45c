"""Whatever stands in the address: an answer or a clear refusal, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from tests.project.routes import visits
from tests.project.sources import python_files
from tests.project.world import World

pytestmark = pytest.mark.django_db

NONSENSE = [
    "",
    "'\"<script>alert(1)</script>",
    "%00",
    "\x00",
    "-1",
    "99999999999999999999",
    "１２３",
    "nan",
    "1e309",
    "2026-02-30",
    "0000-00-00",
    "91,181",
    'a" OR NEAR(b) * ^',
    "😀‮‏",
    "あ" * 10_000,
    "../../etc/passwd",
    "{{7*7}}%(x)s%s",
]

#: How views and forms name what they read from an address.
READS = re.compile(r"""(?:GET|query|params|data)\.(?:get|getlist)\(\s*["'](\w+)["']|GET\[\s*["'](\w+)["']""")
DECLARES = re.compile(r"""(?:param|parameter|key|name)\s*(?::\s*\w+\s*)?=\s*["']([a-z_]\w*)["']""")


def _parameters() -> list[str]:
    """Every parameter name the code seems to read, and a few it does not."""
    names = {"q", "page", "sort", "unknown", "next"}
    for path in python_files():
        if _reads_addresses(path):
            text = path.read_text(encoding="utf-8")
            names |= {name for groups in READS.findall(text) for name in groups if name}
            names |= set(DECLARES.findall(text))
    return sorted(names)


def _reads_addresses(path: Path) -> bool:
    return any(word in path.as_posix() for word in ("views", "filters", "forms", "request"))


def _questions(parameters: list[str]) -> Iterator[dict[str, str]]:
    """Every kind of nonsense in all parameters at once, then each parameter alone with one kind in turn.

    Alone, because a form that refuses one parameter may never look at the next.
    """
    for value in NONSENSE:
        yield dict.fromkeys(parameters, value)
    for name, value in zip(parameters, cycle(NONSENSE), strict=False):
        yield {name: value}


def test_nonsense_in_every_parameter_is_answered_or_refused(client: Client, world: World) -> None:
    client.raise_request_exception = False
    parameters = _parameters()
    crashed = [
        f"{path}?{'&'.join(data)}={next(iter(data.values()))[:20]!r}: {response.status_code}"
        for _route, path, _status in visits(world)
        for data in _questions(parameters)
        if (response := client.get(path, data)).status_code >= 500
    ]
    assert not crashed, "\n".join(crashed)


def test_nonsense_in_a_cookie_is_ignored(client: Client) -> None:
    client.raise_request_exception = False
    crashed = []
    for value in NONSENSE:
        for name in ("display", "size", "theme", "ruby", "district", "sessionid", "csrftoken"):
            client.cookies[name] = quote(value[:3_000])
        if client.get("/display/").status_code >= 500:
            crashed.append(value[:20])
    assert not crashed


@pytest.mark.parametrize(
    "path",
    ["/%00", "/%ff%fe", "/" + "a" * 5_000, "/あ/い/", "/admin/%00", "/r/%F0%9F%98%80/", "/.git/config"],
)
def test_nonsense_addresses_are_not_found(client: Client, path: str) -> None:
    client.raise_request_exception = False
    assert client.get(path).status_code in {301, 302, 400, 404}
