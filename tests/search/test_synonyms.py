import pytest

from search.analysis.dictionary import RELATED, SAME, Dictionary, shipped_dictionary
from search.analysis.normalise import key
from search.analysis.synonyms import parse_groups
from search.analysis.tokens import tokenize


def dictionary(*lines: str) -> Dictionary:
    return Dictionary.of(parse_groups(lines))


def test_words_of_a_group_find_each_other_equally():
    found = dictionary("= 麻雀, マージャン, 麻将")
    assert found.others(["麻将"]) == {"麻雀": SAME, "マージャン": SAME}


def test_related_words_go_one_way_and_weigh_less():
    found = dictionary("> 健康づくり: 体操, ヨガ  # one way")
    assert found.others([key("健康づくり")]) == {"体操": RELATED, "ヨガ": RELATED}
    assert not found.knows(key("体操"))


def test_the_stronger_relation_wins():
    assert dictionary("> 体操: 運動", "= 体操, 運動").others([key("体操")]) == {"運動": SAME}


def test_a_word_is_known_by_its_reading_and_by_its_inflections():
    found = dictionary("> 介護に疲れた: 介護者の会", "= 子ども食堂, みんなの食堂")
    assert found.others(["こどもしよくどう"]) == {"みんなの食堂": SAME}
    assert found.entry(tokenize("介護で疲れて")) == key("介護に疲れた")


def test_words_that_sound_alike_do_not_hide_each_other():
    found = dictionary("= 公園, 広場", "> 講演: 登壇")
    assert found.others(["こうえん"]) == {"広場": SAME, "登壇": RELATED}


def test_the_version_tells_dictionaries_apart():
    one, other = dictionary("= 一, 二"), dictionary("> 一: 二")
    assert one.version == dictionary("= 一, 二").version != other.version


@pytest.mark.parametrize("line", ["a = b", "= 一人", "> 左だけ:", "> : 右だけ", "= 麻雀, 麻雀", "= 碁, 、"])
def test_an_unreadable_line_is_named(line):
    with pytest.raises(ValueError, match=r"words\.txt line 2"):
        list(parse_groups(["= a, b", line], source="words.txt"))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("痴呆", "認知症"),
        ("社協", "社会福祉協議会"),
        ("スマホ", "スマートフォン"),
        ("無料塾", "学習支援"),
        ("包括", "地域包括支援センター"),
    ],
)
def test_the_shipped_dictionary_knows_the_field(word, other):
    assert key(other) in {key(found) for found in shipped_dictionary().others([key(word)])}
