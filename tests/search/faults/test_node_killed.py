"""A node dies while people search. It needs nodes of its own: the others' would miss it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group

from scripts.system_parts import in_ci
from scripts.with_cluster import ClusterMissing, Node, scratch_nodes
from search import failover
from search.engines import get_engine
from search.engines.base import ADOPTED, Engine
from search.failover import ask, breaker_of
from search.outbox import enqueue
from search.plan import Plan
from search.request import SearchRequest
from search.upkeep.comparing import compare
from search.upkeep.rebuilding import rebuild
from search.upkeep.worker import Keeper

pytestmark = [pytest.mark.django_db, pytest.mark.cluster]

PEOPLE = 4
BEFORE, AFTER = 1.0, 6.0  # seconds of load around the death


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Node]]:
    """Three nodes that may be killed."""
    try:
        with scratch_nodes() as started:
            yield started
    except ClusterMissing as missing:
        if in_ci():
            raise
        pytest.skip(f"SEARCH CLUSTER MISSING: {missing}")


@pytest.fixture
def cluster(source: object, settings: Any, nodes: list[Node]) -> Iterator[Engine]:
    """Fifty groups on the cluster, which is the configured engine."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = [node.url for node in nodes]
    breaker_of.cache_clear()
    Group.objects.bulk_create(Group(name=f"体操{number}") for number in range(50))
    rebuild(engine=get_engine())
    yield get_engine()
    breaker_of.cache_clear()


class Load:
    """People who search all the time; `seen` counts what they got."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._search) for _ in range(PEOPLE)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _search(self) -> None:
        while not self._stop.is_set():
            outcome = self._once()
            self._stop.wait(0.01)
            with self._lock:
                self.seen[outcome] += 1

    def _once(self) -> str:
        try:
            return ask(_question)
        except Exception as error:  # noqa: BLE001 - a visitor's error page
            return f"failed: {type(error).__name__}"


def _question(engine: Engine, index: str) -> str:
    if engine.transactional:
        return "answered by the database"
    found = engine.search(Plan(), SearchRequest(page_size=50), index=index)
    return "answered by the cluster" if len(found.found) == found.total == 50 else "in part"


def _asked_of_the_cluster_again() -> bool:
    """Within a minute; usually nobody noticed anything."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if ask(_question) == "answered by the cluster":
            return True
        time.sleep(0.2)
    return False


def test_a_node_killed_under_load_fails_no_search_and_loses_no_change(cluster, nodes, monkeypatch):
    # Those people are threads, and a test's database belongs to its own.
    monkeypatch.setattr(failover, "state_of", lambda engine: SimpleNamespace(live=""))
    with Load() as load:
        time.sleep(BEFORE)
        nodes[-1].process.kill()
        time.sleep(AFTER)
    assert set(load.seen) <= {"answered by the cluster", "answered by the database"}, load.seen
    assert _asked_of_the_cluster_again()

    group = Group.objects.create(name="麻雀の会")
    enqueue("group", group.pk)
    keeper = Keeper(cluster, clock=iter(range(0, 10**6, 1_000)).__next__)
    assert any(keeper.turn() for _attempt in range(5))
    assert not compare(engine=cluster)
    assert cluster.search(Plan(), SearchRequest(), index=ADOPTED).total == 51
