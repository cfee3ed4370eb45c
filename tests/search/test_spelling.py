"""「もしかして」: what was meant where the word typed is nowhere."""

from __future__ import annotations

import pytest

from search.engines import get_engine
from search.indexing import index_many, state_of
from search.known_words import one_apart
from search.registry import Term, registry
from search.request import SearchRequest
from search.spelling import did_you_mean
from search.vocabulary import forget_vocabulary, place_terms
from search.word_counts import word_counts

from .conftest import doc

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def words(source, monkeypatch: pytest.MonkeyPatch) -> None:
    def provider():
        yield from place_terms(field="area", value="w/k", label="烏山地区", reading="からすやま")
        yield Term(surface="子ども食堂", field="category", value="c", label="子ども食堂", kind="topic")
        yield Term(surface="懇親会", field="category", value="k", label="懇親会", kind="topic")

    monkeypatch.setattr(registry, "_vocabulary", [provider])
    forget_vocabulary()
    engine = get_engine("database")
    titles = ["健康マージャンあおぞら", "ひだまり食堂", "虹色うたごえ広場", "鶴亀フラダンス"]
    index_many([doc(title) for title in titles], index=state_of(engine).live, engine=engine)
    yield
    forget_vocabulary()


def meant(text: str, *failed: str) -> str:
    found = did_you_mean(text, failed or [text])
    return found.text if found else ""


@pytest.mark.parametrize(
    "typed", ["鳥山", "からすやな", "からやま", "からすすやま", "かすらやま", "からずやま", "karasuyana"]
)
def test_a_slip_in_a_place_is_put_right(typed: str) -> None:
    assert meant(typed) in ("烏山", "烏山地区")


@pytest.mark.parametrize(
    "typed", ["こどもしょくど", "こどもしょくどうう", "こどもしょくうど", "こどもしゃくどう"]
)
def test_a_slip_in_a_kind_is_put_right(typed: str) -> None:
    assert meant(typed) == "子ども食堂"


def test_other_kanji_of_the_same_or_nearly_the_same_sound() -> None:
    assert meant("献身会") == "懇親会"
    assert meant("根親会") == "懇親会"


@pytest.mark.parametrize(
    ("typed", "title"), [("ひたまり", "ひだまり"), ("にじいら", "虹色"), ("ふらだんず", "フラダンス")]
)
def test_a_slip_in_a_word_of_a_title_is_put_right(typed: str, title: str) -> None:
    assert meant(typed) == title


def test_the_rest_of_the_question_stays() -> None:
    found = did_you_mean("からすやな 日曜 食堂", ["からすやな"])
    assert found is not None
    assert found.text in ("烏山 日曜 食堂", "烏山地区 日曜 食堂")
    assert found.typed == "からすやな"


@pytest.mark.parametrize(
    "typed", ["烏山", "子ども食堂", "ロケット", "いけ", "", "ー", "😀", "\x00", "か" * 300, "a'; --"]
)
def test_a_right_or_unlike_word_is_left_alone(typed: str) -> None:
    assert meant(typed) == ""


def test_it_costs_few_queries(django_assert_max_num_queries) -> None:
    meant("ひたまり")
    with django_assert_max_num_queries(3):
        meant("うたこえ")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("あい", "あう", True), ("あい", "いあ", True), ("あい", "あいう", True), ("あい", "あい", False),
     ("あいう", "ういあ", False), ("あ", "あいう", False), ("", "あ", True), ("あいう", "いうえ", False)],
)  # fmt: skip
def test_one_slip_apart(one: str, other: str, apart: bool) -> None:
    assert one_apart(one, other) is one_apart(other, one) is apart


def test_which_word_failed_is_counted() -> None:
    counts = word_counts(SearchRequest(text="食堂 ロケット"))
    assert [(word.surface, word.count > 0) for word in counts] == [("食堂", True), ("ロケット", False)]
