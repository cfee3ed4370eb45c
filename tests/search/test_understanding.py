import pytest

from search.registry import Term
from search.understanding import understand
from search.vocabulary import Vocabulary, feature_terms, free_terms, place_terms, weekday_terms


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(
        [
            *place_terms(field="area", value="karasuyama", label="烏山地区", reading="からすやま", rank=0),
            *place_terms(
                field="area", value="karasuyama-chiiki", label="烏山地域", reading="からすやま", rank=2
            ),
            *place_terms(field="area", value="soshigaya", label="祖師谷地区", reading="そしがや", rank=0),
            *place_terms(field="area", value="kitazawa", label="北沢地区", reading="きたざわ", rank=0),
            *place_terms(
                field="area", value="kamikitazawa", label="上北沢地区", reading="かみきたざわ", rank=0
            ),
            *place_terms(field="area", value="daita", label="代田地区", reading="だいた", rank=0),
            *place_terms(field="area", value="kinuta", label="砧地区", reading="きぬた", rank=0),
            *weekday_terms(field="weekday", values=("mo", "tu", "we", "th", "fr", "sa", "su")),
            *free_terms(field="fee", value="free"),
            *feature_terms(field="feature", value="pickup", label="送迎あり"),
            *feature_terms(field="feature", value="wheelchair", label="車いす可"),
            Term(surface="相談窓口", field="category", value="desk", label="相談窓口", kind="topic"),
            Term(surface="高齢者", field="audience", value="old", label="高齢者", kind="audience"),
        ]
    )


def chips(text, vocabulary, **options):
    return {(chip.field, chip.values, chip.surface) for chip in understand(text, vocabulary, **options).chips}


def words(text, vocabulary, **options):
    return [
        piece.surface for piece in understand(text, vocabulary, **options).pieces if not piece.is_condition
    ]


@pytest.mark.parametrize("typed", ["烏山地区", "烏山", "からすやま", "カラスヤマ", "ｶﾗｽﾔﾏ"])
def test_a_place_is_known_in_every_writing(typed, vocabulary):
    ((field, values, _),) = chips(f"{typed} 麻雀", vocabulary)
    assert field == "area"
    assert values[0] == "karasuyama"
    assert words(f"{typed} 麻雀", vocabulary) == ["麻雀"]


def test_a_name_of_two_places_means_both_the_narrow_one_first(vocabulary):
    (chip,) = understand("烏山", vocabulary).chips
    assert chip.values == ("karasuyama", "karasuyama-chiiki")
    assert chip.label == "烏山地区"


@pytest.mark.parametrize("typed", ["祖師ヶ谷", "祖師ケ谷", "祖師が谷", "そしがや"])
def test_small_ke_makes_no_difference(typed, vocabulary):
    assert {values for _, values, _ in chips(typed, vocabulary)} == {("soshigaya",)}


def test_the_longest_place_wins(vocabulary):
    assert {values for _, values, _ in chips("健康麻雀上北沢", vocabulary)} == {("kamikitazawa",)}


def test_a_place_inside_another_name_is_no_place(vocabulary):
    assert not chips("千代田区のサロン", vocabulary)


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("日曜", "weekday", "su"),
        ("土曜日", "weekday", "sa"),
        ("すいようび", "weekday", "we"),
        ("無料", "fee", "free"),
        ("タダ", "fee", "free"),
        ("送迎あり", "feature", "pickup"),
        ("送り迎え", "feature", "pickup"),
        ("車椅子", "feature", "wheelchair"),
        ("バリアフリー", "feature", "wheelchair"),
        ("車いすOK", "feature", "wheelchair"),
    ],
)
def test_conditions_are_understood(typed, field, value, vocabulary):
    assert {(found, values) for found, values, _ in chips(f"{typed} 体操", vocabulary)} == {(field, (value,))}


@pytest.mark.parametrize("typed", ["無料塾", "水彩画", "月見", "日本語教室", "金継ぎ"])
def test_longer_words_hide_no_condition(typed, vocabulary):
    assert not chips(typed, vocabulary)


def test_a_sentence_keeps_what_is_looked_for(vocabulary):
    text = "烏山で日曜に麻雀ができるところを教えてください"
    assert words(text, vocabulary) == ["麻雀"]
    assert {field for field, _, _ in chips(text, vocabulary)} == {"area", "weekday"}


def test_kinds_and_audiences_are_words_that_narrow_nothing(vocabulary):
    understood = understand("高齢者 相談窓口", vocabulary)
    assert [[term.value for term in piece.terms] for piece in understood.pieces] == [["old"], ["desk"]]
    assert [(chip.field, chip.narrows) for chip in understood.chips] == [("audience", False)]


def test_a_chip_turned_back_is_a_plain_word(vocabulary):
    assert words("烏山 麻雀", vocabulary, plain=("烏山",)) == ["烏山", "麻雀"]
    assert not chips("烏山 麻雀", vocabulary, plain=("烏山",))


def test_words_said_twice_count_once(vocabulary):
    assert words("麻雀 麻雀 マージャン", vocabulary) == ["麻雀", "マージャン"]


def test_two_words_of_one_dictionary_word_are_seen(vocabulary):
    assert "若者の居場所" in understand("若者 居場所", vocabulary).phrases


def test_nothing_typed_is_nothing_understood(vocabulary):
    assert understand("", vocabulary).pieces == ()
    assert understand("「」。", vocabulary).pieces == ()


@pytest.mark.parametrize("typed", ["こども食どう", "子ども食どう"])
def test_a_word_half_in_kanji_is_read_by_its_sound(typed, vocabulary):
    (piece,) = understand(typed, vocabulary).pieces
    assert piece.word in {"子ども食堂", "こども食堂", "子供食堂"}


def test_a_saying_of_the_dictionary_is_asked_for_though_its_words_are_general(vocabulary):
    asked = [
        piece.surface
        for piece in understand("給料日前で食べるものがない", vocabulary).pieces
        if not piece.raises
    ]
    assert "食べるものがない" in asked
