"""Spelling differences that never change the meaning: width, kana, old characters, ヶ/が, 々, long vowels.

`fold` maps character by character, so that folding a piece of a text gives a piece of the folded text: literal
substring search rests on that. What needs neighbours (代々木 = 代代木, 梅ヶ丘 = 梅丘) is in `key`, for whole words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"\s+")

# 旧字体・異体字 → 新字体. Names of people and places keep them; nobody types them.
_OLD = "澤齋斎齊邊邉濱廣櫻國學會圓藏眞龍嶋嶌髙﨑瀧曾槇彌豐榮體圖靈寶縣驛區醫藥發變歡權觀櫓舊壽應戀聲臺號萬與亞惠晉條淺渡祐冨峯籠碍礙竈"
_NEW = "沢斉斉斉辺辺浜広桜国学会円蔵真竜島島高崎滝曽槙弥豊栄体図霊宝県駅区医薬発変歓権観櫓旧寿応恋声台号万与亜恵晋条浅渡祐富峰籠害害釜"
_SMALL = "ぁぃぅぇぉゃゅょゎゕゖ"
_LARGE = "あいうえおやゆよわかけ"  # マージヤン, キヤノン: old machines had no small kana. っ carries meaning and stays
_DASHES = "‐‑‒–—―−－ｰ─━"

_FOLD = {ord(old): new for old, new in zip(_OLD, _NEW, strict=True)}
_FOLD |= {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}  # カタカナ → ひらがな
_FOLD |= {
    code: large
    for small, large in zip(_SMALL, _LARGE, strict=True)
    for code in (ord(small), ord(small) + 0x60)
}
_FOLD |= {ord(dash): "ー" for dash in _DASHES}
_FOLD |= {
    ord(old): new for old, new in zip("ぢづゐゑヂヅヰヱ", "じずいえじずいえ", strict=True)
}  # ラヂオ, 手ずくり
_FOLD |= {ord("~"): "〜", ord("ゝ"): "々", ord("ヽ"): "々", ord("仝"): "々"}

_KANJI = r"[\u3400-\u9fff\uf900-\ufaff]"
_GA = re.compile(f"(?<={_KANJI})[けが](?={_KANJI})")
_LONG = re.compile(r"(?<=[ぁ-んa-z])ー+")
_REPEAT = re.compile(f"({_KANJI})々")


def drop_control(text: str) -> str:
    """Text without the characters databases refuse or readers cannot see; line breaks stay."""
    return _CONTROL.sub("", text)


def clean(text: str) -> str:
    """Text that every database and engine accepts: no NUL, control, direction or surrogate characters; one space."""
    return _SPACES.sub(" ", drop_control(str(text))).strip()


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """One form for spellings that mean the same, character by character: ＡＢＣ → abc, カフェ → かふえ, 澤 → 沢."""
    return unicodedata.normalize("NFKC", drop_control(text)).lower().translate(_FOLD)


class _Unmarked(dict[int, int | None]):
    """Code point → itself, or None for spaces and punctuation; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        kept = char.isalnum() or unicodedata.category(char)[0] not in "ZPC"
        self[code] = code if kept else None
        return self[code]


_UNMARKED = _Unmarked()


def compact(text: str) -> str:
    """Folded text without spaces and punctuation: what literal substrings are compared on. Symbols (☆) stay."""
    return fold(text).translate(_UNMARKED)


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """One form for a whole word: `compact` plus 代々木 = 代代木, 祖師ヶ谷 = 祖師谷, サーバー = サーバ."""
    folded = _REPEAT.sub(r"\1\1", compact(word))
    folded = _GA.sub("", folded)
    return _LONG.sub("", folded) or folded


def is_kana(text: str) -> bool:
    """Whether folded text is written in kana alone."""
    return bool(text) and all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)
