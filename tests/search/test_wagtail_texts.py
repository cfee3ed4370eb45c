"""Texts and questions of the admin search as tokens, without a database: a small stand-in for one looks for phrases."""

from __future__ import annotations

import pytest

from search.wagtail_backend.texts import (
    MAX_WORDS,
    Needle,
    Way,
    Word,
    body_tokens,
    question,
    title_start,
    title_tokens,
    whole_title,
)


def holds(tokens: list[str], words: tuple[Word, ...]) -> bool:
    """What the databases are asked: every word, in any of its ways, with all of its needles."""
    return all(any(has_way(tokens, way) for way in word) for word in words)


def has_way(tokens: list[str], way: Way) -> bool:
    return all(has_needle(tokens, needle) for needle in way)


def has_needle(tokens: list[str], needle: Needle) -> bool:
    if needle.is_prefix:
        return any(token.startswith(needle.tokens[0]) for token in tokens)
    length = len(needle.tokens)
    return any(tuple(tokens[start : start + length]) == needle.tokens for start in range(len(tokens)))


NAME = "烏山子ども食堂"


@pytest.mark.parametrize(
    "typed",
    ["食堂", "堂", "烏", "ども食", NAME, "しょくどう", "ショクドウ", "ｼｮｸﾄﾞｳ", "からすやま", "karasuyama", "shokudo", "shokudou",
     "食堂 烏山", "食堂　からすやま", "烏山食堂", "食堂、烏山", "こどもしょくどう"],
)  # fmt: skip
def test_a_name_is_found_by_any_piece_and_spelling(typed):
    assert holds(title_tokens(NAME), question(typed))
    assert holds(body_tokens(NAME), question(typed))


@pytest.mark.parametrize("typed", ["食事", "堂食", "烏山 体操", "どうしょく", "会", "z", "qb"])
def test_what_is_not_there_is_not_found(typed):
    assert not holds(title_tokens(NAME), question(typed))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("齋藤さんの会", "斉藤"), ("斉藤さんの会", "齋藤"), ("梅ヶ丘サロン", "梅が丘"), ("カフェ・ひなた", "カフエひなた"),
        ("ＮＰＯ法人", "npo"),
        ("デイサービス", "ﾃﾞｲｻｰﾋﾞｽ"), ("まーじゃんの会", "麻雀"), ("麻雀の会", "まーじゃん"), ("買い物支援", "買物支援"),
        ("買い物支援", "かいもの"), ("hana@example.jp", "hana@example"),
        ("R-0012", "r-0012"), ("世田谷区松原六丁目", "松原6丁目"), ("𠮷野さん", "𠮷"),
        ("😀の会", "😀"), ("zoomの会", "zoom"), ("zzz", "z"), ("C++", "c++"),
    ],
)  # fmt: skip
def test_spellings_meet(text, typed):
    assert holds(body_tokens(text), question(typed))


def test_pieces_do_not_span_fields_or_spellings():
    tokens = body_tokens("松原") + body_tokens("原宿")
    assert not holds(tokens, question("原原"))
    assert not holds(body_tokens("サーバー"), question("ばーさ"))


def test_names_are_told_from_what_begins_with_them():
    exact, longer, inside = (title_tokens(name) for name in ("花の会", "花の会の友", "春の花の会"))
    assert [holds(tokens, (whole_title("はなの会"),)) for tokens in (exact, longer, inside)] == [False] * 3
    assert [holds(tokens, (whole_title("花の会"),)) for tokens in (exact, longer, inside)] == [
        True,
        False,
        False,
    ]
    assert [holds(tokens, (title_start("花の会"),)) for tokens in (exact, longer, inside)] == [
        True,
        True,
        False,
    ]
    assert holds(exact, (whole_title("はなのかい"),))


@pytest.mark.parametrize(
    "typed", ["", " ", "。、・", '"', "*", "'", "\\", "()", "\x00", "\ud800", "\u202e", "\n\t"]
)
def test_punctuation_alone_asks_for_nothing(typed):
    assert question(typed) == ()


@pytest.mark.parametrize("typed", ["体" * 10_000, "体 " * 10_000, "a" * 10_000, "ー" * 9_999, "😀" * 9_999])
def test_a_question_of_any_length_stays_small(typed):
    words = question(typed)
    assert len(words) <= MAX_WORDS
    assert sum(len(needle.tokens) for word in words for way in word for needle in way) < 500


@pytest.mark.parametrize(
    "text", ['"', "'x'", "a*b", "AND OR NOT", "x:y", "{a}", "\\'", "İß", "\x00", "\udfff", "%s", "q b", "é"]
)
def test_tokens_are_words_for_every_database(text):
    for token in [*title_tokens("名" + text), *body_tokens(text + "名")]:
        assert token.isalnum()
        assert token == token.lower()
