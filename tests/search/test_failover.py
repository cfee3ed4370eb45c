from __future__ import annotations

import threading
import time

import pytest
from django.contrib.auth.models import Group

from search import failover
from search.engines import engines_in_use
from search.engines.base import EngineUnavailable, QuestionRefused
from search.engines.bounded import BoundedEngine, run_within
from search.failover import ask, breaker_of
from search.request import SearchRequest
from search.services import search
from search.upkeep.rebuilding import rebuild
from tests.search.outside import OutsideEngine

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def built(source, outside):
    """Two groups in both indexes."""
    Group.objects.create(name="体操の会")
    Group.objects.create(name="麻雀の会")
    for engine in engines_in_use():
        rebuild(engine=engine)
    outside.cluster.calls.clear()
    return outside


def total(text: str = "") -> int:
    return search(SearchRequest(text=text)).total


def who_answers() -> str:
    return ask(
        lambda engine, index: engine.search(failover.Plan(), SearchRequest(), index=index) and engine.name
    )


def open_breaker(engine: OutsideEngine) -> None:
    breaker_of(engine.name).failed("test", strikes=2)


def test_the_configured_engine_is_asked_without_a_look_at_the_database(built, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert who_answers() == "outside"


@pytest.mark.parametrize(
    "error", [EngineUnavailable("503"), OSError("refused"), KeyError("hits"), ValueError("truncated")]
)
def test_whatever_goes_wrong_the_embedded_engine_answers(built, error):
    def fail(method: str) -> None:
        raise error

    built.cluster.trouble = fail
    assert [total(), total(), total()] == [2, 2, 2]
    assert len(built.cluster.calls) == 2, "after two failures nobody asks any more"


def test_a_missing_index_is_no_empty_answer(built):
    built.cluster.stored.clear()
    assert total() == 2


def test_a_question_that_is_refused_is_answered_and_leaves_the_engine_to_others(built):
    def refuse(method: str) -> None:
        raise QuestionRefused("400")

    built.cluster.trouble = refuse
    assert [total() for _ in range(4)] == [2] * 4
    assert not breaker_of(built.name).is_open
    assert [total() for _ in range(failover.REFUSALS)] == [2] * failover.REFUSALS
    assert breaker_of(built.name).is_open, "an index that refuses everything has to be noticed"


def test_an_engine_that_fails_in_the_middle_gives_no_part_of_the_answer(built):
    def fail_at_second(method: str) -> None:
        if len(built.cluster.calls) > 1:
            raise EngineUnavailable("3 of 5 shards failed")

    built.cluster.trouble = fail_at_second
    result = search(SearchRequest(text="体操 ないことば"))
    assert len(built.cluster.calls) == 2
    assert [hit.title for hit in result.hits] == ["体操の会"]


def test_a_search_is_not_waited_for_longer_than_its_budget_and_only_once(built, monkeypatch):
    hangs = threading.Event()
    built.cluster.trouble = lambda method: hangs.wait(60)
    monkeypatch.setattr(failover, "SLOW_SECONDS", 0.01)
    began = time.monotonic()
    answered = [
        ask(lambda engine, index: engine.search(failover.Plan(), SearchRequest(), index=index), seconds=0.1)
    ]
    assert time.monotonic() - began < 30
    answered += [ask(lambda engine, index: engine.search(failover.Plan(), SearchRequest(), index=index))]
    hangs.set()
    assert [answer.total for answer in answered] == [2, 2]
    assert built.cluster.calls == ["search"]


def test_one_completion_that_is_late_leaves_the_search_alone(built):
    hangs = threading.Event()
    built.cluster.trouble = lambda method: hangs.wait(60) if method == "complete" else None
    ask(lambda engine, index: engine.complete("た", index=index), seconds=0.05)
    hangs.set()
    assert who_answers() == "outside"


def test_nobody_is_asked_while_the_breaker_is_open(built):
    open_breaker(built)
    assert total("体操") == 1
    assert built.cluster.calls == []


def test_it_is_asked_again_when_a_probe_finds_it_well(built):
    open_breaker(built)
    breaker_of(built.name)._try_again()
    assert who_answers() == "outside"


def test_a_probe_needs_the_index_and_not_only_the_engine(built):
    open_breaker(built)
    built.cluster.stored.clear()
    breaker_of(built.name)._try_again()
    assert breaker_of(built.name).is_open


def test_what_was_hidden_a_moment_ago_is_not_shown_by_an_index_that_lags(built):
    Group.objects.filter(name="体操の会").update(name="非公開")
    assert [hit.title for hit in search(SearchRequest()).hits] == ["麻雀の会"]


def test_the_time_for_all_calls_together_is_bounded(outside):
    engine = BoundedEngine(outside, 0.0)
    with pytest.raises(EngineUnavailable):
        engine.indexes()
    assert outside.cluster.calls == []


def test_calls_that_hang_do_not_pile_up(monkeypatch):
    monkeypatch.setattr("search.engines.bounded._places", threading.BoundedSemaphore(1))
    hangs = threading.Event()
    with pytest.raises(EngineUnavailable, match="in time"):
        run_within(0.01, lambda: hangs.wait(60))
    with pytest.raises(EngineUnavailable, match="too many"):
        run_within(60, lambda: None)
    hangs.set()


def test_what_a_call_raises_is_raised_where_it_was_made():
    with pytest.raises(ZeroDivisionError):
        run_within(60, lambda: 1 / 0)
