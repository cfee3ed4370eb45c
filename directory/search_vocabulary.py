"""What the search knows beforehand: fields to filter by, and the words that mean a value of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from areas.choices import AreaKind
from areas.models import Area, Town
from search.registry import FieldSpec, Term, registry

from .area_paths import area_path
from .filters import FILTERS
from .find_words import LANGUAGE_LABELS, TIME_LABELS, WEEKDAY_LABELS
from .models import Audience, Category, Feature
from .opening_keywords import WEEKDAYS, WORKDAYS
from .search_documents import OrganizationSource, ResourceSource

#: Trees: a value of theirs stands in a document together with everything above it.
HIERARCHICAL = {"area", "category", "town"}

_LETTERS = dict(zip(WEEKDAYS, "月火水木金土日", strict=True))
_KANA = dict(zip(WEEKDAYS, ("げつ", "か", "すい", "もく", "きん", "ど", "にち"), strict=True))
#: surface → values that one of must hold.
_WEEKDAY_GROUPS = {
    "平日": (WORKDAYS,),
    "土日": ("sat", "sun"),
    "週末": ("sat", "sun"),
}
_TIMES = {
    "午前": "morning",
    "午前中": "morning",
    "午後": "afternoon",
    "夕方": "evening",
    "夜": "evening",
    "夜間": "evening",
}
_FREE = ("無料", "ただ", "タダ", "0円", "お金がかからない")
_NO_RESERVATION = ("予約不要", "予約なし", "予約無し", "予約いらない", "申込不要", "申し込み不要")
_RESERVATION = ("要予約", "予約制", "事前予約")


def register() -> None:
    """Tell `search` what the register holds. Called once, when Django is ready."""
    registry.register_source(ResourceSource())
    registry.register_source(OrganizationSource())
    for item in FILTERS:
        if item.is_keyword:
            registry.register_field(FieldSpec(item.param, str(item.title), item.param in HIERARCHICAL))
    registry.register_field(FieldSpec("town", "町", hierarchical=True))
    for provider in (place_terms, topic_terms, audience_terms, feature_terms, fixed_terms):
        registry.register_vocabulary(provider)


def place_terms() -> Iterator[Term]:
    """Municipalities, areas, districts and towns, by every name they go by."""
    areas = list(Area.objects.select_related("parent__parent").defer("boundary", "parent__boundary"))
    municipal = {area.short_name for area in areas if area.kind == AreaKind.MUNICIPALITY}
    for area in areas:
        # 「世田谷」 is the ward to nearly everybody, though an area and a town in it bear the name too.
        wider = 4 if area.kind != AreaKind.MUNICIPALITY and area.short_name in municipal else 0
        value, rank = area_path(area), _RANKS[AreaKind(area.kind)]
        yield _place("area", value, area.name, area.name, rank=rank)
        yield _place("area", value, area.short_name, area.name, reading=area.kana, rank=rank + wider)
    yield from _town_terms(municipal)


def _town_terms(municipal: set[str]) -> Iterator[Term]:
    bases: dict[str, str] = {}
    for name, base, kana, chome in Town.objects.values_list("name", "base_name", "kana", "chome"):
        if chome:
            # 「三丁目」 is written in three ways; the search folds widths but not kanji numerals.
            for surface in (name, f"{base}{chome}丁目"):
                yield _place("town", name, surface, name, rank=0)
        bases.setdefault(base, kana)
    for base, kana in bases.items():
        yield _place("town", base, base, base, reading=kana, rank=_TOWN_RANK + 4 * (base in municipal))


_RANKS = {AreaKind.DISTRICT: 0, AreaKind.AREA: 1, AreaKind.MUNICIPALITY: 2}
_TOWN_RANK = 3


def topic_terms() -> Iterator[Term]:
    """Kinds of resource. They raise what has the kind and exclude nothing: 「相談」 is in many names."""
    for category in Category.objects.all():
        surfaces = [category.name, *category.name.split("・"), category.plain_name, *category.synonym_list]
        yield from _terms(
            "category", category.code, category.name, surfaces, kana=category.kana, kind="topic"
        )


def audience_terms() -> Iterator[Term]:
    """Whom it is for."""
    for audience in Audience.objects.all():
        surfaces = [audience.name, *_lines(audience.synonyms)]
        yield from _terms(
            "audience", audience.code, audience.name, surfaces, kana=audience.kana, kind="audience"
        )


def feature_terms() -> Iterator[Term]:
    """Features. One that staff offer as a filter narrows; one that is also the word of a topic (手話) only raises."""
    topics = {term.surface for term in topic_terms()}
    for feature in Feature.objects.all():
        for surface in dict.fromkeys([feature.name, *_lines(feature.synonyms)]):
            narrows = feature.is_filter and surface not in topics
            yield Term(
                surface=surface,
                field="features",
                value=feature.code,
                label=feature.name,
                kind="condition" if narrows else "topic",
            )


def fixed_terms() -> Iterator[Term]:
    """Weekdays, times of day, free of charge, how to join, languages."""
    for day, letter in _LETTERS.items():
        label, kana = str(WEEKDAY_LABELS[day]), _KANA[day]
        yield _condition("weekday", day, f"{letter}曜日", label, f"{kana}ようび")
        yield _condition("weekday", day, f"{letter}曜", label, f"{kana}よう")
    for surface, days in _WEEKDAY_GROUPS.items():
        yield from (_condition("weekday", day, surface, surface) for day in days)
    for surface, value in _TIMES.items():
        yield _condition("time", value, surface, str(TIME_LABELS[value]))
    yield from (_condition("free", "yes", surface, "無料") for surface in _FREE)
    yield from (_condition("join", "open", surface, "予約がいらない") for surface in _NO_RESERVATION)
    yield from (_condition("join", "reservation", surface, "予約がいる") for surface in _RESERVATION)
    for code, name in LANGUAGE_LABELS.items():
        # 「英語」 may be a class in English: it only raises what is held in it.
        yield Term(surface=str(name), field="language", value=code, label=str(name), kind="topic")


def _terms(
    field: str, value: str, label: str, surfaces: Iterable[str], *, kana: str, kind: str
) -> Iterator[Term]:
    for index, surface in enumerate(dict.fromkeys(word for word in surfaces if word)):
        reading = kana if index == 0 else ""
        yield Term(surface=surface, field=field, value=value, label=label, reading=reading, kind=kind)


def _place(field: str, value: str, surface: str, label: str, *, reading: str = "", rank: int) -> Term:
    return Term(
        surface=surface, field=field, value=value, label=label, reading=reading, kind="place", rank=rank
    )


def _condition(field: str, value: str, surface: str, label: str, reading: str = "") -> Term:
    return Term(surface=surface, field=field, value=value, label=label, reading=reading)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
