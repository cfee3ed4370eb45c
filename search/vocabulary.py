"""The words of places, kinds, audiences and conditions, ready to be recognised in a question.

Also the usual ways to write a place, a weekday or a feature, so that apps register values and not spellings.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .analysis.normalise import compact, fold, is_kana, key
from .analysis.tokens import reading
from .registry import Term, registry

KEEP_SECONDS = 60
MIN_READING = 3  # shorter readings (いけ, おか) are found inside every other word
WEEKDAYS = "月火水木金土日"
_WEEKDAY_READINGS = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
_PLACE_TAIL = re.compile(r"(地区|地域|エリア|圏域|区|市|町|村|[一二三四五六七八九十〇\d]+丁目)$")
_PLACE_READING_TAIL = re.compile(r"(ちく|ちいき|えりあ|けんいき)$")
_FEATURE_TAIL = re.compile(r"(あり|有り|有|可能|可|対応|つき|付き|付|OK|ok|設置)$")
_BRACKETS = re.compile(r"[(（].*?[)）]")


@dataclass(slots=True)
class Vocabulary:
    """Terms by the key of their surface, with the lengths there are, for longest-match scanning."""

    by_surface: dict[str, list[Term]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Vocabulary:
        """Index terms by surface and by reading."""
        vocabulary = cls()
        for term in terms:
            vocabulary._add(term.surface, term)
            if (
                not term.reading
                and term.kind in ("topic", "audience")
                and len(reading(term.surface)) > MIN_READING
            ):
                vocabulary._add(reading(term.surface), term)
            if len(compact(term.reading)) >= MIN_READING:
                vocabulary._add(term.reading, term)
        return vocabulary

    def _add(self, surface: str, term: Term) -> None:
        for form in {key(surface)} - {""}:
            entries = self.by_surface.setdefault(form, [])
            if term not in entries:
                entries.append(term)
            self.longest = max(self.longest, len(surface) + 2)  # 祖師谷 may be written 祖師ヶ谷


_kept: tuple[float, Vocabulary] | None = None


def current_vocabulary() -> Vocabulary:
    """The vocabulary of all registered providers; read again after `KEEP_SECONDS`."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > KEEP_SECONDS:
        _kept = (now, Vocabulary.of(registry.terms()))
    return _kept[1]


def forget_vocabulary() -> None:
    """Read the providers again at the next question (after an import, in tests)."""
    global _kept
    _kept = None


def place_terms(*, field: str, value: str, label: str, reading: str = "", rank: int = 0) -> Iterator[Term]:
    """Ways to write a place: 烏山地区, 烏山; 上北沢五丁目, 上北沢; こまえ苑エリア(日常生活圏域), こまえ苑."""
    bare = _BRACKETS.sub("", label)
    short = _PLACE_TAIL.sub("", bare)
    read = _PLACE_READING_TAIL.sub("", fold(reading))
    for surface in dict.fromkeys((label, bare, short)):
        if len(surface) >= 2 or surface == label or (len(surface) == 1 and not is_kana(fold(surface))):
            yield Term(
                surface=surface, field=field, value=value, label=label, reading=read, kind="place", rank=rank
            )


def weekday_terms(*, field: str, values: Iterable[str]) -> Iterator[Term]:
    """Ways to write the seven weekdays; `values` from Monday to Sunday. A bare 月 or 水 is no weekday."""
    for name, read, value in zip(WEEKDAYS, _WEEKDAY_READINGS, values, strict=True):
        label = f"{name}曜日"
        for surface in (label, f"{name}曜", f"毎週{name}曜", f"{read}ようび"):
            yield Term(surface=surface, field=field, value=value, label=label)


def free_terms(*, field: str, value: str) -> Iterator[Term]:
    """Ways to say that it costs nothing."""
    for surface in (
        "無料",
        "むりょう",
        "タダ",
        "ただ",
        "0円",
        "お金のかからない",
        "お金がかからない",
        "参加費なし",
    ):
        yield Term(surface=surface, field=field, value=value, label="無料")


# What people write for features of places. Matched by a piece of the feature's own name.
_FEATURE_WORDS = {
    "車いす": ("車椅子", "車イス", "くるまいす", "バリアフリー", "車いすOK", "車いす対応", "車いすで"),
    "送迎": ("送り迎え", "送迎つき", "送迎有", "お迎えあり", "送迎してくれる"),
    "駐車場": ("駐車", "車で行ける", "車で", "パーキング"),
    "多目的トイレ": ("だれでもトイレ", "誰でもトイレ", "多機能トイレ", "バリアフリートイレ", "車いすトイレ"),
    "授乳": ("授乳スペース", "授乳できる", "おむつ替え", "ベビールーム"),
    "手話通訳": ("手話通訳あり", "手話通訳つき"),
    "Wi-Fi": ("WiFi", "ワイファイ", "wi fi", "無線LAN", "ネットが使える"),
    "託児": ("託児つき", "子どもを預けられる"),
    "エレベーター": ("エレベータ", "EV"),
    "筆談": ("筆談できる",),
    "予約不要": ("予約なし", "予約がいらない", "申込不要", "予約はいらない"),
}


def feature_terms(*, field: str, value: str, label: str) -> Iterator[Term]:
    """Ways to write a feature: 送迎あり, 送迎つき, 送り迎え; 車いす可, 車椅子, バリアフリー."""
    surfaces = {label, _FEATURE_TAIL.sub("", label)}
    for piece, others in _FEATURE_WORDS.items():
        if piece in label:
            surfaces |= {piece, *others}
    for surface in sorted(surfaces):
        tails = (
            ("", "あり", "有り", "可", "OK", "対応", "つき", "付き")
            if surface in {label, _FEATURE_TAIL.sub("", label)}
            else ("",)
        )
        for tail in tails:
            if len(surface + tail) >= 2:
                yield Term(surface=surface + tail, field=field, value=value, label=label)
