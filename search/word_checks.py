"""What is wrong with a group of words somebody typed, and what may be too wide. Pure; the form shows the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .analysis.dictionary import Dictionary
from .analysis.normalise import compact, key
from .analysis.stopwords import is_stop_word
from .analysis.synonyms import WordGroup
from .analysis.tokens import tokenize

MAX_WORD = 60
MAX_WORDS = 40
#: Words that stand in hundreds of entries: as "the same" they would bring all of those up.
_WIDE = frozenset(
    key(word)
    for word in (
        *(
            "相談",
            "支援",
            "活動",
            "福祉",
            "サービス",
            "施設",
            "センター",
            "団体",
            "募集",
            "交流",
            "参加",
            "集まり",
        ),
        *(
            "教室",
            "生活",
            "家族",
            "子ども",
            "高齢者",
            "みんな",
            "地区",
            "区民",
            "市民",
            "無料",
            "予約",
            "ひろば",
        ),
    )
)


def lines_of(text: str) -> list[str]:
    """The words of a field, one a line; a comma or 、 parts words too."""
    parts = text.replace("、", "\n").replace(",", "\n").replace("，", "\n").splitlines()
    return [part.strip() for part in parts if part.strip()]


def mistakes_in(words: Sequence[str]) -> Iterator[str]:
    """Sentences on words that cannot be taken as they are."""
    if len(words) > MAX_WORDS:
        yield _("言葉は%(most)d個までです。いまは%(count)d個あります。") % {
            "most": MAX_WORDS,
            "count": len(words),
        }
    seen: dict[str, str] = {}
    for word in words:
        form = key(word)
        if not compact(word):
            yield _("「%(word)s」は記号だけです。文字で書いてください。") % {"word": word}
        elif len(word) > MAX_WORD:
            yield _("「%(word)s…」は長すぎます。%(most)d文字までにしてください。") % {
                "word": word[:15],
                "most": MAX_WORD,
            }
        elif form in seen:
            yield _("「%(first)s」と「%(second)s」は、検索では同じ言葉です。どちらか1つにしてください。") % {
                "first": seen[form],
                "second": word,
            }
        seen.setdefault(form, word)


def is_said_already(group: WordGroup, dictionary: Dictionary) -> bool:
    """Whether the dictionary makes all the same connections, as strongly."""
    alone = Dictionary.of([group])
    return all(
        dictionary.others([form]).get(other, 0.0) >= worth or _is_known(form, other, worth, dictionary)
        for form, others in alone.synonyms.items()
        for other, worth in others
    )


def _is_known(form: str, other: str, worth: float, dictionary: Dictionary) -> bool:
    known = {key(word): value for word, value in dictionary.others([form]).items()}
    return known.get(key(other), 0.0) >= worth


def wide_words(group: WordGroup) -> list[str]:
    """Words that would bring up too much: single characters, and words that stand in many entries."""
    found = group.finds if group.finds else group.words
    return [word for word in found if _is_wide(word)]


def _is_wide(word: str) -> bool:
    if len(compact(word)) < 2 or key(word) in _WIDE:
        return True
    tokens = [token for token in tokenize(word) if not token.silent]
    return bool(tokens) and all(is_stop_word(token.keys) for token in tokens)
