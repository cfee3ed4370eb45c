"""How much two entries, or two groups, look like one. Pure: what is compared is handed in, the answer is explained.

The weights were set on the reasons staff give, not learned: a name alone proves little (「なかよしサロン」 is in every
district), a name with the same telephone or the same house proves much, and a house alone proves nothing (a community
centre holds dozens of groups).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from areas.address_text import (
    normalize,
    place_key,
    read_number,
    take_postal_code,
    take_prefecture,
)
from search.analysis.normalise import fold, is_kana, key, sound

#: Said before or after a name by some and left out by others.
_LEGAL_FORMS = re.compile(
    "特定非営利活動法人|npo法人|認定npo法人|(?:公益|一般)?社団法人|(?:公益|一般)?財団法人|社会福祉法人|学校法人|宗教法人"
    r"|医療法人(?:社団|財団)?|株式会社|有限会社|合同会社|\((?:株|有|特非|福|社福)\)|㈱|㈲"
)
_DIGITS = re.compile(r"\d+")
_CITY = re.compile(r"^(?:[^\d]{1,6}?[市区]|[^\d]{1,6}?郡[^\d]{1,6}?[町村])市?")
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十百]+(?=丁目|番|号)")

#: From here on a pair is shown to staff: a same name in the same district, or a likely name and the same telephone.
CANDIDATE = 60
#: Names less alike than this are two things, whatever else they share.
_UNLIKE = 0.5


@dataclass(frozen=True)
class Traits:
    """What is compared. `name_key` and `kana_key` are made by `traits`; `phones` are digits only."""

    name_key: str
    kana_key: str
    phones: frozenset[str]
    place_key: str
    district: int | None
    owner: int | None


@dataclass(frozen=True)
class Likeness:
    """`score` from 0 to 100 and what it is made of, in words for staff."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_candidate(self) -> bool:
        return self.score >= CANDIDATE


def traits(
    *,
    name: str,
    kana: str = "",
    phones: Iterable[str] = (),
    address: str = "",
    district: int | None = None,
    owner: int | None = None,
) -> Traits:
    """Make two spellings of one thing comparable: legal forms, widths, old characters, long vowels, hyphens."""
    name_key = name_key_of(name)
    reading = fold(kana) or name_key
    return Traits(
        name_key=name_key,
        kana_key=sound(key(reading)) if is_kana(key(reading)) else "",
        phones=frozenset(filter(None, map(phone_key, phones))),
        place_key=place_key_of(address),
        district=district,
        owner=owner,
    )


@lru_cache(maxsize=16_384)
def name_key_of(name: str) -> str:
    """「ＮＰＯ法人 澤の会」 → "沢之会"-like form: folded, without legal forms, spaces and marks."""
    return key(_LEGAL_FORMS.sub("", fold(name))) or key(name)


def phone_key(phone: str) -> str:
    """Digits only; nothing for what is too short to be a number, and for the sample number of forms."""
    digits = "".join(_DIGITS.findall(fold(phone)))
    return digits if 9 <= len(digits) <= 11 and digits.strip("0") not in ("", "3") else ""


def place_key_of(address: str) -> str:
    """Town and numbers of an address: 「南烏山６丁目２番３号」 and 「世田谷区南烏山六丁目2-3」 are one."""
    text = take_prefecture(take_postal_code(normalize(address))[1])[1]
    text = _KANJI_NUMBER.sub(lambda found: str(read_number(found[0])), _CITY.sub("", text))
    town, numbers = place_key(_DIGITS.split(text, maxsplit=1)[0].strip()), _DIGITS.findall(text)
    return f"{town}{'-'.join(numbers[:3])}" if town and len(numbers) >= 2 else ""


def likeness(one: Traits, other: Traits) -> Likeness:
    """Compare two things. What they share adds up; names that are unlike end it."""
    alike = name_likeness(one.name_key, other.name_key)
    sounds_same = bool(one.kana_key) and one.kana_key == other.kana_key
    if alike < _UNLIKE and not sounds_same:
        return Likeness(0, ())
    found = list(_shared_name(alike, sounds_same)) + list(_shared_facts(one, other))
    return Likeness(max(0, min(100, sum(points for points, _why in found))), tuple(why for _p, why in found))


def name_likeness(one: str, other: str) -> float:
    """From 0 to 1: shared pairs of characters (Dice). One name inside the other counts as likely the same."""
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 4 and shorter in longer:
        return max(0.8, len(shorter) / len(longer))
    first, second = _pairs(one), _pairs(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 2] for index in range(len(text) - 1)) or frozenset(text)


def _shared_name(alike: float, sounds_same: bool) -> Iterable[tuple[int, str]]:
    if alike == 1.0:
        yield 45, _("名前が同じです")
    elif sounds_same:
        yield 45, _("読み方が同じです")
    else:
        yield round(25 * alike), _("名前が似ています")


def _shared_facts(one: Traits, other: Traits) -> Iterable[tuple[int, str]]:
    if one.phones & other.phones:
        yield 35, _("電話番号が同じです")
    if one.place_key and one.place_key == other.place_key:
        yield 25, _("住所が同じです")
    elif one.place_key and other.place_key:
        yield -15, _("住所は違います")
    if one.district is not None and one.district == other.district:
        yield 15, _("地区が同じです")
    elif one.district is not None and other.district is not None:
        yield -15, _("地区は違います")
    if one.owner is not None and one.owner == other.owner:
        yield 5, _("主催の団体が同じです")
