"""Addresses nobody typed by hand: every public way to ask answers or refuses in words, and at the price of any question."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.vocabulary import forget_vocabulary
from tests.factories.directory import ResourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("register", "fixed_clock")]

WAYS = ["/find/", "/find/suggest/", "/find/map.json"]
#: As they stand in the address: percent-encoded by whoever sent them, rightly or not.
RAW = [
    "%ED%A0%80", "%E4%BD%93%ED%BF%BF%E6%93%8D", "%00", "%E4%BD%93%00", "%FF%FE", "%C0%AF", "%F5%80%80%80", "%u3042", "%", "%%%", "%2500",
    "+", "%0A%0D", "%E2%80%AE%E4%BD%93", "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9", "%D7%A9%D7%9C", "*", "%22", "%27%20OR%201=1",
    "%E3%80%82%E3%80%81", "a" * 9_000,
    "%E4%BD%93" * 3_000, "%E4%BD%93%20" * 2_000,
]  # fmt: skip
FTS = [
    '"',
    '"体操',
    "体操*",
    "NEAR(a b, 2)",
    "a AND",
    "NOT a",
    "tokens:a",
    "{a}:b",
    "^a",
    "-a",
    "a' & !b | c",
    "a <-> b",
    "a:*",
    "()",
    "\\",
    "%s",
]
#: Parameters that mean something, with what they cannot mean.
IMPOSSIBLE = {
    "page": ["0", "-1", "501", "99999999999999999999", "1e9", "二"],
    "near": ["91,0", "0,181", "nan,nan", "inf,0", "35.6", "35,139,1", "，"],
    "radius": ["0", "-1", "999999", "x"],
    "open": ["0000-00-00", "2026-02-30", "9999-12-31", "99999-01-01", "2026-13-01", "x"],
    "weekday": ["x", "mon,tue", "8"],
    "area": ["../..", "x" * 500, "%"],
    "sort": ["price", "distance DESC"],
}


@pytest.fixture
def register():
    """One entry, found by 体操."""
    ResourceFactory(name="体操の会", kana="")
    call_command("rebuild_search_index", verbosity=0)
    forget_vocabulary()
    yield
    forget_vocabulary()


def ask(client: Client, address: str) -> int:
    """The status; the answer must be whole and cost what any question may cost."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code in {200, 302, 400}, (address[:80], response.status_code)
    assert len(captured) <= 40, address[:80]
    if response["Content-Type"].startswith("application/json"):
        answer = json.loads(response.content)
        assert response.status_code == 200 or all(problem.endswith("。") for problem in answer["problems"])
    elif response.status_code == 400:
        assert "。" in response.content.decode()
    return response.status_code


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw[:20])
def test_whatever_bytes_are_sent_an_answer_comes(client: Client, way: str, raw: str) -> None:
    too_long = len(raw) > 1_000
    assert ask(client, f"{way}?q={raw}") in ({200, 400} if too_long else {200})
    ask(client, f"{way}?q=%E4%BD%93%E6%93%8D&plain={raw}&area={raw}&{raw}={raw}")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", FTS)
def test_the_language_of_a_full_text_index_is_plain_words_here(client: Client, way: str, text: str) -> None:
    assert ask(client, f"{way}?q={quote(text)}") == 200


@pytest.mark.parametrize("way", ["/find/", "/find/map.json"])
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in IMPOSSIBLE.items() for value in values]
)
def test_what_cannot_be_meant_is_refused_or_left_out(client: Client, way: str, name: str, value: str) -> None:
    ask(client, f"{way}?q=%E4%BD%93%E6%93%8D&{name}={quote(value)}")


@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_parameters_are_read_like_one(client: Client, way: str) -> None:
    ask(client, f"{way}?" + "&".join(f"q=a{number}&area=x{number}" for number in range(400)))
