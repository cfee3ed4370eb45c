"""The dictionary that comes with the platform: well-formed, large enough, without words that hide others."""

from collections import Counter, defaultdict

import pytest

from search.analysis.dictionary import NAMES, shipped_dictionary
from search.analysis.normalise import is_kana, key
from search.analysis.stopwords import is_stop_word
from search.analysis.synonyms import FOLDER, KINDS, shipped_groups
from search.analysis.tokens import tokenize
from search.understanding import understand
from search.vocabulary import Vocabulary


def found_by(word: str) -> set[str]:
    (piece,) = understand(word, Vocabulary()).pieces
    return set(shipped_dictionary().others([key(piece.surface)]))


def test_every_kind_has_a_file_and_every_file_a_kind():
    assert {path.stem for path in FOLDER.iterdir()} == set(KINDS)


def test_there_are_enough_groups_of_every_kind():
    counts = Counter(group.kind for group in shipped_groups())
    assert sum(counts.values()) >= 450
    assert all(counts[kind] >= 20 for kind in KINDS)


def test_names_by_which_groups_are_switched_off_are_unique_and_fit_their_column():
    names = [group.name for group in shipped_groups()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 100


def test_a_word_is_the_same_as_those_of_one_group_or_a_name_of_it():
    groups = defaultdict(list)
    for group in shipped_groups():
        for word in group.words if not group.finds else ():
            groups[key(word)].append(group)
    twice = {word: found for word, found in groups.items() if len(found) > 1}
    assert [word for word, found in twice.items() if not any(group.kind in NAMES for group in found)] == []


def test_no_word_leads_from_two_lines():
    lines = Counter(key(word) for group in shipped_groups() if group.finds for word in group.words)
    assert [word for word, count in lines.items() if count > 1] == []


def test_no_group_holds_words_that_say_nothing():
    same = [word for group in shipped_groups() if not group.finds for word in group.words]
    assert [word for word in same if len(key(word)) < 2 and (is_kana(key(word)) or word.isascii())] == []
    empty = {word for word in same if all(is_stop_word(token.keys) for token in tokenize(word))}
    assert empty == {"集まり", "集まる場所", "集まれる場所"}  # asked alone, they say what is looked for


def test_a_reading_never_takes_the_place_of_another_word():
    dictionary = shipped_dictionary()
    assert not dictionary.spellings.keys() & dictionary.synonyms.keys()
    for form, entries in dictionary.spellings.items():
        wanted = {other for entry in entries for other, _worth in dictionary.synonyms[entry]}
        assert wanted == set(dictionary.others([form])), form


@pytest.mark.parametrize(
    ("asked", "helps"),
    [
        ("一人で食べたくない", "会食会"),
        ("ひとりで食べたくありません", "会食会"),
        ("赤ちゃんと行ける", "子育てひろば"),
        ("家から出られなくなった", "居場所"),
        ("介護で疲れてしまって", "介護者の会"),
        ("話し相手が欲しいです", "傾聴"),
        ("お金がありません", "フードパントリー"),
        ("眠れません", "相談窓口"),
        ("死にたいです", "いのちの電話"),
        ("家賃を払えません", "住居確保給付金"),
        ("スマホの使い方がわかりません", "スマホ講座"),
        ("痴呆", "認知症カフェ"),
        ("ナマポ", "生活困窮"),
        ("ボラ", "担い手"),
    ],
)
def test_what_people_say_leads_to_what_may_help(asked, helps):
    assert helps in found_by(asked)


@pytest.mark.parametrize(("asked", "never"), [("眠る", "相談窓口"), ("お金", "生活困窮"), ("会", "サロン")])
def test_words_lead_nowhere_they_do_not_point(asked, never):
    assert never not in shipped_dictionary().others(shipped_dictionary().forms_of(asked))
