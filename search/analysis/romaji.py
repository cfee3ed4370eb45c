"""Latin letters to hiragana, for questions typed without a Japanese keyboard."""

from __future__ import annotations

from functools import lru_cache

import jaconv

from .normalise import fold, is_kana

MIN_LETTERS = 3


@lru_cache(maxsize=1_024)
def romaji_to_kana(word: str) -> str:
    """Folded hiragana of a word in Latin letters, or "" when it cannot be read as Japanese (wifi, npo)."""
    if len(word) < MIN_LETTERS or not (word.isascii() and word.isalpha()):
        return ""
    kana = fold(jaconv.alphabet2kana(word.lower()))
    return kana if is_kana(kana) else ""
