"""Japanese addresses as they are typed, made comparable. Pure text: knows no place of ours.

NFKC does most; what it leaves is done here: the many hyphens, 長音 typed for a hyphen, kanji numerals,
old forms of kanji, ヶ/ケ/が between kanji. Rules: 3-data-model `areas.locate` and japan-standards 8.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .prefectures import PREFECTURES

MAX_LENGTH = 300  # the longest real address is well under 100 characters; the rest is not an address

_HYPHENS = "-‐‑‒–—―⁃−─━ー"
_HYPHEN_AFTER_DIGIT = re.compile(rf"(?<=[0-9])\s*[{_HYPHENS}]\s*(?=[0-9])")
# 「4一35」: the kanji one stands between digits only where somebody meant a stroke.
_ICHI_AS_HYPHEN = re.compile(r"(?<=[0-9])一(?=[0-9])")
_SPACES = re.compile(r"\s+")
_POSTAL_AT_START = re.compile(rf"^(?:〒\s*)?([0-9]{{3}})[{_HYPHENS}]?([0-9]{{4}})(?![0-9])[\s,、]*")
_PREFECTURE = re.compile("|".join(PREFECTURES.values()))

_KANJI = "\u3005\u4e00-\u9fff\uf900-\ufaff"
_SMALL_KE = re.compile(rf"(?<=[{_KANJI}])[ヶケヵカがガ](?=[{_KANJI}])")
_OLD_FORMS = str.maketrans(
    "澤邊邉濱嶋嶌櫻德經臺廣圓學國瀨藏龍瀧黑惠齋槇舘狹縣繩與萬壽禮圡ノ之",
    "沢辺辺浜島島桜徳経台広円学国瀬蔵竜滝黒恵斎槙館狭県縄与万寿礼土のの",
)
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI_NUMBER = "[〇零一二三四五六七八九十百千]"
_JOINT = rf"[{_HYPHENS}のノ]"
# Digits of a floor or a room are no block (「4丁目2階」). Kanji are a number only before a unit or a break:
# in 「四丁目八幡神社」 only the first is one.
_NUMBER = (
    r"(?:[0-9]{1,5}+(?![0-9]|\s*(?:階|F|号?室|号?棟|号館))"
    rf"|{_KANJI_NUMBER}{{1,7}}+(?=\s*(?:丁目|番(?![館街町])|号|{_JOINT}|$|[ ,、(])))"
)
_BRANCH = rf"(?:{_JOINT}(?={_NUMBER}))"
_STEP = re.compile(
    rf"\s*(?P<number>{_NUMBER})\s*(?P<unit>丁目|丁(?!目)|番地{_BRANCH}?|番(?![館街町]){_BRANCH}?|号{_BRANCH}|号|{_JOINT}|)"
)
_NUMBER_AHEAD = re.compile(rf"\s*{_JOINT}?\s*{_NUMBER}")
_CHOME_UNITS = ("丁目", "丁")
_LAST_UNITS = ("", "号")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers behind a town name. `chome` and `block` are None where the text does not say them."""

    chome: int | None = None
    block: int | None = None
    house: str = ""
    rest: str = ""

    @property
    def after_town(self) -> str:
        """「35-1」: 番 and 号 joined as in 自治体標準オープンデータセット 番地以下."""
        block = "" if self.block is None else str(self.block)
        return "-".join(part for part in (block, self.house) if part)


def normalize(text: str) -> str:
    """NFKC, one kind of hyphen between digits, single spaces; at most `MAX_LENGTH` characters."""
    text = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).replace("\0", " ")
    text = _SPACES.sub(" ", text).strip()
    text = _ICHI_AS_HYPHEN.sub("-", text)
    return _HYPHEN_AFTER_DIGIT.sub("-", text)


def place_key(name: str) -> str:
    """What spellings of one name share: 「祖師ヶ谷」「祖師谷」, 「代澤」「代沢」, 「いけじり」「イケジリ」."""
    name = unicodedata.normalize("NFKC", name).translate(_OLD_FORMS)
    name = _SMALL_KE.sub("", name)
    return name.translate(_KATAKANA).replace(" ", "")


def read_number(text: str) -> int:
    """「35」「三十五」「三五」 → 35. The caller has made sure that the text is a number."""
    if text.isdecimal():
        return int(text)
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_DIGITS[kanji]) for kanji in text))
    total, digit = 0, 0
    for kanji in text:
        if kanji in _UNITS:
            total += (digit or 1) * _UNITS[kanji]
            digit = 0
        else:
            digit = _DIGITS[kanji]
    return total + digit


def take_postal_code(text: str) -> tuple[str, str]:
    """`("1540001", rest)` when the normalized text begins with a postal code, else `("", text)`."""
    found = _POSTAL_AT_START.match(text)
    return (found[1] + found[2], text[found.end() :]) if found else ("", text)


def take_prefecture(text: str) -> tuple[str, str]:
    """`("東京都", rest)` when the normalized text begins with a prefecture, else `("", text)`."""
    found = _PREFECTURE.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


def read_numbers(text: str, *, has_chome: bool) -> Numbers:
    """Read 丁目, 番, 号 in any of their forms from what follows a town name.

    `has_chome` says whether the town is divided into 丁目: then a bare first number is one (「池尻4-35」),
    otherwise it is the block (「駒沢公園1-1」).
    """
    steps, rest = _steps(text)
    chome = block = None
    house: list[str] = []
    for number, unit in steps:
        wants_chome = chome is None and block is None and not house
        if wants_chome and (unit in _CHOME_UNITS or (has_chome and not unit.startswith("番"))):
            chome = number
        elif block is None:
            block = number
        else:
            house.append(str(number))
    return Numbers(chome, block, "-".join(house), rest)


def number_follows(text: str) -> bool:
    """Whether the text goes on with a number as an address does: 「4丁目」, 「の4」, 「四-一」."""
    return bool(_NUMBER_AHEAD.match(text))


def _steps(text: str) -> tuple[list[tuple[int, str]], str]:
    """Numbers with the unit behind each, and what is left. A bare number ends the chain: next comes a room."""
    steps: list[tuple[int, str]] = []
    position, may_go_on = 0, True
    while may_go_on and (found := _STEP.match(text, position)):
        steps.append((read_number(found["number"]), found["unit"]))
        position = found.end()
        may_go_on = found["unit"] not in _LAST_UNITS
    return steps, text[position:].strip(" ,、・")
