"""The measurement itself: the same town every time, every kind of question, nothing left behind."""

from __future__ import annotations

import random

import pytest

from search.benchmark.documents import Town, Zipf
from search.benchmark.measuring import summary
from search.benchmark.questions import questions
from search.benchmark.raw_fts import RawFts
from search.benchmark.running import Run
from search.engines import get_engine

KINDS = {"words", "filters", "near", "browse", "complete", "map"}


def test_the_same_seed_makes_the_same_town():
    assert list(Town(3).documents(20)) == list(Town(3).documents(20))
    assert list(Town(3).documents(20)) != list(Town(4).documents(20))
    assert questions(Town(3), 4) == questions(Town(3), 4)


def test_every_kind_of_question_is_asked():
    assert {question.kind for question in questions(Town(), 2)} == KINDS


def test_a_few_words_make_up_most_of_a_text():
    chance = random.Random(1)
    words = Zipf([str(number) for number in range(1_000)])
    drawn = [words.draw(chance) for _ in range(2_000)]
    assert drawn.count("0") > 3 * drawn.count("5") > 0


def test_percentiles_are_those_of_the_slowest():
    times = summary([(float(number), number / 2) for number in range(1, 101)])
    assert (times.p50, times.p95, times.p99, times.cpu_p95) == (50.0, 95.0, 99.0, 47.5)
    assert summary([]).count == 0


@pytest.mark.django_db
def test_a_run_measures_every_kind_and_leaves_no_index_behind():
    town, engine = Town(), get_engine("database")
    report = Run(engine, town, 30).measure(questions(town, 2), lambda: 0.0)
    assert set(report["first"]) == KINDS | {"words, engine alone"} == set(report["again"])
    assert all(times["count"] == 2 for times in report["first"].values())
    assert report["documents_per_second"] > 0
    assert not engine.indexes()


def test_raw_fts_finds_the_same_words(tmp_path):
    raw = RawFts(tmp_path)
    raw.fill(Town().documents(50))
    found = raw.db.execute("SELECT COUNT(*) FROM raw WHERE raw MATCH '\"地域\"'").fetchone()
    assert found[0] > 0
    assert raw.measure(["地域", "相談 家族", "!"]).count == 3
    raw.close()
