"""The words of places, kinds, audiences and conditions, ready to be recognised in a question.

Also the usual ways to write a place, a weekday or a feature, so that apps register values and not spellings.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from .analysis.normalise import compact, fold, is_kana, key, sound
from .analysis.tokens import reading
from .registry import Term, registry

KEEP_SECONDS = 60
MIN_READING = 3  # shorter readings (いけ, おか) are found inside every other word
_SHORTEST_GUESS = {"topic": 4, "audience": 4, "place": 3}  # readings nobody gave, by the kind of the term
WEEKDAYS = "月火水木金土日"
_WEEKDAY_READINGS = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
_PLACE_TAIL = re.compile(r"(地区|地域|エリア|圏域|区|市|町|村|[一二三四五六七八九十〇\d]+丁目)$")
_PLACE_READING_TAIL = re.compile(r"(ちく|ちいき|えりあ|けんいき)$")
_FEATURE_TAIL = re.compile(r"(あり|有り|有|可能|可|対応|つき|付き|付|OK|ok|設置)$")
_BRACKETS = re.compile(r"[(（].*?[)）]")


@dataclass(slots=True)
class Vocabulary:
    """Terms by the key of their surface, with the lengths there are, for longest-match scanning.

    `by_sound`: the same terms by how they are spoken, for questions in romaji and in careless kana.
    """

    by_surface: dict[str, list[Term]] = field(default_factory=dict)
    by_sound: dict[str, list[Term]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Vocabulary:
        """Index terms by surface and by reading."""
        vocabulary = cls()
        for term in terms:
            vocabulary._add(term.surface, term)
            shortest = _SHORTEST_GUESS.get(term.kind, 0)
            if not term.reading and shortest and len(reading(term.surface)) >= shortest:
                vocabulary._add(reading(term.surface), term)
            if len(compact(term.reading)) >= MIN_READING:
                vocabulary._add(term.reading, term)
            vocabulary._add_sound(term.reading or reading(term.surface), term)
        return vocabulary

    @property
    def places(self) -> list[Term]:
        """Terms of places."""
        return [term for terms in self.by_surface.values() for term in terms if term.kind == "place"]

    def _add_sound(self, spoken: str, term: Term) -> None:
        heard = sound(compact(spoken))
        entries = self.by_sound.setdefault(heard, [])
        if is_kana(heard) and term not in entries:
            entries.append(term)

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
        for surface in (label, f"{name}曜", f"毎週{name}曜", f"{read}ようび", f"{name}ようび"):
            yield Term(surface=surface, field=field, value=value, label=label)


def weekday_group_terms(*, field: str, workdays: Iterable[str], weekend: Iterable[str]) -> Iterator[Term]:
    """平日, 土日, 週末: any of several weekdays."""
    groups = (
        (("平日", "へいじつ", "月〜金", "月から金", "月曜から金曜", "ウィークデー"), tuple(workdays)),
        (("土日", "週末", "休日", "土日祝", "土曜か日曜", "土・日", "土曜日曜"), tuple(weekend)),
    )
    for surfaces, values in groups:
        for surface, value in product(surfaces, values):
            yield Term(surface=surface, field=field, value=value, label=surface)


_TIMES = {
    "morning": ("午前", "午前中", "午前の部", "朝", "朝から"),
    "afternoon": ("午後", "午後から", "昼過ぎ", "お昼過ぎ", "昼間"),
    "evening": (
        "夜",
        "夜間",
        "夕方",
        "夕方から",
        "晩",
        "仕事帰り",
        "仕事の後",
        "仕事が終わってから",
        "夜遅く",
    ),
}


def time_terms(*, field: str, labels: Mapping[str, str]) -> Iterator[Term]:
    """Ways to say morning, afternoon and evening; `labels` by these three values."""
    for value, surfaces in _TIMES.items():
        for surface in surfaces:
            yield Term(surface=surface, field=field, value=value, label=labels[value])


_ANY = ("", "が", "の", "は", "も")
_NEEDLESS = ("不要", "なし", "無し", "無用", "いらない", "要らない", "いらず", "いりません", "必要ない")


def _phrases(things: Iterable[str], verbs: Iterable[str]) -> set[str]:
    return {"".join(parts) for parts in product(things, _ANY, verbs)}


def free_terms(*, field: str, value: str) -> Iterator[Term]:
    """Ways to say that it costs nothing. Who has no money looks for more than what is free: that only raises."""
    costs = ("お金", "おかね", "費用", "料金", "参加費", "会費", "入場料", "利用料", "参加料")
    free = {"無料", "むりょう", "タダ", "ただ", "0円", "ゼロ円", "無償", "参加費無料", "参加無料", "入場無料"}
    for surface in sorted(free | _phrases(costs, ("かからない", "かからず", "かかりません", *_NEEDLESS))):
        yield Term(surface=surface, field=field, value=value, label="無料")
    for surface in ("お金がない", "お金がなくても", "金欠"):
        yield Term(surface=surface, field=field, value=value, label="無料", kind="topic")


def join_terms(
    *, field: str, label: str, value: str, reservation: tuple[str, str] | None = None
) -> Iterator[Term]:
    """Ways to say that nobody has to book (`value`, shown as `label`), and with `reservation` (value, label) that one has."""
    things = (
        "予約",
        "申し込み",
        "申込",
        "申込み",
        "事前予約",
        "事前申込",
        "事前申し込み",
        "事前の予約",
        "連絡",
    )
    verbs = (*_NEEDLESS, "しなくていい", "しなくてもいい", "なしで", "なくても", "しなくても")
    surfaces = _phrases(things, verbs) | {"飛び込み", "飛び込みOK", "飛び込み可", "飛び込み参加", "飛び入り"}
    surfaces |= {"飛び入りOK", "飛び入り参加", "当日参加", "当日OK", "当日参加OK", "当日参加可", "直接行ける"}
    for surface in sorted(surfaces):
        yield Term(surface=surface, field=field, value=value, label=label)
    if reservation is not None:
        for surface in ("要予約", "予約制", "予約が必要", "予約必要", "予約がいる"):
            yield Term(surface=surface, field=field, value=reservation[0], label=reservation[1])


# What people write for features of places. Matched by a piece of the feature's own name.
_FEATURE_WORDS = {
    "車いす": ("車椅子", "くるまいす", "バリアフリー", "車いすで", "車椅子で", "車いすで行ける", "車椅子で行ける",
             "車いすで入れる", "車椅子で入れる", "車いす利用", "車椅子利用", "段差がない", "段差なし", "スロープ"),
    "送迎": ("送り迎え", "送迎してくれる", "送り迎えしてくれる", "迎えに来てくれる", "迎えに来て", "お迎え", "送迎バス",
           "送迎サービス", "送迎車"),
    "駐車場": ("駐車", "車で行ける", "車で行きたい", "車で来られる", "車で", "マイカー", "パーキング", "駐車スペース"),
    "多目的トイレ": ("だれでもトイレ", "誰でもトイレ", "多機能トイレ", "バリアフリートイレ", "車いすトイレ",
                "車椅子トイレ", "みんなのトイレ", "オストメイト"),
    "授乳": ("授乳スペース", "授乳できる", "授乳ができる", "おむつ替え", "オムツ替え", "おむつ交換", "ベビールーム"),
    "手話通訳": ("手話の通訳", "手話通訳者"),
    "Wi-Fi": ("WiFi", "ワイファイ", "無線LAN", "ネットが使える", "ネット環境", "インターネットが使える"),
    "託児": ("子どもを預けられる", "保育つき", "保育付き"),
    "エレベーター": ("エレベータ", "EV"),
    "筆談": ("筆談できる",),
    "予約不要": ("予約なし", "予約がいらない", "申込不要", "予約はいらない"),
}  # fmt: skip
_FEATURE_TAILS = (
    "",
    "あり",
    "有り",
    "有",
    "可",
    "可能",
    "OK",
    "対応",
    "つき",
    "付き",
    "付",
    "完備",
    "がある",
    "のある",
)


def feature_terms(*, field: str, value: str, label: str) -> Iterator[Term]:
    """Ways to write a feature: 送迎あり, 送迎つき, 送り迎え; 車いす可, 車椅子, バリアフリー."""
    surfaces = {label, _FEATURE_TAIL.sub("", label)}
    for piece, others in _FEATURE_WORDS.items():
        if piece in label:
            surfaces |= {piece, *others}
    for surface, tail in product(sorted(surfaces), _FEATURE_TAILS):
        if len(surface + tail) >= 2:
            yield Term(surface=surface + tail, field=field, value=value, label=label)
