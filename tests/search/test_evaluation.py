from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.evaluation import Judged, metrics, ndcg, recall, reciprocal_rank
from search.models import IndexedDocument


def test_ndcg_is_one_for_the_best_order_and_less_for_a_worse():
    relevant = frozenset("ab")
    assert ndcg(relevant, ["a", "b", "c"]) == 1.0
    assert ndcg(relevant, ["c", "a", "b"]) < 1.0
    assert ndcg(relevant, []) == 0.0


def test_recall_counts_what_could_be_in_the_list():
    assert recall(frozenset(map(str, range(100))), [str(number) for number in range(50)]) == 1.0
    assert recall(frozenset("ab"), ["a"]) == 0.5


def test_reciprocal_rank_is_of_the_first_right_answer():
    assert reciprocal_rank(frozenset("b"), ["a", "b", "b"]) == 0.5
    assert reciprocal_rank(frozenset("x"), ["a"]) == 0.0


def test_metrics_tell_groups_apart_and_count_empty_answers():
    judged = [Judged("p", "one", frozenset("a")), Judged("q", "two", frozenset("b"))]
    found = metrics(judged, {"p": ["a"], "q": []})
    assert found["ndcg@10"] == 0.5
    assert found["empty"] == 1
    assert found["groups"]["one"]["ndcg@10"] == 1.0


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_command_writes_results_and_leaves_no_index(tmp_path):
    documents, queries, out = tmp_path / "d.jsonl", tmp_path / "q.jsonl", tmp_path / "out.json"
    rows = [
        {
            "id": "1",
            "title": "花の会",
            "weekdays": ["日"],
            "district": "烏山地区",
            "district_kana": "からすやま",
            "fee_yen": 0,
        },
        {"id": "2", "title": "花壇の会", "weekdays": ["月"], "district": "砧地区", "lat": 35.6, "lng": 139.6},
        {"id": "3"},
    ]
    documents.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    asked = [
        {"q": "からすやま 花 日曜", "group": "g", "relevant": ["1"]},
        {"q": "砧 花", "group": "g", "relevant": ["2"]},
    ]
    queries.write_text("\n".join(json.dumps(row) for row in asked), encoding="utf-8")
    before = IndexedDocument.objects.count()
    call_command("evaluate_search", documents=documents, queries=queries, json=out, stdout=StringIO())
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["engine"] == "database"
    assert report["results"] == {"からすやま 花 日曜": ["1"], "砧 花": ["2"]}
    assert report["metrics"]["ndcg@10"] == 1.0
    assert IndexedDocument.objects.count() == before


@pytest.mark.django_db
def test_an_unreadable_file_is_named(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"broken\.jsonl"):
        call_command(
            "evaluate_search", documents=broken, queries=broken, json=tmp_path / "o", stdout=StringIO()
        )


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.shared
def test_the_judged_questions_are_answered_well(shared_dir, tmp_path):
    folder = shared_dir / "search"
    out = tmp_path / "out.json"
    call_command(
        "evaluate_search",
        documents=folder / "corpus.jsonl",
        queries=folder / "queries_dev.jsonl",
        json=out,
        stdout=StringIO(),
    )
    found = json.loads(out.read_text(encoding="utf-8"))["metrics"]
    assert found["ndcg@10"] >= 0.95
    assert found["recall@50"] >= 0.95
    assert found["empty"] == 0
    assert get_engine().indexes() == set()
