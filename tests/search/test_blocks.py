"""The stored blocks and what a process remembers of them stay one, whatever happens in between."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.analysis.terms import bigrams
from search.engines import get_engine
from search.engines.blocks import MERGED
from search.engines.mirror import forget_mirror
from search.engines.postings import Posting, invert, pack_places, unpack_places
from search.indexing import index_many
from search.models import IndexedBlock, IndexedPosting
from search.plan import Group, Literal, Plan
from search.request import SearchRequest

from .conftest import INDEX, doc, ids

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TODAY = date(2026, 11, 21)


@pytest.fixture
def engine():
    """Only the embedded engine has blocks."""
    found = get_engine("database")
    yield found
    found.drop(INDEX)


def test_single_changes_are_merged_and_stay_found(put, find):
    for number in range(3 * MERGED):
        put(doc(f"d{number}", f"体操の会第{number}", keywords={"area": ("x",)}))
        assert find("体操", facets=("area",)).total == number + 1
    assert IndexedBlock.objects.filter(index=INDEX).count() < MERGED
    assert find(facets=("area",)).facets["area"] == (("x", 3 * MERGED),)


def test_a_block_of_which_all_are_gone_leaves_nothing_behind(put, engine, find):
    put(*(doc(f"d{number}", "体操") for number in range(5)))
    engine.remove([("resource", f"d{number}") for number in range(4)], index=INDEX)
    assert find("体操").total == 1
    engine.remove([("resource", "d4")], index=INDEX)
    assert not IndexedBlock.objects.filter(index=INDEX).exists()
    assert not IndexedPosting.objects.exists()
    assert find("体操").total == 0


def test_what_was_rolled_back_is_forgotten(put, find):
    put(doc("a", "体操"), doc("b", "体操"))
    assert find("体操").total == 2

    with transaction.atomic():
        put(doc("c", "体操"), doc("a", "囲碁"))
        assert set(ids(find("体操"))) == {"b", "c"}
        transaction.set_rollback(True)
    put(doc("d", "体操"))
    assert set(ids(find("体操"))) == {"a", "b", "d"}


def test_a_word_asked_for_again_is_read_from_memory(put, find):
    put(doc("a", "体操の会"))
    find("体操")
    with CaptureQueriesContext(connection) as queries:
        find("体操")
    assert not any("indexedposting" in query["sql"] and "UNION" in query["sql"] for query in queries[1:])
    assert len(queries) == 2


def test_a_long_piece_in_the_text_is_found_only_where_it_stands(put, find):
    put(doc("there", "会", body="土曜はぬめぬめりん"), doc("bits", "会", body="ぬめりん めぬめ"))
    assert ids(find("ぬめぬめりん")) == ["there"]


@pytest.mark.parametrize("seed", range(6))
def test_memory_says_what_the_tables_say(seed, put, find, engine):
    """Random saves, removals and questions; a process that has just started must agree with one that saw it all."""
    chance = random.Random(seed)
    town: dict[str, tuple[str, str]] = {}
    for step in range(60):
        name = f"d{chance.randrange(25)}"
        if chance.random() < 0.3:
            engine.remove([("resource", name)], index=INDEX)
            town.pop(name, None)
        else:
            town[name] = chance.choice(["体操", "麻雀", "囲碁"]), chance.choice("xyz")
            put(_document(name, *town[name]))
        if step % 7 == 0:
            _ask_and_compare(town, find, chance)
        if step % 20 == 19:
            forget_mirror(INDEX)
    _ask_and_compare(town, find, chance)


def _document(name: str, word: str, area: str):
    return doc(name, f"{word}の会", keywords={"area": (area,)}, dates=(TODAY + timedelta(int(name[1:])),))


def _ask_and_compare(town, find, chance) -> None:
    word = chance.choice(["体操", "麻雀", "囲碁"])
    expected = {name for name, (held, _area) in town.items() if held == word}
    result = find(word, facets=("area",), page_size=50)
    assert set(ids(result)) == expected
    areas = [town[name][1] for name in expected]
    assert dict(result.facets["area"]) == {area: areas.count(area) for area in set(areas)}


def test_rebuilding_beside_leaves_the_live_index_alone(put, find, engine):
    put(doc("a", "体操"))
    index_many([doc(f"n{number}", "体操") for number in range(40)], index="build-other", engine=engine)
    assert ids(find("体操")) == ["a"]
    engine.drop("build-other")
    assert ids(find("体操")) == ["a"]


@pytest.mark.parametrize("size", [1, 7, 8, 9, 100, 5_000])
def test_places_come_back_as_packed(size):
    chance = random.Random(size)
    for share in (0.001, 0.1, 0.9):
        places = [place for place in range(size) if chance.random() < share] or [size - 1]
        assert unpack_places(pack_places(places, size), size).tolist() == places


def test_tokens_are_inverted():
    found = {
        token: unpack_places(data, 40).tolist()
        for token, data in invert([("a", "b")] + [("b",)] * 38 + [("c", "a")])
    }
    assert found == {"a": [0, 39], "b": list(range(39)), "c": [39]}


@pytest.mark.parametrize("share", [0.01, 0.5])
def test_a_posting_continued_or_cut_holds_the_same_documents(share):
    chance = random.Random(3)
    places = np.array([place for place in range(1_000) if chance.random() < share], np.int32)
    posting = Posting.of([places], 1_000)
    mask = np.zeros(1_000, bool)
    posting.mark(mask)
    assert np.flatnonzero(mask).tolist() == places.tolist()
    assert np.concatenate(posting.cut(500).pieces()).tolist() == [place for place in places if place < 500]
    longer = Posting.of([*posting.pieces(), np.array([1_500])], 2_000)
    assert np.concatenate(longer.pieces()).tolist() == [*places.tolist(), 1_500]


def test_what_was_read_up_for_one_filter_is_not_taken_for_another(put, engine):
    put(
        doc("a", "会", body="囲碁と将棋を楽しみます", keywords={"area": ("x",)}),
        doc("b", "集い", body="囲碁と将棋を楽しみます", keywords={"area": ("y",)}),
    )
    literal = Literal("囲碁と将棋", tuple(bigrams("g", "囲碁と将棋")), 2.0, 1.0)
    plan = Plan((Group("囲碁と将棋", (), (literal,)),))
    moment = engine.at_one_moment()
    for area, id_ in (("x", "a"), ("y", "b"), ("x", "a")):
        request = SearchRequest(filters={"area": (area,)})
        assert [found.id for found in moment.search(plan, request, index=INDEX).found] == [id_]
        assert moment.count_groups(plan, request, index=INDEX) == (1,)


def test_a_moment_that_sees_a_new_document_finds_it_for_a_group_asked_before(put, engine):
    put(doc("a", "体操"))
    old, new = (
        Plan((Group(word, (), (Literal(word, tuple(bigrams("g", word)), 2.0, 1.0),)),))
        for word in ("体操", "囲碁")
    )
    moment = engine.at_one_moment()
    assert moment.search(old, SearchRequest(), index=INDEX).total == 1
    put(doc("b", "体操と囲碁"))
    assert moment.search(new, SearchRequest(), index=INDEX).total == 1  # looks again: a token it did not know
    assert moment.search(old, SearchRequest(), index=INDEX).total == 2
