"""「もしかして」: the word that was meant where the one typed is nowhere.

A slip is one kana missing, doubled, exchanged or another, one kanji for one that looks alike, or other kanji of the
same sound. Compared are the words known beforehand and, in one bounded look at the index, the words of titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .analysis.normalise import compact, fold, is_kana, key
from .analysis.romaji import romaji_to_kana
from .analysis.tokens import prepare, reading
from .dictionary import current_dictionary
from .known_words import KnownWord, KnownWords, known_words
from .spelling_titles import spelt_in_titles
from .vocabulary import current_vocabulary

MIN_KANA = 4  # いけ and いす are one slip apart, and so is everything else as short
MIN_KANJI = 3
MAX_WORD = 12
MAX_FAILED = 3

#: Kanji that are taken for one another, in names of places and in the words of the field.
_ALIKE = (
    "烏鳥島嶋", "狛駒泊", "柏粕拍", "砧站", "祖組租", "喜善", "等筆", "沢択訳", "桜楼", "経径軽", "堂党", "代伐",
    "瀬頼", "深探", "奥粤", "梅海", "丘岳兵", "祉社", "護獲", "麻床", "雀省", "操燥", "養食", "児兒", "暮墓募",
    "講構購", "座坐", "椅倚", "未末", "士土", "己已巳", "待侍持", "復複腹", "微徴", "緑縁", "綱網", "若苦", "問間門",
    "白臼", "太大犬", "人入八", "千干", "牛午", "氷永水", "名各", "辛幸", "矢失", "看着", "宮官", "薬楽", "送迭",
)  # fmt: skip
_SWAPS = {char: [other for other in group if other != char] for group in map(fold, _ALIKE) for char in group}
_KANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "がぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽっー"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`text` is the whole question with `meant` in place of `typed`."""

    text: str
    typed: str
    meant: str


def did_you_mean(text: str, failed: Iterable[str]) -> Correction | None:
    """The question with the first of the `failed` words put right that can be; None where none can."""
    known = known_words(current_vocabulary(), current_dictionary())
    prepared = prepare(text)
    for typed in _stretches(prepared, list(failed)[:MAX_FAILED]):
        meant = _meant(typed, known)
        if meant and typed in prepared:
            put_right = prepared.replace(typed, meant, 1)
            if key(put_right) != key(prepared):
                return Correction(put_right, typed, meant)
    return None


def _stretches(prepared: str, failed: list[str]) -> Iterator[str]:
    """What may be one word: a stretch between spaces that holds a failed word, then the failed words themselves."""
    chunks = [chunk for chunk in prepared.split() if any(word in chunk for word in failed)]
    found = dict.fromkeys((*chunks[:MAX_FAILED], *failed))
    yield from (word for word in found if 2 <= len(compact(word)) <= MAX_WORD)


def _meant(typed: str, known: KnownWords) -> str:
    plain = compact(typed)
    spoken = plain if is_kana(plain) else romaji_to_kana(plain) or compact(reading(typed))
    spoken = spoken if is_kana(spoken) else ""
    if plain in known.near(plain, 0) and not romaji_to_kana(plain):
        return ""  # a word like any other: nothing here has it
    for word in _known(plain, spoken, known):
        if key(word.text) != key(typed):
            return word.text
    return spelt_in_titles(_variants(plain, spoken))


def _known(plain: str, spoken: str, known: KnownWords) -> Iterator[KnownWord]:
    """Known words it may be a slip of, the likeliest first."""
    if spoken and spoken != plain and len(spoken) >= MIN_KANA - 1:
        yield from _best(known, [spoken])
    yield from _best(known, _looking_alike(plain))
    if len(plain) >= (MIN_KANA if is_kana(plain) else MIN_KANJI):
        yield from _best(known, known.near(plain, 1))
    if spoken and spoken != plain and len(spoken) >= MIN_KANA:
        yield from _best(known, known.near(spoken, 1))


def _best(known: KnownWords, forms: Iterable[str]) -> list[KnownWord]:
    words = {word for form in forms for word in known.exactly(form)}
    return sorted(words, key=lambda word: (word.order, len(word.text), word.text))


def _looking_alike(plain: str) -> list[str]:
    return [
        plain[:place] + other + plain[place + 1 :]
        for place, char in enumerate(plain)
        for other in _SWAPS.get(char, ())
    ]


def _variants(plain: str, spoken: str) -> list[str]:
    """Beginnings of titles it may be a slip of: every one a kana away, kanji that look alike."""
    found = dict.fromkeys(_looking_alike(plain))
    if spoken and spoken != plain:
        found[spoken] = None
    if len(spoken) >= MIN_KANA:
        found |= dict.fromkeys(_one_kana_away(spoken))
    elif len(plain) >= MIN_KANJI:
        found |= dict.fromkeys(_shuffled(plain))
    found.pop(plain, None)
    return list(found)


def _one_kana_away(kana: str) -> Iterator[str]:
    yield from _shuffled(kana)
    for place in range(len(kana) + 1):
        for char in _KANA:
            yield kana[:place] + char + kana[place:]
            if place < len(kana):
                yield kana[:place] + char + kana[place + 1 :]


def _shuffled(word: str) -> Iterator[str]:
    """With two neighbours exchanged, or one left out."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
