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

# 旧字体・異体字 → 新字体, place by place. Names of people and places keep them; nobody types them.
_OLD = (
    "澤齋斎齊邊邉濱濵廣櫻國學會圓藏眞龍嶋嶌髙﨑嵜碕瀧瀨曾槇彌豐榮體圖靈寶縣驛區醫藥發變歡權觀舊壽應戀聲臺號萬與亞惠晉條淺冨峯"
    "碍礙竈淵渊舘絲螢鷗蘆桒槗德增黑靑淸麴賣讀寫畫繪獨單戰經濟續總聽覺轉傳當黨點燈鐵數收拂擧敎勞營藝衞譽讓穗爐龜齡齒劍勸卽囘圍"
    "壓壯奧孃實寢將專對屬巖帶廢廳彈徑從恆惡惱懷拔擔據攝斷晝曉殘歐歸氣溫滿潛澁灣爭狀獎疊盡禮祕稻竝粹緖缺聰膽臟莊蟲裝覽觸證譯豫"
    "貳賴贊踐輕辭遲鄕釋鎭關隨雜顯驗鬪鹽麥黃戲萠凜堯瑤遙埜檜籔藪辨瓣辯佛假價兒來參圈壹峽慘拜擴晚淚獻禪罐脫腦舍虛遞邨醉錄陷險雙"
    "靜餘駈驅鷄麪麵"
)
_NEW = (
    "沢斉斉斉辺辺浜浜広桜国学会円蔵真竜島島高崎崎崎滝瀬曽槙弥豊栄体図霊宝県駅区医薬発変歓権観旧寿応恋声台号万与亜恵晋条浅富峰"
    "害害釜渕渕館糸蛍鴎芦桑橋徳増黒青清麹売読写画絵独単戦経済続総聴覚転伝当党点灯鉄数収払挙教労営芸衛誉譲穂炉亀齢歯剣勧即回囲"
    "圧壮奥嬢実寝将専対属巌帯廃庁弾径従恒悪悩懐抜担拠摂断昼暁残欧帰気温満潜渋湾争状奨畳尽礼秘稲並粋緒欠聡胆臓荘虫装覧触証訳予"
    "弐頼賛践軽辞遅郷釈鎮関随雑顕験闘塩麦黄戯萌凛尭瑶遥野桧薮薮弁弁弁仏仮価児来参圏壱峡惨拝拡晩涙献禅缶脱脳舎虚逓村酔録陥険双"
    "静余駆駆鶏麺麺"
)
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
_FOLD |= {
    ord(kanji): figure for figure, kanji in zip("0123456789", "〇一二三四五六七八九", strict=True)
}  # 三丁目
_FOLD |= {ord("~"): "〜", ord("ゝ"): "々", ord("ヽ"): "々", ord("仝"): "々"}

_KANJI = r"[\u3400-\u9fff\uf900-\ufaff]"
_GA = re.compile(f"(?<={_KANJI})[けが](?={_KANJI})|(?<=[0-9])[けが](?={_KANJI})")
_LONG = re.compile(r"(?<=[ぁ-ゖa-z])ー+")
_REPEAT = re.compile(f"({_KANJI})々")
_TEN = re.compile(r"(?<![0-9])([1-9]?)十([1-9]?)(?![0-9])")
_V = re.compile("ゔ([あいえお]?)")
_V_SOUNDS = {"あ": "ば", "い": "び", "え": "べ", "お": "ぼ", "": "ぶ"}
# A vowel that only draws out the one before: きょう, せんせい, おおきい, まあじゃん. Small kana are folded already.
_DRAWN_OUT = re.compile(
    "(?<=[あかさたなはまやらわがざだばぱ])あ+"
    "|(?<=[いきしちにひみりぎじびぴ])い+"
    "|(?<=[うくすつぬふむゆるぐずぶぷ])う+"
    "|(?<=[えけせてねへめれげぜでべぺ])[えい]+"
    "|(?<=[おこそとのほもよろごぞどぼぽ])[おう]+"
    "|ー+"
)


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


def compact_lines(text: str) -> str:
    """`compact` of a text of several lines: many documents hold the very same line."""
    return "".join([_compact_line(line) for line in text.split("\n")])


@lru_cache(maxsize=32_768)
def _compact_line(line: str) -> str:
    return compact(line)


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """One form for a whole word: `compact` plus 代々木 = 代代木, 祖師ヶ谷 = 祖師谷, サーバー = サーバ, 十二 = 12."""
    return key_of_compact(compact(word))


def key_of_compact(plain: str) -> str:
    """`key` of what is compact already."""
    folded = _REPEAT.sub(r"\1\1", plain)
    if "十" in folded:
        folded = _TEN.sub(_tens, folded)
    if "ゔ" in folded:
        folded = _V.sub(lambda match: _V_SOUNDS[match[1]], folded)
    folded = _GA.sub("", folded)
    return _LONG.sub("", folded) or folded


def _tens(match: re.Match[str]) -> str:
    return str(int(match[1] or 1) * 10 + int(match[2] or 0))


@lru_cache(maxsize=65_536)
def sound(kana: str) -> str:
    """Kana as they are heard and as romaji write them: しょくどう, しょくど and しょくどー are one; を is お.

    Works on folded kana; other characters stay. For comparing readings only: 経堂 and 虚度 sound alike.
    """
    return _DRAWN_OUT.sub("", kana.replace("を", "お")) or kana


def is_kana(text: str) -> bool:
    """Whether folded text is written in kana alone."""
    return bool(text) and all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)
