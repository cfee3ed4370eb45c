import threading

import pytest

from search.analysis.stopwords import is_stop_word
from search.analysis.terms import content, encode, keyword, words
from search.analysis.tokens import MAX_CHUNK, reading, tokenize


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("買物支援", "買い物支援"),
        ("引きこもり", "ひきこもり"),
        ("こども食堂", "子ども食堂"),
        ("子供食堂", "子ども食堂"),
        ("障がい", "障害"),
        ("障碍", "障害"),
        ("車椅子", "車いす"),
        ("うたごえ", "歌声"),
        ("麻雀", "マージャン"),
        ("ひろば", "広場"),
    ],
)
def test_variants_of_a_word_share_a_term(left, right):
    assert words(left) & words(right)


def test_compounds_are_found_by_their_parts():
    assert {"介護者", "介護"} <= words("家族介護者のつどい")


def test_particles_carry_no_term():
    assert "の" not in words("介護者の会")


def test_readings_join_without_spaces():
    assert reading("烏山 麻雀") == "からすやままーじやん"


def test_positions_refer_to_the_text():
    text = "健康麻雀の会"
    assert [text[token.start : token.end] for token in tokenize(text)] == [t.surface for t in tokenize(text)]


def test_very_long_texts_are_analysed_in_pieces():
    assert "体操" in words("あ" * MAX_CHUNK + "体操")


def test_analysis_runs_in_many_threads_at_once():
    texts = [f"第{number}木曜日の健康麻雀と体操" for number in range(200)]
    expected = [words(text) for text in texts]
    tokenize.cache_clear()
    results: dict[int, list[set[str]]] = {}

    def work(number: int) -> None:
        results[number] = [words(text) for text in texts]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results[number] == expected for number in range(6))


def test_stop_words_go_unless_nothing_else_is_said():
    assert [token.surface for token in content(tokenize("麻雀ができるところ"))] == ["麻雀"]
    assert [token.surface for token in content(tokenize("できるところ"))] == ["できる", "ところ"]
    assert is_stop_word(tokenize("ところ")[0].keys)


@pytest.mark.parametrize("term", ["a-b", "a b", 'say "x"', "a*", "field:b", "(x)", "C", "a\\b'c"])
def test_tokens_hold_no_ascii_mark_an_engine_could_read(term):
    token = encode("a", term)
    assert token.isascii()
    assert token.isalnum()
    assert token == token.lower()


def test_keyword_tokens_differ_by_field_and_value():
    assert len({keyword("area", "a"), keyword("area", "b"), keyword("town", "a")}) == 3
