"""What every engine must do, asked through the site's own path: understanding, plan, engine."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.distances import metres
from search.indexing import index_many
from search.registry import Term
from search.vocabulary import Vocabulary, place_terms, weekday_terms

from .conftest import INDEX, doc, ids

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = date(2026, 11, 21)


def test_a_word_is_found_in_every_spelling(put, find):
    put(doc("a", "健康麻雀の会"), doc("b", "体操教室"))
    for typed in ("麻雀", "マージャン", "ﾏｰｼﾞｬﾝ", "まーじゃん", "マージヤン", "健康 麻雀"):
        assert ids(find(typed)) == ["a"], typed


def test_a_title_in_kana_is_found_by_kanji(put, find):
    put(doc("a", "まーじゃんひろば"), doc("b", "からおけ"))
    assert ids(find("麻雀")) == ["a"]


@pytest.mark.parametrize(
    ("typed", "title", "other"),
    [
        ("まーじゃん", "健康マージャン", "ま ごころ会"),
        ("しょくどう", "みんなの食堂", "食のこと どうする会"),
        ("てしごと", "手仕事の会", "仕事で困ったら"),
        ("しょうぎ", "将棋の会", "商店街の椅子"),
        ("いご", "囲碁の会", "い の字 ご の字"),
    ],
)
def test_bits_of_a_word_in_kana_are_not_the_word(typed, title, other, put, find):
    put(doc("other", other, place=other, body=other), doc("meant", title, body=title))
    assert "other" not in ids(find(typed))
    if len(typed) > 2:  # readings of two kana are inside every other word: only the word as written is found
        assert ids(find(typed)) == ["meant"]


def test_the_given_reading_is_found(put, find):
    put(doc("a", "柊の会", reading="ひいらぎのかい"), doc("b", "橘の会"))
    assert ids(find("ひいらぎ")) == ["a"]


def test_title_ranks_above_category_above_place_above_body(put, find):
    put(
        doc("body", "あ会", body="となりでは体操も開かれています"),
        doc("place", "い会", place="体操連盟"),
        doc("category", "う会", category="体操"),
        doc("title", "体操え会"),
    )
    assert ids(find("体操")) == ["title", "category", "place", "body"]


def test_the_exact_title_comes_first(put, find):
    put(
        doc("long", "花の会と畑の会と花壇の会"),
        doc("exact", "花の会"),
        doc("other", "花の会の友", body="花の会 花"),
    )
    assert ids(find("花の会"))[0] == "exact"


def test_a_synonym_is_found_below_the_word_itself(put, find):
    put(doc("synonym", "コーラスひろば"), doc("word", "合唱ひろば"))
    assert ids(find("合唱")) == ["word", "synonym"]


def test_all_words_must_be_there(put, find):
    put(doc("both", "体操とお茶"), doc("one", "体操"), doc("other", "お茶"))
    assert ids(find("体操 お茶")) == ["both"]


def test_what_is_let_go_is_said(put, find):
    put(doc("a", "体操の会"))
    result = find("体操 ロケット")
    assert ids(result) == ["a"]
    assert any("ロケット" in sentence for sentence in result.relaxed)


def test_a_few_passing_mentions_are_followed_by_what_is_close(put, find):
    put(
        doc("passing", "お茶の会", body="親の介護の話も"),
        doc("close", "介護者のつどい"),
        doc("other", "体操"),
    )
    assert set(ids(find("親 介護"))) == {"passing", "close"}


def test_every_page_and_order_of_a_relaxed_question_has_the_same_total(put, find):
    put(
        doc("passing", "お茶の会", body="親の介護の話も", dates=(TODAY,)),
        *(doc(f"close{number}", f"介護者のつどい{number}") for number in range(4)),
    )
    totals = {
        find("親 介護", page=page, page_size=2, sort=sort).total
        for page in (1, 2, 3)
        for sort in ("relevance", "next_date", "title")
    }
    assert totals == {5}


def test_two_good_matches_are_not_watered_down(put, find):
    put(doc("both", "体操とお茶"), doc("one", "体操の会"), doc("two", "お茶の会"))
    assert find("体操 お茶").total == 1


def test_what_only_raised_is_asked_for_when_the_word_is_nowhere(put, find):
    audience = Term(surface="外国籍", field="audience", value="foreign", label="外国人", kind="audience")
    put(doc("a", "日本語ひろば", keywords={"audience": ("foreign",)}), doc("b", "体操"))
    result = find("外国籍住民", vocabulary=Vocabulary.of([audience]))
    assert ids(result) == ["a"]
    assert [sentence for sentence in result.relaxed if "外国籍" in sentence] == []


def test_the_name_of_an_organization_comes_before_what_its_words_mean(put, find):
    put(doc("meaning", "緑のひろば"), doc("named", "お茶の時間", place="上馬みどり会"))
    assert ids(find("みどり会")) == ["named", "meaning"]


def test_a_place_is_let_go_before_the_only_word(put, find):
    vocabulary = Vocabulary.of(place_terms(field="area", value="k", label="烏山地区"))
    put(doc("a", "麻雀の会", keywords={"area": ("x",)}), doc("b", "体操", keywords={"area": ("k",)}))
    result = find("烏山 麻雀", vocabulary=vocabulary)
    assert ids(result) == ["a"]
    assert result.understood == ()
    assert any("烏山" in sentence for sentence in result.relaxed)


def test_a_misspelt_word_finds_what_looks_alike(put, find):
    put(doc("a", "ボランティアの会"))
    result = find("ボランテイヤー")
    assert ids(result) == ["a"]
    assert result.relaxed


def test_a_place_narrows_and_its_district_comes_before_its_area(put, find):
    vocabulary = Vocabulary.of(
        [
            *place_terms(field="area", value="district", label="烏山地区", rank=0),
            *place_terms(field="area", value="area", label="烏山地域", rank=2),
        ]
    )
    put(
        doc("wide", "麻雀麻雀", category="麻雀", keywords={"area": ("area", "other")}),
        doc("near", "茶会", body="麻雀", keywords={"area": ("area", "district")}),
        doc("far", "麻雀", keywords={"area": ("else",)}),
    )
    result = find("烏山 麻雀", vocabulary=vocabulary)
    assert ids(result) == ["near", "wide"]


def test_a_place_in_the_name_loses_nothing(put, find):
    vocabulary = Vocabulary.of(place_terms(field="area", value="matsubara", label="松原地区"))
    put(doc("named", "松原さんの庭", keywords={"area": ("elsewhere",)}))
    assert ids(find("松原さんの庭", vocabulary=vocabulary)) == ["named"]
    assert ids(find("松原 庭", vocabulary=vocabulary)) == ["named"]


def test_a_kind_raises_without_narrowing(put, find):
    vocabulary = Vocabulary.of(
        [Term(surface="相談", field="category", value="desk", label="相談窓口", kind="topic")]
    )
    put(
        doc("word", "法律の話", body="相談もできます"),
        doc("kind", "まちの窓", keywords={"category": ("desk",)}),
    )
    assert ids(find("相談", vocabulary=vocabulary)) == ["kind", "word"]


def test_filters_are_or_inside_a_field_and_and_between(put, find):
    put(
        doc("a", keywords={"area": ("x",), "audience": ("old",)}),
        doc("b", keywords={"area": ("y",), "audience": ("old", "young")}),
        doc("c", keywords={"area": ("z",), "audience": ("old",)}),
    )
    assert set(ids(find(filters={"area": ("x", "y")}))) == {"a", "b"}
    assert ids(find(filters={"area": ("x", "y"), "audience": ("young",)})) == ["b"]
    assert ids(find(filters={"area": ("nowhere",)})) == []


def test_filters_are_never_relaxed(put, find):
    put(doc("a", "体操の会", keywords={"area": ("x",)}))
    assert find("体操", filters={"area": ("y",)}).total == 0


def test_types_narrow(put, find):
    put(doc("a", "体操"), doc("a", "体操", type="event"))
    result = find("体操", types=("event",))
    assert [(hit.type, hit.id) for hit in result.hits] == [("event", "a")]


def _town(count: int) -> list:
    chance = random.Random(7)
    return [
        doc(
            f"d{number:03}",
            chance.choice(["体操の会", "麻雀の会", "お茶の会"]) + f"第{number}",
            keywords={
                "area": (chance.choice("xyz"), "all"),
                "audience": tuple(sorted(set(chance.choices(["old", "young", "all"], k=2)))),
            },
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("", {}),
        ("体操", {}),
        ("体操", {"area": ("x",)}),
        ("", {"area": ("x", "y"), "audience": ("old",)}),
        ("麻雀", {"audience": ("young", "all"), "area": ("z",)}),
    ],
)
def test_facets_and_total_are_exact(text, filters, put, find):
    town = _town(120)
    put(*town)
    result = find(text, filters=filters, facets=("area", "audience"), page_size=200)

    def held(document, skip=None):
        return text in document.title and all(
            set(values) & set(document.keywords[field]) for field, values in filters.items() if field != skip
        )

    assert set(ids(result)) == {document.id for document in town if held(document)}
    assert result.total == len(result.hits)
    for field in ("area", "audience"):
        expected = Counter(value for d in town if held(d, skip=field) for value in d.keywords[field])
        assert dict(result.facets[field]) == dict(expected)


def test_facets_put_the_most_frequent_value_first(put, find):
    put(
        doc("a", keywords={"area": ("x",)}),
        doc("b", keywords={"area": ("y",)}),
        doc("c", keywords={"area": ("y",)}),
    )
    assert find(facets=("area",)).facets["area"] == (("y", 2), ("x", 1))


def test_distance_narrows_and_sorts(put, find):
    here = (35.6700, 139.6000)
    put(
        doc("far", location=(35.6900, 139.6000)),
        doc("near", location=(35.6705, 139.6005)),
        doc("middle", location=(35.6750, 139.6000)),
        doc("nowhere"),
    )
    result = find(near=here, radius_m=1_000, sort="distance")
    assert ids(result) == ["near", "middle"]
    assert result.hits[1].distance_m == round(metres(here, (35.6750, 139.6000)))
    assert ids(find(near=here, sort="distance")) == ["near", "middle", "far", "nowhere"]


def test_equal_hits_are_ordered_by_distance(put, find):
    put(doc("far", "体操", location=(35.70, 139.6)), doc("near", "体操", location=(35.68, 139.6)))
    assert ids(find("体操", near=(35.67, 139.6))) == ["near", "far"]


def test_open_on_a_day(put, find):
    put(doc("a", dates=(TODAY, TODAY + timedelta(7))), doc("b", dates=(TODAY + timedelta(1),)), doc("c"))
    assert ids(find(open_on=TODAY)) == ["a"]
    assert set(ids(find(open_between=(TODAY, TODAY + timedelta(1))))) == {"a", "b"}
    assert ids(find(open_between=(TODAY + timedelta(2), TODAY + timedelta(6)))) == []


def test_next_date_sorts_and_ignores_the_past(put, find):
    put(
        doc("late", dates=(TODAY - timedelta(1), TODAY + timedelta(9))),
        doc("soon", dates=(TODAY + timedelta(2),)),
        doc("never"),
    )
    result = find(sort="next_date")
    assert ids(result) == ["soon", "late", "never"]
    assert result.hits[1].next_date == TODAY + timedelta(9)


def test_titles_sort_by_reading(put, find):
    put(doc("c", "梅の会"), doc("a", "朝の会"), doc("b", "いろは"))
    assert ids(find(sort="title")) == ["a", "b", "c"]


def test_recently_confirmed_comes_first_among_equals(put, find):
    put(
        doc("old", "体操", verified_on=date(2025, 1, 1)),
        doc("never", "体操"),
        doc("new", "体操", verified_on=date(2026, 10, 1)),
    )
    assert ids(find("体操")) == ["new", "old", "never"]


def test_what_is_open_sooner_comes_first_among_equals(put, find):
    put(
        doc("never", "体操", verified_on=date(2026, 11, 20)),
        doc("later", "体操", dates=(date(2026, 11, 1), date(2026, 12, 20)), verified_on=date(2026, 11, 20)),
        doc("sooner", "体操", dates=(date(2026, 11, 25),)),
        doc("body", "囲碁", body="体操", dates=(date(2026, 11, 21),)),
    )
    assert ids(find("体操")) == ["sooner", "later", "never", "body"]


def test_pages_cover_everything_once(put, find):
    put(*_town(53))
    pages = [ids(find(page=page, page_size=10)) for page in range(1, 7)]
    assert sorted(id_ for page in pages for id_ in page) == [f"d{number:03}" for number in range(53)]
    assert find(page=2, page_size=10).pages == 6
    assert find(page=9, page_size=10).hits == ()


def test_a_document_put_again_is_replaced(put, find):
    put(doc("a", "体操", keywords={"area": ("x",)}))
    put(doc("a", "麻雀", keywords={"area": ("y",)}))
    assert find("体操").total == 0
    assert ids(find("麻雀", filters={"area": ("y",)})) == ["a"]
    assert find(facets=("area",)).facets["area"] == (("y", 1),)


def test_a_removed_document_is_gone(put, find, engine):
    put(doc("a", "体操"), doc("b", "体操"))
    engine.remove([("resource", "a"), ("resource", "unknown")], index=INDEX)
    engine.settle(INDEX)
    assert ids(find("体操")) == ["b"]


def test_indexes_do_not_see_each_other(put, find, engine):
    put(doc("a", "体操"))
    engine.create("scratch-other")
    index_many([doc("b", "体操")], index="scratch-other", engine=engine)
    assert ids(find("体操")) == ["a"]
    assert {"scratch-other", INDEX} <= engine.indexes()
    engine.drop("scratch-other")
    assert ids(find("体操")) == ["a"]
    assert "scratch-other" not in engine.indexes()


def test_cards_come_back_as_given(put, find):
    card = {"name": "体操", "facts": ["無料", 3, None], "nested": {"a": True}}
    put(doc("a", "体操", card=card))
    assert find("体操").hits[0].card == card


def test_found_words_are_marked_in_the_title(put, find):
    put(doc("a", "上町の健康マージャン"))
    hit = find("麻雀").hits[0]
    assert [hit.title[start:end] for start, end in hit.highlight] == ["マージャン"]


def test_scores_are_explained_on_request(put, find):
    put(doc("a", "体操とお茶"))
    assert find("体操 お茶").hits[0].parts == {}
    assert set(find("体操 お茶", explain=True).hits[0].parts) == {"体操", "お茶"}


@pytest.mark.parametrize("count", [3, 60])
def test_queries_do_not_grow_with_the_results(count, put, find):
    put(*_town(count))
    vocabulary = Vocabulary.of(weekday_terms(field="weekday", values="月火水木金土日"))
    with CaptureQueriesContext(connection) as queries:
        find(
            "会", vocabulary=vocabulary, facets=("area", "audience"), filters={"area": ("all",)}, page_size=50
        )
    assert len(queries) <= 3


def test_an_empty_index_answers(find):
    assert find("体操").total == 0
    assert find(facets=("area",)).facets == {"area": ()}
