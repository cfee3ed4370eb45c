"""What is offered while somebody types."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from search.engines import get_engine
from search.indexing import index_many, state_of
from search.registry import Term, registry
from search.suggest import Suggestion, suggest, typed_forms
from search.vocabulary import forget_vocabulary, place_terms

from .conftest import doc

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def words(source, monkeypatch: pytest.MonkeyPatch) -> None:
    """烏山 (district and wider area), 南烏山 (a town), 子ども食堂 (a kind), 子ども (an audience)."""

    def provider():
        yield from place_terms(field="area", value="w/k", label="烏山地区", reading="からすやま", rank=0)
        yield Term(surface="烏山地域", field="area", value="w", label="烏山地域", kind="place", rank=1)
        yield from place_terms(
            field="town", value="南烏山", label="南烏山", reading="みなみからすやま", rank=3
        )
        yield Term(surface="子ども食堂", field="category", value="c", label="子ども食堂", kind="topic")
        yield Term(surface="みんなの食堂", field="category", value="c", label="子ども食堂", kind="topic")
        yield Term(surface="子ども", field="audience", value="child", label="子ども", kind="audience")
        yield Term(surface="無料", field="free", value="yes", label="無料", reading="むりょう")

    monkeypatch.setattr(registry, "_vocabulary", [provider])
    forget_vocabulary()
    yield
    forget_vocabulary()


@pytest.fixture
def named(source):
    """Put groups of these names into the live index."""

    def make(*names: str) -> list[Group]:
        groups = [Group.objects.create(name=name) for name in names]
        engine = get_engine("database")
        documents = source.build_all(groups)
        index_many(documents, index=state_of(engine).live, engine=engine)
        return groups

    return make


def labels(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.label for suggestion in found]


@pytest.mark.parametrize(
    "typed", ["からす", "カラス", "ｶﾗｽ", "karasu", "からsu", "karas", "からｓ", "烏", "烏山"]
)
def test_a_place_is_offered_however_it_is_typed(words, typed: str) -> None:
    found = suggest(typed)
    assert labels(found)[:2] == ["烏山地区", "烏山地域"]
    assert found[0].kind == "place"
    assert found[0].text == "烏山地区"


def test_a_consonant_rules_out_other_rows(words) -> None:
    assert "烏山地区" not in labels(suggest("からk"))


@pytest.mark.parametrize("typed", ["こどもｓ", "こどもshok", "kodomosho", "こどもしょ", "子ども食"])
def test_half_typed_letters_are_read_as_kana(words, typed: str) -> None:
    assert labels(suggest(typed))[0] == "子ども食堂"


def test_the_last_word_is_completed_and_the_others_stay(words) -> None:
    found = suggest("烏山 こども")
    assert [(item.label, item.text) for item in found[:2]] == [
        ("子ども", "烏山 子ども"),
        ("子ども食堂", "烏山 子ども食堂"),
    ]
    assert suggest("烏山こどもしょ")[0].text == "烏山 子ども食堂"
    assert suggest("烏山 ") == ()


def test_one_meaning_is_offered_once_with_what_it_stands_for(words) -> None:
    found = suggest("みんなの食")
    assert [(item.label, item.means) for item in found] == [("みんなの食堂", "子ども食堂")]


def test_places_and_kinds_come_before_titles_and_all_are_few(words, named) -> None:
    named(*(f"子ども食堂{name}" for name in "あいうえおかきくけこさし"))
    found = suggest("こども")
    assert len(found) == 10
    assert [item.kind for item in found[:2]] == ["audience", "topic"]
    assert [item.kind for item in found].count("title") >= 5


def test_a_word_of_the_dictionary_is_offered(words) -> None:
    assert "見守り" in labels(suggest("みまも"))


def test_what_is_not_public_any_more_is_not_offered(source, named) -> None:
    group, *_others = named("花の会", "花の友")
    Group.objects.filter(pk=group.pk).update(name="非公開の会")
    assert "花の会" not in labels(suggest("花の"))
    assert "花の友" in labels(suggest("花の"))


def test_two_of_one_title_lead_to_the_list_of_both(source, named, monkeypatch) -> None:
    monkeypatch.setattr(source, "addresses", lambda ids, user: {id_: f"/g/{id_}/" for id_ in ids})
    groups = named("桜の会", "一", "二")
    documents = [doc(str(group.pk), "桜の園", type="group") for group in groups[1:]]
    index_many(documents, index=state_of(get_engine("database")).live, engine=get_engine("database"))
    titles = [(item.label, item.url) for item in suggest("桜の") if item.kind == "title"]
    assert titles == [("桜の会", f"/g/{groups[0].pk}/"), ("桜の園", "")]


def test_it_costs_few_queries(words, named, django_assert_max_num_queries) -> None:
    named("子ども食堂はな")
    suggest("こども")
    with django_assert_max_num_queries(4):
        suggest("こども")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "'",
        '"*',
        "%",
        "()",
        "a" * 61,
        "か" * 10_000,
        "😀",
        "\u202eからす",
        "ー",
        "・",
    ],
)
def test_nonsense_is_answered_with_nothing_or_little(words, typed: str) -> None:
    assert len(suggest(typed)) <= 10


@pytest.mark.parametrize(
    ("typed", "stems"),
    [
        ("からsu", {"からsu", "からす"}),
        ("ko", {"ko", "こ"}),
        ("k", {"k"}),
        ("wifi", {"wifi"}),
        ("まっt", {"まっt", "まっ"}),
    ],
)
def test_ways_to_read_what_is_half_typed(typed: str, stems: set[str]) -> None:
    assert stems <= {way.stem for way in typed_forms(typed)}
