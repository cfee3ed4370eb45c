"""Everything a cluster can do wrong, between a real one and the site: the embedded engine answers, soon and wholly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group

from search.breaker import STRIKES
from search.engines import get_engine
from search.failover import breaker_of
from search.outbox import enqueue, process_outbox
from search.request import SearchRequest
from search.services import search
from search.upkeep.comparing import compare
from search.upkeep.rebuilding import rebuild
from search.upkeep.worker import Keeper
from tests.search.faults import proxy as faults
from tests.search.faults.proxy import FaultProxy, Reply, fault_proxy

pytestmark = [pytest.mark.django_db, pytest.mark.cluster]

FIRST_SECONDS = 2.5  # the issue's own figure; the budget of a search is 2 s


def some_shards_failed(body: dict[str, Any]) -> dict[str, Any]:
    shards = {"total": 5, "successful": 2, "skipped": 0, "failed": 3, "failures": []}
    hits = {"total": {"value": 0, "relation": "eq"}, "max_score": None, "hits": []}
    return body | {"_shards": shards, "hits": hits}


def search_took_too_long(body: dict[str, Any]) -> dict[str, Any]:
    return some_shards_failed(body) | {"timed_out": True, "_shards": body.get("_shards")}


BUSY = b'{"error":{"type":"rejected_execution_exception","reason":"queue full"},"status":429}'
MISSING = b'{"error":{"type":"index_not_found_exception","reason":"no such index"},"status":404}'
FAULTS: dict[str, Reply] = {
    "refused": faults.refuse,
    "black hole": faults.hang,
    "five seconds late": faults.slow,
    "dripping": faults.drip,
    "cut in the middle": faults.cut,
    "429": faults.answering("429 Too Many Requests", BUSY),
    "503": faults.answering("503 Service Unavailable", b"{}"),
    "503 of a web server": faults.answering("503 Service Unavailable", b"<html>upstream is away</html>"),
    "index missing": faults.answering("404 Not Found", MISSING),
    "three of five shards failed": faults.rewriting(some_shards_failed),
    "timed out inside": faults.rewriting(search_took_too_long),
    "truncated JSON": faults.answering("200 OK", b'{"took":3,"timed_out":false,"_shards":{"total":1,"succ'),
    "empty answer": faults.answering("200 OK", b""),
    "another JSON": faults.answering("200 OK", b"[]"),
    "a login page": faults.answering("200 OK", b"<html>log in</html>"),
}


@pytest.fixture
def proxy(source: object, settings: Any) -> Iterator[FaultProxy]:
    """Three groups, in the database and on the cluster; the site reaches the cluster only through the proxy."""
    (upstream, *_) = django_settings.ELASTICSEARCH_URLS or [""]
    if not upstream:
        pytest.skip("SEARCH CLUSTER MISSING: run by python -m scripts.with_cluster")
    with fault_proxy(upstream) as between:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URLS = [between.url]
        breaker_of.cache_clear()
        for name in ("体操の会", "麻雀の会", "お茶の会"):
            Group.objects.create(name=name)
        cluster = get_engine()
        for engine in (get_engine("database"), cluster):
            rebuild(engine=engine)
        search(SearchRequest(text="体操"))  # dictionaries are read once in a process
        yield between
        between.reply = faults.forward
        for index in cluster.indexes():
            cluster.drop(index)
        breaker_of.cache_clear()


def titles(text: str = "") -> list[str]:
    return sorted(hit.title for hit in search(SearchRequest(text=text)).hits)


def test_without_a_fault_the_cluster_answers(proxy):
    before = proxy.requests
    assert titles("体操") == ["体操の会"]
    assert proxy.requests == before + 1


@pytest.mark.parametrize("fault", FAULTS)
def test_the_answer_is_whole_and_soon_and_then_nobody_asks_any_more(proxy, fault):
    proxy.reply = FAULTS[fault]
    began = time.monotonic()
    assert titles() == ["お茶の会", "体操の会", "麻雀の会"]
    assert time.monotonic() - began < FIRST_SECONDS
    for _ in range(STRIKES):
        assert titles("体操") == ["体操の会"]
    assert breaker_of("elasticsearch").is_open
    asked = proxy.requests
    assert titles("麻雀") == ["麻雀の会"]
    assert proxy.requests == asked


def test_when_the_fault_is_over_the_cluster_answers_again(proxy):
    proxy.reply = faults.refuse
    for _ in range(STRIKES):
        titles()
    breaker_of("elasticsearch")._try_again()
    assert breaker_of("elasticsearch").is_open
    proxy.reply = faults.forward
    breaker_of("elasticsearch")._try_again()
    asked = proxy.requests
    assert titles("体操") == ["体操の会"]
    assert proxy.requests > asked


@pytest.mark.parametrize(
    "fault", ["refused", "cut in the middle", "429", "503", "truncated JSON", "index missing"]
)
def test_two_hundred_saves_do_not_notice_and_are_all_there_after_its_return(
    proxy, fault, django_capture_on_commit_callbacks
):
    proxy.reply = FAULTS[fault]
    asked = proxy.requests
    for number in range(200):
        with django_capture_on_commit_callbacks(execute=True):
            enqueue("group", Group.objects.create(name=f"集まり{number}").pk)
    assert proxy.requests == asked
    cluster = get_engine()
    keeper = Keeper(cluster, clock=iter(range(0, 10**6, 1_000)).__next__)
    assert keeper.turn() == 0
    proxy.reply = faults.forward
    assert keeper.turn() == 200
    assert not compare(engine=cluster)
    assert process_outbox(engine=cluster) == 0
