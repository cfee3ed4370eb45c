import pytest

from search.analysis.normalise import key
from search.analysis.synonyms import RELATED, SAME, parse_synonyms, shipped_synonyms


def test_words_of_a_group_find_each_other_equally():
    found = parse_synonyms(["= 麻雀, マージャン, 麻将"])
    assert dict(found[key("麻将")]) == {"麻雀": SAME, "マージャン": SAME}


def test_related_words_go_one_way_and_weigh_less():
    found = parse_synonyms(["> 健康づくり: 体操, ヨガ  # one way"])
    assert dict(found[key("健康づくり")]) == {"体操": RELATED, "ヨガ": RELATED}
    assert key("体操") not in found


def test_the_stronger_relation_wins():
    found = parse_synonyms(["> 体操: 運動", "= 体操, 運動"])
    assert dict(found[key("体操")]) == {"運動": SAME}


def test_an_unreadable_line_is_named():
    with pytest.raises(ValueError, match="line 2"):
        parse_synonyms(["= a, b", "a = b"])


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
    assert key(other) in {key(found) for found, _ in shipped_synonyms()[key(word)]}


def test_the_shipped_dictionary_is_large_enough():
    assert len(shipped_synonyms()) >= 300
