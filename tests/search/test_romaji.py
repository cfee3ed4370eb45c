import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalise import fold, sound
from search.analysis.romaji import romaji_readings, romaji_to_kana


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("kodomo", "こども"),
        ("syokudou", "しょくどう"),
        ("shokudō", "しょくど"),
        ("shimbun", "しんぶん"),
        ("konnichiwa", "こんにちわ"),
        ("matcha", "まっちゃ"),
        ("zyunban", "じゅんばん"),
        ("setagaya-ku", "せたがやく"),
        ("ＫＡＲＡＳＵＹＡＭＡ", "からすやま"),
        ("ｋあらすやま", "からすやま"),
        ("kin'youbi", "きんようび"),
        ("Ohta", "おおた"),
    ],
)
def test_romaji_is_read_in_every_system(typed, kana):
    assert romaji_to_kana(typed) == fold(kana)


def test_sounds_of_loan_words_are_read_both_ways():
    assert fold("ボランティア") in romaji_readings("borantia")


@pytest.mark.parametrize("typed", ["npo", "dv", "pc", "sst", "lgbt", "als", "2026", "子ども", ""])
def test_what_is_no_japanese_is_not_read(typed):
    assert romaji_readings(typed) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("しょくどう", "しょくど"),
        ("まあじゃん", "マージャン"),
        ("コーヒー", "こおひい"),
        ("せんせい", "センセー"),
        ("おおきい", "おーきー"),
        ("を", "お"),
    ],
)
def test_drawn_out_vowels_sound_alike(left, right):
    assert sound(fold(left)) == sound(fold(right))


@pytest.mark.parametrize(("left", "right"), [("かい", "かあ"), ("うた", "おた"), ("さくら", "さっくら")])
def test_other_sounds_stay_apart(left, right):
    assert sound(left) != sound(right)


@given(st.text("あいうえおかきくけこしちつなのはまよらろわんーっガギャティ", max_size=12))
def test_nothing_heard_is_longer_than_written_or_vanishes(text):
    heard = sound(fold(text))
    assert len(heard) <= len(fold(text))
    assert bool(heard) == bool(fold(text))


@given(st.text("abcdefghijklmnopqrstuvwxyz'-āあいうえおんkn １", max_size=16))
def test_any_letters_are_read_or_refused(text):
    assert all(isinstance(way, str) and way for way in romaji_readings(text))
