"""Whatever is typed gets an answer."""

from __future__ import annotations

import math
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.analysis.normalise import compact
from search.planning import make_plan
from search.request import MAX_RESULTS, MAX_TEXT, InvalidSearchRequest, SearchRequest
from search.suggest import MAX_TYPED
from search.understanding import understand
from search.vocabulary import Vocabulary, place_terms

from .conftest import INDEX, doc

STRANGE = [
    '"', "'", '"""', "*", "a*", "体操*", "AND", "OR NOT", "NEAR(a b)", "tokens:体操", "(", ")", "((a)", "-体操", "^体操", "a:b:c",
    "体操' & !x", "\\", "\\'", "体操 | 麻雀", "<->", "%", "%s", "%(a)s", "{0}", "_", "\x00", "体\x00操", "\ud800", "体操\udfff",
    "体" * 10_000, "体 " * 5_000, "a" * 10_000, "ー" * 300, "。、・「」", "   ", "\u3000", "😀", "\U0001f468\u200d\U0001f469", "🥺🥺",
    "\u202e体操",
    "שלום", "مرحبا",
    "ｱｲｳ", "㍿㌔", "①②", "\ufffe", "がぎ", "か\u3099", "゛", "ゝゞ", "々", "ヶ", "; DROP TABLE search_indexeddocument; --", "<script>",
    "x2fx", "𠮷野家", "🈚", "İstanbul", "ß", "\n\r\t", "0", "-1", "1e999", "NULL",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text)[:20])
def test_anything_typed_gets_an_answer(text, put, find):
    vocabulary = Vocabulary.of(place_terms(field="area", value="k", label="烏山地区", reading="からすやま"))
    put(doc("a", "体操の会"))
    result = find(text, vocabulary=vocabulary, facets=("area",), explain=True)
    assert result.total in (0, 1)
    find("体操", filters={text: (text,)}, types=(text,), facets=(text,), plain=(text,))


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text)[:20])
def test_anything_can_be_indexed_and_found_again(text, put, find):
    put(doc("a", "名" + text, body=text, place=text, category=text, reading=text, keywords={"k": (text,)}))
    assert find("名").total == 1


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text)[:20])
def test_anything_typed_is_completed_and_mapped(text, put, engine):
    put(doc("a", "体操の会", location=(35.67, 139.6)))
    assert len(engine.complete(compact(text)[:MAX_TYPED], index=INDEX, types=("resource",), limit=5)) <= 1
    request = SearchRequest(text=text, filters={text: (text,)}, box=(35.0, 139.0, 36.0, 140.0))
    plan = make_plan(understand(request.text, Vocabulary(), plain=(text,)))
    assert engine.cells(plan, request, index=INDEX, zoom=12, limit=5).total == 0
    free = engine.cells(plan, request.with_(filters={}), index=INDEX, zoom=12, limit=5)
    assert free.total in (0, 1)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize(
    "text", ["体操 " * 5_000, "体" * 10_000, "(" * 10_000, "a b " * 2_500, "１" * 10_000, "ー・" * 5_000]
)
def test_what_is_long_costs_no_more_than_what_is_short(text, put, find):
    put(doc("a", "体操の会"))
    with CaptureQueriesContext(connection) as captured:
        find(text)
    assert len(captured) <= 40
    assert max((len(query["sql"]) for query in captured), default=0) < 200_000


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 12, 30), date(1582, 10, 10)])
def test_days_nobody_lives_in_are_days_without_anything(day, put, find):
    put(doc("a", dates=(date(2026, 11, 23),)))
    assert find(open_on=day).total == 0
    assert find(open_between=(day, day)).total == 0
    assert find(open_between=(date.min, date.max), today=day, sort="next_date").total == 1


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_last_page_there_may_be_is_empty_not_slow(put, find):
    put(doc("a"))
    last = find(page=MAX_RESULTS // 20, page_size=20)
    assert (last.hits, last.total) == ((), 1)


@pytest.mark.django_db
@pytest.mark.postgres
def test_hundreds_of_values_are_cut_not_refused(put, find):
    put(doc("a", keywords={"k": ("v0",)}))
    values = tuple(f"v{number}" for number in range(5_000))
    assert find(filters={"k": values}).total == 1
    assert find(plain=values, types=("resource", *values)).total == 1


def test_long_text_is_cut_not_refused():
    assert len(SearchRequest(text="体" * 10_000).text) == MAX_TEXT


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"near": (91.0, 0.0)}, "near"),
        ({"near": (0.0, 181.0)}, "near"),
        ({"near": (math.nan, 0.0)}, "near"),
        ({"near": (math.inf, 0.0)}, "near"),
        ({"radius_m": 500}, "radius_m"),
        ({"near": (35.0, 139.0), "radius_m": 0}, "radius_m"),
        ({"near": (35.0, 139.0), "radius_m": 10**9}, "radius_m"),
        ({"open_between": (date(2026, 2, 1), date(2026, 1, 1))}, "open_between"),
        ({"sort": "price"}, "sort"),
        ({"sort": "distance"}, "sort"),
        *(
            ({"box": box}, "box")
            for box in (
                (91.0, 0.0, 92.0, 1.0),
                (1.0, 0.0, 0.0, 1.0),
                (0.0, -181.0, 1.0, 0.0),
                (0.0, 1.0, 1.0, 0.0),
                (math.nan, 0.0, 1.0, 1.0),
                (0.0, 0.0, math.inf, 1.0),
            )
        ),
        ({"page": 0}, "page"),
        ({"page": 10**12}, "page"),
        ({"page_size": 0}, "page_size"),
        ({"page_size": 10**6}, "page_size"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(options, field):
    with pytest.raises(InvalidSearchRequest) as caught:
        SearchRequest(**options)
    assert caught.value.field == field
    assert caught.value.message.endswith("。")


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_poles_and_the_date_line_are_places(put, find):
    put(doc("a", location=(89.9, 179.9)))
    for near in ((90.0, 180.0), (-90.0, -180.0), (0.0, 180.0)):
        find(near=near, radius_m=50_000, sort="distance")
