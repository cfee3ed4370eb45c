"""How the cluster is spoken to: handshakes, keys, certificates, deadlines, busy answers."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from scripts.loopback import free_port
from search.analysis.analysed import analyse
from search.checks import check_engine
from search.engines.base import DocumentRefused, EngineUnavailable, QuestionRefused
from search.engines.cluster import storing
from search.engines.cluster.configuration import Configuration
from search.engines.cluster.connection import Connection, client_options
from search.engines.cluster.engine import ElasticsearchEngine
from search.plan import Plan
from search.request import SearchRequest

from .cluster_double import ELASTICSEARCH, OPENSEARCH, Double, serving
from .conftest import doc

NOTHING: dict[str, Any] = {
    "timed_out": False,
    "_shards": {"total": 1, "successful": 1, "failed": 0},
    "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []},
}
FACETED = {
    **NOTHING,
    "aggregations": {"facet0": {"sum_other_doc_count": 1, "doc_count_error_upper_bound": 0}},
}


def _engine(*urls: str, **options: Any) -> ElasticsearchEngine:
    return ElasticsearchEngine(Connection(Configuration(urls=urls, **options)))


def _search(engine: Any, **options: Any) -> Any:
    return engine.search(Plan(), SearchRequest(**options), index="x")


def _bulk(*statuses: int) -> dict[str, Any]:
    return {"items": [{"index": {"_id": "a", "status": status}} for status in statuses]}


# Handshake


@pytest.mark.parametrize("flavour", ["auto", "opensearch"])
def test_opensearch_is_spoken_to_in_plain_types(flavour):
    with serving(Double(lambda asked: (200, NOTHING), OPENSEARCH)) as double:
        assert _search(_engine(double.url, flavour=flavour)).total == 0
    (asked,) = double.beyond_hello
    assert asked.headers["content-type"] == asked.headers["accept"] == "application/json"
    assert len(double.asked) == (2 if flavour == "auto" else 1)


@pytest.mark.parametrize("flavour", ["auto", "elasticsearch"])
def test_elasticsearch_is_spoken_to_in_its_own_types(flavour):
    with serving(Double(lambda asked: (200, NOTHING), ELASTICSEARCH)) as double:
        assert _search(_engine(double.url, flavour=flavour)).total == 0
    (asked,) = double.beyond_hello
    assert asked.headers["content-type"] == "application/vnd.elasticsearch+json; compatible-with=8"


def test_a_cluster_is_asked_once_what_it_is():
    with serving(Double(lambda asked: (200, NOTHING), OPENSEARCH)) as double:
        for _ in range(3):
            _search(_engine(double.url))
    assert [asked.path for asked in double.asked].count("/") == 1


def test_a_website_is_no_cluster():
    with (
        serving(Double(lambda asked: (200, NOTHING), {"hello": "world"})) as double,
        pytest.raises(EngineUnavailable, match="ELASTICSEARCH_URLS"),
    ):
        _search(_engine(double.url))


# Keys and certificates


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, None),
        ({"api_key": "a2V5OnNlY3JldA=="}, "ApiKey a2V5OnNlY3JldA=="),
        ({"username": "site", "password": "word"}, "Basic c2l0ZTp3b3Jk"),
    ],
)
@pytest.mark.parametrize("hello", [ELASTICSEARCH, OPENSEARCH])
def test_the_key_goes_with_every_request(options, sent, hello):
    with serving(Double(lambda asked: (200, NOTHING), hello)) as double:
        _search(_engine(double.url, **options))
    assert [asked.headers.get("authorization") for asked in double.asked] == [sent, sent]


def test_certificates_are_verified_unless_told_otherwise():
    url = "https://search:9200"
    assert client_options(Configuration(urls=(url,)), "opensearch")["verify_certs"] is True
    options = client_options(
        Configuration(urls=(url,), ca_certs="/etc/ca.pem", verify_certs=False), "opensearch"
    )
    assert (options["verify_certs"], options["ca_certs"]) == (False, "/etc/ca.pem")
    assert "verify_certs" not in client_options(Configuration(urls=("http://search:9200",)), "opensearch")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of one's own for 127.0.0.1, its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("NO OPENSSL: the certificate for this test cannot be made")
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=own"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.mark.parametrize("hello", [ELASTICSEARCH, OPENSEARCH])
def test_a_certificate_of_ones_own_needs_its_authority(certificate, hello):
    with serving(Double(lambda asked: (200, NOTHING), hello), certificate) as double:
        with pytest.raises(EngineUnavailable, match="TlsError"):
            _search(_engine(double.url))
        assert _search(_engine(double.url, ca_certs=f"{certificate}.crt")).total == 0
        assert _search(_engine(double.url, verify_certs=False)).total == 0


# Trouble


def test_another_node_answers_for_a_dead_one():
    with serving(Double(lambda asked: (200, NOTHING))) as double:
        engine = _engine(f"http://127.0.0.1:{free_port()}", double.url)
        for _ in range(4):
            assert _search(engine).total == 0


@pytest.mark.parametrize(("status", "times"), [(500, 2), (503, 2), (429, 1), (404, 1), (403, 1)])
def test_an_error_is_no_answer_and_is_asked_again_once_at_most(status, times):
    with (
        serving(Double(lambda asked: (status, {"error": {"type": "x", "reason": "体操"}}))) as double,
        pytest.raises(EngineUnavailable, match=str(status)) as caught,
    ):
        _search(_engine(double.url, flavour="elasticsearch"))
    assert len(double.asked) == times
    assert "体操" not in str(caught.value)


def test_a_question_the_cluster_cannot_take_says_nothing_of_others():
    with (
        serving(Double(lambda asked: (400, {"error": {"type": "too_many_clauses"}}))) as double,
        pytest.raises(QuestionRefused),
    ):
        _search(_engine(double.url))


@pytest.mark.parametrize(
    "answer",
    [
        {**NOTHING, "timed_out": True},
        {**NOTHING, "_shards": {"total": 5, "successful": 2, "failed": 3}},
        {**NOTHING, "_shards": {"total": 5, "successful": 2, "failed": 0}},
        {**NOTHING, "hits": {"total": {"value": 10_000, "relation": "gte"}, "hits": []}},
        {**NOTHING, "hits": {"hits": []}},
        {**NOTHING, "hits": {"total": {"value": 1, "relation": "eq"}, "hits": [{"_id": "a"}]}},
        {"took": 1},
        [],
        FACETED,
    ],
)
def test_an_answer_in_part_is_no_answer(answer):
    with serving(Double(lambda asked: (200, answer))) as double, pytest.raises(EngineUnavailable):
        _search(_engine(double.url), facets=("area",))


def test_an_answer_that_drips_ends_at_the_deadline():
    with serving(Double(lambda asked: (200, NOTHING), drip=0.05)) as double:
        engine = _engine(double.url)
        started = time.monotonic()
        with pytest.raises(EngineUnavailable):
            _search(engine.within(started + 0.4))
        assert time.monotonic() - started < 1.5  # to the end it would take seven seconds


def test_no_call_is_made_when_the_time_is_up():
    with serving(Double(lambda asked: (200, NOTHING))) as double, pytest.raises(EngineUnavailable):
        _search(_engine(double.url).within(time.monotonic()))
    assert double.asked == []


def test_a_busy_cluster_is_written_to_again(monkeypatch):
    monkeypatch.setattr(storing, "PAUSE", 0.0)
    answers = iter([(429, {}), (200, _bulk(200, 429)), (200, _bulk(201))])
    with serving(Double(lambda asked: next(answers))) as double:
        _engine(double.url).put([analyse(doc("a", "体操")), analyse(doc("b", "麻雀"))], index="x")
    sent = [asked.body.decode().count("fingerprint") for asked in double.beyond_hello]
    assert sent == [2, 2, 1]
    assert "require_alias=true" in double.beyond_hello[0].path


def test_a_cluster_busy_for_long_is_given_up(monkeypatch):
    monkeypatch.setattr(storing, "PAUSE", 0.0)
    with (
        serving(Double(lambda asked: (200, _bulk(429)))) as double,
        pytest.raises(EngineUnavailable, match="busy"),
    ):
        _engine(double.url).put([analyse(doc("a", "体操"))], index="x")
    assert len(double.beyond_hello) == storing.TRIES


def test_a_document_the_cluster_will_never_take_is_told_apart():
    with serving(Double(lambda asked: (200, _bulk(400)))) as double, pytest.raises(DocumentRefused):
        _engine(double.url).put([analyse(doc("a", "体操"))], index="x")


# Settings


def test_settings_that_cannot_work_are_said_with_what_to_do(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = []
    assert [(message.id, "9200" in message.hint) for message in check_engine(None)] == [("search.E002", True)]
    settings.ELASTICSEARCH_URLS = ["search", "https://user:secret@search"]
    settings.ELASTICSEARCH_FLAVOUR = "solr"
    settings.ELASTICSEARCH_PREFIX = "Tsunagu.Live"
    settings.ELASTICSEARCH_SHARDS = 0
    settings.ELASTICSEARCH_API_KEY = settings.ELASTICSEARCH_USERNAME = "x"
    told = check_engine(None)
    assert [message.id for message in told] == ["search.E002"] * 6
    assert all(message.hint for message in told)
    assert "secret" not in str(told)


def test_settings_that_are_unsafe_are_said(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = ["http://search:9200"]
    settings.ELASTICSEARCH_VERIFY_CERTS = False
    settings.ELASTICSEARCH_API_KEY = "x"
    assert [message.id for message in check_engine(None)] == ["search.W002", "search.W002"]


def test_good_settings_pass(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = ["https://search1:9200", "https://search2:9200"]
    assert check_engine(None) == []
