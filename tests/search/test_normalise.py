import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalise import clean, compact, fold, is_kana, key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ﾏｰｼﾞｬﾝ", "マージャン"),
        ("マージヤン", "マージャン"),
        ("まーじゃん", "マージャン"),
        ("マ−ジャン", "マージャン"),
        ("Ｗｉ－Ｆｉ", "wi－fi"),
        ("澤田", "沢田"),
        ("齋藤", "斉藤"),
        ("渡邊", "渡辺"),
        ("カフェ", "かふえ"),
        ("奧澤", "奥沢"),
        ("惠壽會", "恵寿会"),
        ("圍碁將棋", "囲碁将棋"),
        ("三丁目", "3丁目"),
        ("第三", "第３"),
    ],
)
def test_spellings_fold_to_one_form(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("祖師ヶ谷", "祖師谷"),
        ("祖師ケ谷", "祖師が谷"),
        ("梅ヶ丘", "梅丘"),
        ("代々木", "代代木"),
        ("サーバー", "サーバ"),
        ("十二", "12"),
        ("二十歳", "20歳"),
        ("三ヶ所", "3が所"),
        ("ヴァイオリン", "バイオリン"),
        ("みんなの食堂「かけはし」", "みんなの食堂かけはし"),
    ],
)
def test_words_have_one_key_whatever_the_spelling(left, right):
    assert key(left) == key(right)


@pytest.mark.parametrize(
    ("left", "right"), [("ケアラー", "アラー"), ("病院", "美容院"), ("はし", "ばし"), ("かつ", "かっ")]
)
def test_different_words_keep_different_keys(left, right):
    assert key(left) != key(right)


def test_clean_removes_what_databases_refuse():
    assert clean("a\x00b\ud800c\u202ed\n  e") == "abcd e"


def test_punctuation_goes_and_symbols_stay():
    assert compact("☆きらり☆・「つどい」 (仮)") == "☆きらり☆つどい仮"


@pytest.mark.parametrize(
    ("text", "expected"), [("からすやま", True), ("まーじやん", True), ("烏山", False), ("", False)]
)
def test_kana_is_told_from_other_writing(text, expected):
    assert is_kana(text) is expected


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x9FFF), max_size=30))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("あぁアァガがカ゛ーヶケけ谷代々木aＡ1１「」 澤三十〇ヴ將", max_size=20), st.data())
def test_a_piece_of_a_text_folds_to_a_piece_of_the_folded_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert compact(text[start:end]) in compact(text)
