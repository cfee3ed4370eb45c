"""Titles offered while somebody types: the same on every engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.analysis.normalise import compact
from search.engines.base import Completion, Engine

from .conftest import INDEX, doc

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

Complete = Callable[..., tuple[Completion, ...]]


@pytest.fixture
def complete(engine: Engine) -> Complete:
    """Ask the scratch index for completions."""

    def ask(typed: str, **options: object) -> tuple[Completion, ...]:
        engine.settle(INDEX)
        return engine.complete(compact(typed), index=INDEX, **options)

    return ask


def titles(found: tuple[Completion, ...]) -> list[str]:
    return [completion.title for completion in found]


@pytest.mark.parametrize(
    "typed", ["烏", "烏山子", "からす", "からすやまこども", "子ども食", "コドモショ", "しょくどう"]
)
def test_a_title_is_offered_by_its_beginning_its_reading_and_its_words(put, complete, typed) -> None:
    put(doc("a", "烏山子ども食堂", reading="からすやまこどもしょくどう"), doc("b", "体操の会"))
    assert titles(complete(typed)) == ["烏山子ども食堂"]


def test_what_does_not_begin_so_is_not_offered(put, complete) -> None:
    put(doc("a", "烏山子ども食堂"), doc("b", "体操の会"))
    assert complete("すやま") == ()
    assert complete("") == ()
    assert complete("%") == ()
    assert complete("_") == ()


def test_the_exact_title_comes_first_then_shorter_ones(put, complete) -> None:
    put(
        doc("long", "花の会と畑の会"), doc("exact", "花の会", reading="はなのかい"), doc("more", "花の会の友"),
        doc("b", "花畑ろ", reading="ろ"), doc("a", "花畑い", reading="い"),
    )  # fmt: skip
    assert titles(complete("花の会")) == ["花の会", "花の会の友", "花の会と畑の会"]
    assert titles(complete("花畑")) == ["花畑い", "花畑ろ"]


def test_each_title_is_offered_once_and_says_whether_it_is_alone(put, complete) -> None:
    put(*(doc(f"s{number}", "サロン花") for number in range(4)), doc("one", "サロン花子"))
    found = complete("さろん")
    assert [(item.title, item.alone) for item in found] == [("サロン花", False), ("サロン花子", True)]


def test_a_title_of_several_forms_is_still_alone(put, complete) -> None:
    put(doc("a", "さくらサロンさくら", reading="さくらさろんさくら"))
    assert [(item.title, item.alone) for item in complete("さ")] == [("さくらサロンさくら", True)]


def test_types_limits_and_other_indexes_are_kept_apart(put, complete, engine) -> None:
    put(doc("a", "花の会", type="resource"), doc("b", "花の団体", type="organization"))
    put(*(doc(f"c{number}", f"桜{number}") for number in range(15)))
    assert titles(complete("花", types=("organization",))) == ["花の団体"]
    assert len(complete("桜")) == 10
    assert len(complete("桜", limit=3)) == 3
    engine.create("scratch-other")
    assert engine.complete("花", index="scratch-other") == ()
    engine.drop("scratch-other")


def test_many_documents_of_one_title_hide_no_other(put, complete) -> None:
    put(*(doc(f"s{number}", "花") for number in range(120)), doc("other", "花園の集い"))
    assert titles(complete("花")) == ["花", "花園の集い"]


def test_what_is_taken_out_is_offered_no_more(put, complete, engine) -> None:
    put(doc("a", "花の会"))
    engine.remove([("resource", "a")], index=INDEX)
    engine.settle(INDEX)
    assert complete("花") == ()
