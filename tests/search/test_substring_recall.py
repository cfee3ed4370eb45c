"""Any piece of a title or text finds it, down to one character, whatever was understood from it."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis.normalise import compact
from search.vocabulary import Vocabulary, feature_terms, free_terms, place_terms, weekday_terms

from .conftest import doc, ids

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

VOCABULARY = Vocabulary.of(
    [
        *place_terms(field="area", value="k", label="烏山地区", reading="からすやま"),
        *place_terms(field="area", value="kinuta", label="砧地区", reading="きぬた"),
        *weekday_terms(field="weekday", values="月火水木金土日"),
        *free_terms(field="fee", value="free"),
        *feature_terms(field="feature", value="p", label="送迎あり"),
    ]
)
TEXTS = (
    "烏山子ども食堂「こもれび」",
    "代々木と祖師ヶ谷大蔵のサーバー",
    "毎週日曜日は無料・送迎あり(要予約)",
    "砧の澤田さんと☆キラリ☆ﾏｰﾁﾝ 2026",
    "Ｗｉ-Ｆｉ & Café №5 100% OK!",
    "どなたでもお気軽にどうぞ。第2・第4木曜 13:30〜15:30",
)


def test_every_piece_of_every_text_finds_it(put, find):
    put(*(doc(f"t{number}", text) for number, text in enumerate(TEXTS)))
    put(*(doc(f"b{number}", "名前", body=text) for number, text in enumerate(TEXTS)))
    chance = random.Random(3)
    for number, text in enumerate(TEXTS):
        pieces = [text[i : i + size] for size in (1, 2) for i in range(len(text) - size + 1)]
        pieces += [text[i : i + chance.randint(3, 12)] for i in range(0, len(text), 2)] + [text]
        for piece in filter(compact, pieces):
            found = set(ids(find(piece, vocabulary=VOCABULARY, page_size=50)))
            assert {f"t{number}", f"b{number}"} <= found, piece


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        "烏山子ども食堂こもれび代々木ヶ谷ーマジャンﾏｼ無料日曜送迎あり「」・ 09aZ☆🥺", min_size=1, max_size=24
    ),
    data=st.data(),
)
def test_any_piece_of_any_text_finds_it(text, data, put, find):
    put(doc("a", "会", body=text), doc("b", "名", body="ほかのこと"))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if compact(piece):
        assert "a" in ids(find(piece, vocabulary=VOCABULARY))
