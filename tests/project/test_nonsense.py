"""Whatever stands in the address: an answer or a clear refusal, never a crash."""

from __future__ import annotations

from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.utils.datastructures import MultiValueDict

from tests.project.routes import visits
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

#: What databases refuse each in its own way: the rest is asked on one of them.
REFUSED_BY_DATABASES = ["\x00", "99999999999999999999", "😀‮‏"]


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The parameters that pages have looked for since this was emptied, whether they were there or not."""
    names: set[str] = set()
    for method in ("get", "getlist", "__getitem__"):
        look = getattr(MultiValueDict, method)

        def noting(data: MultiValueDict[str, str], key: Any, *args: Any, _look: Any = look) -> Any:
            names.add(str(key))
            return _look(data, key, *args)

        monkeypatch.setattr(MultiValueDict, method, noting)
    return names


@pytest.mark.postgres
def test_nonsense_in_every_parameter_is_answered_or_refused(
    client: Client, world: World, looked_for: set[str]
) -> None:
    """Every kind of nonsense in all parameters a page looks for, then in each alone with one kind in turn.

    Alone, because a form that refuses one parameter may never look at the next.
    """
    client.raise_request_exception = False
    is_first = connection.vendor == "sqlite"
    kinds = NONSENSE if is_first else REFUSED_BY_DATABASES
    crashed = []

    def ask(path: str, data: dict[str, str]) -> None:
        status = client.get(path, data).status_code
        if status >= 500:
            crashed.append(f"{path}?{'&'.join(data)}={next(iter(data.values()))[:20]!r}: {status}")

    for _route, path, _status in visits(world):
        looked_for.clear()
        ask(path, {"unknown": "1"})
        for value in ("1", *kinds):
            ask(path, dict.fromkeys(sorted({"unknown", *looked_for}), value))
        for name, value in zip(sorted(looked_for) if is_first else (), cycle(kinds), strict=False):
            ask(path, {name: value})
    assert not crashed, "\n".join(crashed)


def test_what_pages_look_for_is_noticed(client: Client, world: World, looked_for: set[str]) -> None:
    client.get("/find/")
    assert {"q", "page", "area"} <= looked_for


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
