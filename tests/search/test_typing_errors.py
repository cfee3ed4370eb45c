import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.dictionary import Dictionary
from search.analysis.synonyms import WordGroup
from search.registry import Term
from search.understanding import understand
from search.understanding.pieces import Known
from search.understanding.typing_errors import _ByEnds, corrected, nearest, one_slip
from search.vocabulary import Vocabulary

DICTIONARY = Dictionary.of(
    [WordGroup("place", ("フードパントリー", "食料配布")), WordGroup("place", ("寺子屋", "学習支援"))]
)
VOCABULARY = Vocabulary.of(
    [Term(surface="認知症カフェ", field="category", value="cafe", label="認知症カフェ", kind="topic")]
)
KNOWN = Known(VOCABULARY, DICTIONARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("フードパンントリー", "ふどぱんとり"),
        ("フドーパントリ", ""),  # equal in sound: no slip, and found as it is
        ("フードパトリー", "ふどぱんとり"),
        ("フードパンリトー", "ふどぱんとり"),
        ("寺小屋", "寺子屋"),
        ("認知証カフェ", "認知症かふえ"),
        ("にんちしゅうかふぇ", "認知症かふえ"),
        ("将棋", ""),
        ("て", ""),
        ("寺屋子", "寺子屋"),
    ],
)
def test_a_word_one_slip_away_is_meant(typed, meant):
    assert nearest(typed, KNOWN) == meant


def test_only_words_that_are_nowhere_are_read_otherwise():
    understood = understand("寺小屋 体操", VOCABULARY, dictionary=DICTIONARY)
    assert corrected(understood, [], KNOWN)[1] == {}
    changed, read_as = corrected(understood, ["寺小屋"], KNOWN)
    assert read_as == {"寺小屋": "寺子屋"}
    assert [piece.word for piece in changed.pieces] == ["寺子屋", "体操"]
    assert [piece.surface for piece in changed.pieces] == ["寺小屋", "体操"]


@given(st.text("あいうえお寺子屋", max_size=8), st.data())
def test_every_single_slip_is_seen(word, data):
    place = data.draw(st.integers(0, len(word)))
    longer = word[:place] + "ん" + word[place:]
    assert one_slip(longer, word)
    assert one_slip(word, longer)
    if place < len(word):
        assert one_slip(word[:place] + "ん" + word[place + 1 :], word)


@given(st.text("あいう", max_size=6), st.text("あいう", max_size=6))
def test_a_slip_goes_both_ways_and_never_to_the_word_itself(left, right):
    assert one_slip(left, right) == one_slip(right, left)
    assert not one_slip(left, left)


@given(st.lists(st.text("あいう", min_size=3, max_size=6)), st.text("あいうえ", min_size=3, max_size=7))
def test_looking_by_first_and_last_sign_finds_what_looking_at_all_finds(words, typed):
    everywhere = next((word for word in words if one_slip(typed, word)), "")
    assert _ByEnds((word, word) for word in words).nearest(typed) == everywhere


def test_another_vocabulary_has_other_words():
    assert nearest("認知証カフェ", KNOWN)
    assert nearest("認知証カフェ", Known(Vocabulary.of([]), DICTIONARY)) == ""
    assert nearest("認知証カフェ", KNOWN)
