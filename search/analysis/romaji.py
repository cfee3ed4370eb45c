"""Latin letters to hiragana, for questions typed without a Japanese keyboard, or with one that was switched late."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv

from .normalise import fold, is_kana

MIN_LETTERS = 3
_VOWELS = dict(zip("あいうえお", "aiueo", strict=True))
_LATE = re.compile(
    "(?<=[b-df-hj-np-tv-z])[あいうえお]"
)  # kあらすやま: the first key went to the old keyboard
_SYLLABLES = (
    (re.compile(r"nn(?=[aiueoy])|n'"), lambda match: "んn" if match[0] == "nn" else "ん"),
    (re.compile(r"nn?(?![aiueoy])|m(?=[bpm])"), "ん"),  # shimbun, konnban, and at the end hon
    (re.compile(r"tc(?=h)"), "cc"),  # matcha
    (re.compile(r"oh(?![aiueo])"), "oo"),  # Ohta
)
# Sounds of loan words that two systems write alike: ti is ち (Kunrei) or ティ (パーティ).
_LOANS = ((re.compile("ti"), "texi"), (re.compile("di"), "dexi"), (re.compile("fu(?=[aieo])"), "f"))


@lru_cache(maxsize=1_024)
def romaji_to_kana(word: str) -> str:
    """Folded hiragana of a word in Latin letters, or "" when it cannot be read as Japanese (wifi, npo)."""
    return next(iter(romaji_readings(word)), "")


@lru_cache(maxsize=1_024)
def romaji_readings(word: str) -> tuple[str, ...]:
    """Ways to read a word in Latin letters, or in letters and kana, in folded hiragana: Hepburn, Kunrei, as typed.

    Hyphens join (setagaya-ku), marks of length go (shokudō). Empty where a letter is left over.
    """
    letters = _plain_letters(word)
    if len(letters) < MIN_LETTERS or not any("a" <= char <= "z" for char in letters):
        return ()
    ways = dict.fromkeys((letters, _spelt_as_loan(letters)))
    found = dict.fromkeys(_to_kana(way) for way in ways)
    return tuple(kana for kana in found if is_kana(kana) and kana[0] not in "んっ" and kana[-1] != "っ")


def _plain_letters(word: str) -> str:
    """Small letters without accents and hyphens; a kana vowel behind a lone consonant becomes its letter."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).lower())
    letters = "".join(char for char in spread if char not in "-‐\u0302\u0304")
    return _LATE.sub(lambda match: _VOWELS[match[0]], unicodedata.normalize("NFC", letters))


def _spelt_as_loan(letters: str) -> str:
    for pattern, loan in _LOANS:
        letters = pattern.sub(loan, letters)
    return letters


def _to_kana(letters: str) -> str:
    for pattern, kana in _SYLLABLES:
        letters = pattern.sub(kana, letters)
    return fold(jaconv.alphabet2kana(letters))
