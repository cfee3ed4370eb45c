"""The index on a real cluster: who may write to it when, what it refuses, and that engines agree to the last tie."""

from __future__ import annotations

import json
import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from elasticsearch import BadRequestError

from scripts.loopback import free_port
from search.analysis.analysed import analyse
from search.engines import get_engine
from search.engines.base import ADOPTED, EngineUnavailable
from search.engines.cluster.configuration import Configuration
from search.engines.cluster.connection import Connection
from search.engines.cluster.engine import ElasticsearchEngine
from search.evaluation import Judged, evaluate
from search.indexing import index_many
from search.plan import Plan
from search.request import InvalidSearchRequest, SearchRequest
from search.services import search_index
from search.vocabulary import Vocabulary, place_terms, weekday_terms

from .conftest import INDEX, doc

pytestmark = [pytest.mark.django_db, pytest.mark.cluster]

TODAY = date(2026, 11, 21)
EVERYTHING = SearchRequest(page_size=200)


@pytest.fixture
def cluster(db: None):
    """The cluster engine with an empty scratch index."""
    engine = get_engine("elasticsearch")
    engine.drop(INDEX)
    engine.create(INDEX)
    yield engine
    engine.drop(INDEX)


def _ids(engine: Any, index: str = INDEX) -> list[str]:
    return [found.id for found in engine.search(Plan(), EVERYTHING, index=index).found]


# Writing


def test_an_older_write_gives_way_to_a_newer_one(cluster):
    cluster.as_of(20).put([analyse(doc("a", "新しい会"))], index=INDEX)
    cluster.as_of(10).put([analyse(doc("a", "古い会"))], index=INDEX)
    cluster.as_of(10).remove([("resource", "a")], index=INDEX)
    cluster.settle(INDEX)
    (found,) = cluster.search(Plan(), EVERYTHING, index=INDEX).found
    assert found.title == "新しい会"


def test_an_older_write_does_not_bring_back_what_was_taken_out(cluster):
    cluster.as_of(10).put([analyse(doc("a")), analyse(doc("b"))], index=INDEX)
    cluster.as_of(20).remove([("resource", "a"), ("resource", "never")], index=INDEX)
    cluster.as_of(15).put([analyse(doc("a")), analyse(doc("never"))], index=INDEX)
    cluster.settle(INDEX)
    assert _ids(cluster) == ["b"]


def test_one_batch_may_say_a_thing_twice(cluster):
    cluster.as_of(10).put([analyse(doc("a", "体操"))], index=INDEX)
    cluster.as_of(10).put([analyse(doc("a", "麻雀"))], index=INDEX)
    cluster.settle(INDEX)
    assert [found.title for found in cluster.search(Plan(), EVERYTHING, index=INDEX).found] == ["麻雀"]


def test_a_write_to_an_index_that_is_gone_makes_none(cluster):
    cluster.drop(INDEX)
    with pytest.raises(EngineUnavailable):
        cluster.put([analyse(doc("a"))], index=INDEX)
    assert INDEX not in cluster.indexes()
    with pytest.raises(EngineUnavailable):
        _ids(cluster)


def test_fields_nobody_planned_are_refused(cluster):
    connection = cluster._connection
    with pytest.raises(EngineUnavailable) as caught:
        connection.call(lambda client: client.index(index=cluster._alias(INDEX), document={"other": 1}))
    assert isinstance(caught.value.__cause__, BadRequestError)


def test_a_long_text_and_a_strange_point_are_taken(cluster):
    strange = [
        doc("long", "会" * 5_000, body="体操と麻雀。" * 20_000),
        doc("nowhere", location=(91.0, 500.0)),
    ]
    cluster.put([analyse(document) for document in strange], index=INDEX)
    cluster.settle(INDEX)
    assert sorted(_ids(cluster)) == ["long", "nowhere"]


def test_every_fingerprint_is_listed_beyond_one_page(cluster, monkeypatch):
    monkeypatch.setattr("search.engines.cluster.engine.BATCH", 7)
    documents = [analyse(doc(f"d{number:02}", type=chance)) for number in range(30) for chance in ("a", "b")]
    cluster.put(documents, index=INDEX)
    listed = list(cluster.fingerprints(index=INDEX))
    assert dict(listed) == {one.document.key: one.fingerprint for one in documents}
    assert len(listed) == len(documents)


# Indexes


def test_the_adopted_index_is_asked_by_its_alias(cluster):
    cluster.create("scratch-next")
    try:
        cluster.put([analyse(doc("old"))], index=INDEX)
        cluster.put([analyse(doc("new"))], index="scratch-next")
        for index in (INDEX, "scratch-next"):
            cluster.settle(index)
        cluster.adopt(INDEX)
        assert _ids(cluster, ADOPTED) == ["old"]
        cluster.adopt("scratch-next")
        cluster.adopt("scratch-next")
        assert _ids(cluster, ADOPTED) == ["new"]
        cluster.drop(INDEX)
        assert _ids(cluster, ADOPTED) == ["new"]
        assert {"scratch-next"} <= cluster.indexes()
        assert ADOPTED not in cluster.indexes()
    finally:
        cluster.drop("scratch-next")


def test_making_an_index_again_keeps_what_it_holds(cluster):
    cluster.put([analyse(doc("a"))], index=INDEX)
    cluster.create(INDEX)
    cluster.settle(INDEX)
    assert _ids(cluster) == ["a"]


def test_sites_on_one_cluster_do_not_see_each_other(cluster):
    urls = tuple(configured.ELASTICSEARCH_URLS)
    other = ElasticsearchEngine(Connection(Configuration(urls=urls, prefix="tsunagu-other")))
    assert INDEX not in other.indexes()
    with pytest.raises(EngineUnavailable):
        _ids(other)


# Nodes and time


def test_a_dead_node_among_the_addresses_fails_no_search(cluster):
    cluster.put([analyse(doc("a"))], index=INDEX)
    cluster.settle(INDEX)
    configuration = cluster._connection.configuration
    urls = (f"http://127.0.0.1:{free_port()}", *configuration.urls)
    engine = ElasticsearchEngine(Connection(Configuration(urls=urls, prefix=configuration.prefix)))
    for _ in range(2 * len(urls)):
        assert _ids(engine.within(time.monotonic() + 5)) == ["a"]


def test_a_deadline_that_is_over_asks_nothing(cluster):
    with pytest.raises(EngineUnavailable):
        _ids(cluster.within(time.monotonic() - 1))


# Agreement with the embedded engine

VOCABULARY = Vocabulary.of(
    [
        *place_terms(field="area", value="k", label="烏山地区", reading="からすやま"),
        *weekday_terms(field="weekday", values="月火水木金土日"),
    ]
)
WORDS = (
    "体操",
    "健康麻雀",
    "コーラス",
    "子ども食堂",
    "認知症カフェ",
    "囲碁",
    "烏山の会",
    "サロン",
    "☆",
    "ひろば",
)


def _town(chance: random.Random, count: int) -> list[Any]:
    return [
        doc(
            f"d{number:03}",
            "".join(chance.sample(WORDS, chance.randint(1, 2))),
            type=chance.choice(["resource", "event"]),
            category=chance.choice(["", *WORDS]),
            place=chance.choice(["", "烏山地区会館", "砧"]),
            body=" ".join(chance.choices(WORDS, k=chance.randint(0, 4))),
            keywords={
                "area": (chance.choice("kxy"), "all"),
                "weekday": tuple(chance.sample("月火水木金土日", 2)),
            },
            dates=tuple(TODAY + timedelta(chance.randint(-20, 20)) for _ in range(chance.choice([0, 1, 4]))),
            location=chance.choice([None, (35.67, 139.6), (35.6, chance.choice([139.6, 139.7]))]),
            verified_on=chance.choice([None, TODAY, TODAY - timedelta(30)]),
        )
        for number in range(count)
    ]


def _request(chance: random.Random) -> SearchRequest:
    text = chance.choice(
        ["", "会", "体操", "からすやま 麻雀", "まーじゃん 土曜", "子供食堂 烏山", "ひろば☆", "たいそお"]
    )
    near = chance.choice([None, (35.66, 139.61)])
    options: dict[str, Any] = {
        "text": text,
        "near": near,
        "radius_m": chance.choice([None, 6_000]) if near else None,
        "types": chance.choice([(), (), ("event",)]),
        "filters": chance.choice([{}, {"area": ("k", "x")}, {"area": ("k",), "weekday": ("土", "日")}]),
        "box": chance.choice([None, None, (35.6, 139.6, 35.67, 139.65)]),
        "open_between": chance.choice([None, None, (TODAY, TODAY + timedelta(7))]),
        "sort": chance.choice(["relevance", "relevance", "distance", "next_date", "title"]),
        "page": chance.choice([1, 1, 2]),
        "page_size": chance.choice([5, 20]),
    }
    try:
        return SearchRequest(**options, facets=("area", "weekday"), explain=True, today=TODAY)
    except InvalidSearchRequest:
        return SearchRequest(text=text, facets=("area", "weekday"), explain=True, today=TODAY)


def _seen(engine: Any, request: SearchRequest) -> tuple[Any, ...]:
    result = search_index(request, engine=engine, index=INDEX, vocabulary=VOCABULARY)
    hits = [
        (hit.type, hit.id, round(hit.score, 2), hit.distance_m, hit.next_date,
         {name: round(worth, 2) for name, worth in hit.parts.items() if worth})
        for hit in result.hits
    ]  # fmt: skip
    return result.total, result.relaxed, result.facets, hits


def test_engines_agree_on_everything_to_the_last_tie(cluster):
    embedded = get_engine("database")
    chance = random.Random(4)
    town = _town(chance, 150)
    for engine in (embedded, cluster):
        index_many(town, index=INDEX, engine=engine)
        engine.settle(INDEX)
    for _ in range(120):
        request = _request(chance)
        assert _seen(cluster, request) == _seen(embedded, request), request


@pytest.mark.shared
def test_engines_are_judged_alike_on_real_questions(shared_dir: Path, db: None) -> None:
    folder = shared_dir / "search"
    rows, asked = (
        [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines() if line]
        for name in ("corpus.jsonl", "queries_dev.jsonl")
    )
    judged = [
        Judged(row["q"], str(row.get("group", "")), frozenset(map(str, row["relevant"]))) for row in asked
    ]
    embedded, cluster = (
        evaluate(rows, judged, engine=get_engine(name))["metrics"] for name in ("database", "elasticsearch")
    )
    for name in ("ndcg@10", "recall@50", "mrr"):
        assert cluster[name] == pytest.approx(embedded[name], abs=0.01), name
    assert cluster["empty"] == embedded["empty"]
