"""The short ways documents are analysed by say what the long ways say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from search.analysis.normalise import compact, compact_lines, key
from search.analysis.terms import bigrams, encode, grams, spellings
from search.analysis.tokens import tokenize, words_and_reading

TEXTS = [
    "烏山子ども食堂「ひだまり」",
    "毎週火曜日 9:30～11:30、第2・第4土曜日は休み",
    "藤台七丁目 第七日曜日 七丁目 泉喜七丁目",
    "スマホ・Wi-Fi相談★ＮＰＯ法人ｶﾗｵｹの会 C++ 50%",
    "祖師ヶ谷の代々木サーバー、まーじゃん、ゔぁいおりん",
    "なたらあ 朔空 ☆彡 (㈱) ①②③",
    "",
]


def _long_way(line: str) -> tuple[frozenset[str], str]:
    tokens = tokenize(line)
    spoken = [token for token in tokens if not token.silent]
    words = {
        form for token in spoken for form in (*token.keys, *(part for parts in token.parts for part in parts))
    }
    return frozenset(words), "".join(token.reading for token in tokens if token.surface.strip())


@pytest.mark.parametrize("line", TEXTS)
def test_words_and_reading_of_a_line_are_those_of_its_tokens(line):
    assert words_and_reading(line) == _long_way(line)


def test_a_word_read_in_two_ways_is_read_as_in_its_line():
    for line in ("藤台七丁目", "七丁目", "烏台七丁目"):
        assert words_and_reading(line) == _long_way(line)


@pytest.mark.parametrize("text", [*TEXTS, "\n".join(TEXTS)])
def test_spellings_are_those_of_the_whole_text(text):
    assert compact_lines(text) == compact(text)
    assert spellings(text) == tuple(dict.fromkeys((compact(text), key(text))))


@pytest.mark.parametrize("text", [compact(text) for text in TEXTS] + ["a.b", "İx", "あ", "c++"])
def test_pairs_of_characters_are_encoded_one_by_one(text):
    pairs = [first + second for first, second in pairwise(text)]
    assert grams([text]) == {encode("g", gram) for gram in (*pairs, *text)}
    assert bigrams("r", text) == [encode("r", gram) for gram in (pairs if len(text) != 1 else text)]
