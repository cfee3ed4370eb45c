"""What a single cell means. Pure; every function takes text as it stood in the file and never raises."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from ..phone_numbers import normalize_phone

#: Japan, roughly; the same box as the constraint on `Venue`.
_LAT = (20.0, 46.0)
_LNG = (122.0, 154.0)
_WITHHELD = "非公開"
_NOTHING = {"", "-", "‐", "―", "なし", "無し", "無", "特になし", "不明", "未定", "*", "※"}
_URL = re.compile(r"https?://[^\s\"'<>、。()」]+")


def fold(text: str) -> str:
    """NFKC, one space for any run of white space, none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def said(text: str) -> str:
    """`text` tidied, or "" where the cell only says that there is nothing to say (なし, -, 未定)."""
    folded = fold(text)
    return "" if folded in _NOTHING else folded


def is_withheld(text: str) -> bool:
    """Does the cell say that something is not public?"""
    return _WITHHELD in fold(text)


def withholds_place(*remarks: str) -> bool:
    """Does a remark say that the address or the place is not public? 「住所は非公開」「開催場所は非公開」"""
    return any(re.search(r"(住所|場所|会場|所在地)[^。、]{0,6}非公開", fold(remark)) for remark in remarks)


def yen(text: str) -> int | None:
    """100, "１００円", "1,000 円/回", "無料" → yen; None where no single amount is stated."""
    folded = fold(text).replace(",", "")
    if re.fullmatch(r"(無料|タダ|ただ|不要|0円?)", folded):
        return 0
    match = re.fullmatch(r"(?:一回|1回|参加費)?\s*(\d{1,6})(?:\.0+)?\s*円?(?:/回|程度)?", folded)
    return int(match.group(1)) if match else None


def identifier(text: str) -> str:
    """An ID as it can be compared: spreadsheets lose leading zeros, so 000000000007 and 7 are one."""
    folded = fold(text)
    return folded.lstrip("0") or "0" if folded.isdecimal() else folded


def whole_number(text: str) -> int | None:
    """The number of people in "30", "３０名", "約50世帯"; None where there is none."""
    match = re.search(r"\d{1,5}", fold(text).replace(",", ""))
    return int(match.group()) if match else None


def says_yes(text: str) -> bool:
    """Codes and words for yes: 1, ○, 有, あり, はい, TRUE."""
    return fold(text).lower() in {
        "1",
        "1.0",
        "○",
        "〇",
        "◯",
        "有",
        "あり",
        "有り",
        "はい",
        "可",
        "実施",
        "true",
        "yes",
    }


def reading(text: str) -> str:
    """A reading in hiragana, whatever it came in."""
    return "".join(
        chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char
        for char in unicodedata.normalize("NFKC", text)
    ).strip()


def municipality_in(address: str) -> str:
    """The municipality an address begins with, "大田区" of "東京都大田区萩中2-6-13"; "" where none stands there."""
    match = re.match(
        r"(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)?(?:[^\d\s市区町村]{1,5}郡)?([^\d\s]{1,5}?[市区町村])",
        fold(address),
    )
    return match.group(1) if match else ""


def first_url(text: str) -> str:
    """The first address of a web page in a cell that may hold words and several addresses; "" where none."""
    for match in _URL.finditer(unicodedata.normalize("NFKC", text)):
        url = match.group()
        try:
            if urlsplit(url).hostname and len(url) <= 500:
                return url
        except ValueError:
            continue
    return ""


def phones(text: str) -> list[str]:
    """Telephone numbers in a cell, in national form. Words around them are left aside."""
    folded = re.sub(r"[‐‑‒–—―−ー]", "-", unicodedata.normalize("NFKC", text))
    found = re.findall(r"(?<!\d)0\d{1,4}[-( ]{0,2}\d{1,4}[-) ]{0,2}\d{3,4}(?!\d)", folded)
    return [normalize_phone(number) for number in found]


def emails(text: str) -> list[str]:
    """Mail addresses in a cell."""
    return re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", unicodedata.normalize("NFKC", text))


def coordinate(text: str) -> float | None:
    """A degree as written, full-width and with stray spaces; None where it is no number."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", ".")
    try:
        value = float(folded)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def point(lat_text: str, lng_text: str) -> tuple[tuple[float, float] | None, str]:
    """Latitude and longitude, repaired where that is safe: swapped, or without the decimal point.

    Returns (point or None, what was found: "" | "swapped" | "no_decimal_point" | "impossible").
    """
    lat, lng = coordinate(lat_text), coordinate(lng_text)
    if lat is None and lng is None:
        return None, "impossible" if (lat_text.strip() or lng_text.strip()) else ""
    if lat is None or lng is None:
        return None, "impossible"
    if _in_japan(lat, lng):
        return (lat, lng), ""
    if _in_japan(lng, lat):
        return (lng, lat), "swapped"
    scaled = _with_point(lat, 2), _with_point(lng, 3)
    if _in_japan(*scaled):
        return scaled, "no_decimal_point"
    return None, "impossible"


def _in_japan(lat: float, lng: float) -> bool:
    return _LAT[0] <= lat <= _LAT[1] and _LNG[0] <= lng <= _LNG[1]


def _with_point(value: float, digits_before: int) -> float:
    """35645140 → 35.645140: degrees whose decimal point was lost have `digits_before` digits before it."""
    digits = str(int(abs(value)))
    if len(digits) < digits_before + 3:
        return value
    return float(f"{digits[:digits_before]}.{digits[digits_before:]}")


def day(text: str) -> date | None:
    """2026-12-05, 2026/12/5, R8.12.5, 令和8年12月5日; None where it is no full date."""
    folded = fold(text)
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: .*)?", folded)
    if match:
        year = int(match.group(1))
    else:
        match = re.fullmatch(
            r"(令和|平成|昭和|R|H|S)\.?(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", folded
        )
        if not match:
            return None
        start = {"令": 2018, "R": 2018, "平": 1988, "H": 1988, "昭": 1925, "S": 1925}[match.group(1)[0]]
        year = start + (1 if match.group(2) == "元" else int(match.group(2)))
    try:
        return date(year, int(match.groups()[-2]), int(match.groups()[-1]))
    except ValueError:
        return None
