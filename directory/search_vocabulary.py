"""What the search knows beforehand: fields to filter by, and the words that mean a value of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from areas.choices import AreaKind
from areas.models import Area, Town
from search import vocabulary
from search.registry import FieldSpec, Term, registry
from search.understanding.stations import station_terms

from .area_paths import area_path
from .choices import JoinPolicy
from .filters import FILTERS
from .find_words import JOIN_LABELS, LANGUAGE_LABELS, TIME_LABELS
from .models import Audience, Category, Feature
from .opening_keywords import WEEKDAYS, WORKDAYS
from .search_documents import OrganizationSource, ResourceSource

#: Trees: a value of theirs stands in a document together with everything above it.
HIERARCHICAL = {"area", "category", "town"}


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
    """Places by every name they go by, and the stations beside them."""
    places = list(_area_terms())
    yield from places
    yield from station_terms(places)


def _area_terms() -> Iterator[Term]:
    """Municipalities, areas, districts and towns.

    A bare name means the place people mean by it: 「烏山」 the district and not the area around it, 「世田谷」 the ward
    and not an area or a town in it. The wider or narrower one keeps its full name.
    """
    areas = sorted(Area.objects.select_related("parent__parent").defer("boundary"), key=_closeness)
    taken: set[str] = set()
    for area in areas:
        value, rank = area_path(area), _RANKS[AreaKind(area.kind)]
        yield _place("area", value, area.name, area.name, rank=rank)
        if area.short_name not in taken:
            yield _place("area", value, area.short_name, area.name, reading=area.kana, rank=rank)
            taken.add(area.short_name)
    yield from _town_terms(taken)


def _town_terms(taken: set[str]) -> Iterator[Term]:
    bases: dict[str, str] = {}
    for name, base, kana, chome in Town.objects.values_list("name", "base_name", "kana", "chome"):
        if chome:
            # 「三丁目」 is written in two ways; the search folds widths but not kanji numerals.
            for surface in (name, f"{base}{chome}丁目"):
                yield _place("town", name, surface, name, rank=0)
        bases.setdefault(base, kana)
    for base, kana in bases.items():
        if base not in taken:
            yield _place("town", base, base, base, reading=kana, rank=_TOWN_RANK)


_RANKS = {AreaKind.DISTRICT: 0, AreaKind.AREA: 1, AreaKind.MUNICIPALITY: 2}
_TOWN_RANK = 3


def _closeness(area: Area) -> int:
    """Municipalities first, then districts, then areas: the order in which a bare name is taken."""
    return [AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.AREA].index(AreaKind(area.kind))


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
    """Features. Those that staff offer as a filter narrow; others only raise what has them."""
    for feature in Feature.objects.all():
        field, value, label = "features", feature.code, feature.name
        if feature.is_filter:
            yield from vocabulary.feature_terms(field=field, value=value, label=label)
        kind = "condition" if feature.is_filter else "topic"
        yield from _terms(
            field, value, label, [label, *_lines(feature.synonyms)], kana=feature.kana, kind=kind
        )


def fixed_terms() -> Iterator[Term]:
    """Weekdays, times of day, free of charge, how to join, languages."""
    yield from vocabulary.weekday_terms(field="weekday", values=WEEKDAYS)
    yield from vocabulary.weekday_group_terms(field="weekday", workdays=(WORKDAYS,), weekend=("sat", "sun"))
    labels = {value: str(label) for value, label in TIME_LABELS.items()}
    yield from vocabulary.time_terms(field="time", labels=labels)
    yield from vocabulary.free_terms(field="free", value="yes")
    yield from vocabulary.join_terms(
        field="join",
        value=JoinPolicy.OPEN.value,
        label=str(JOIN_LABELS[JoinPolicy.OPEN.value]),
        reservation=(JoinPolicy.RESERVATION.value, str(JOIN_LABELS[JoinPolicy.RESERVATION.value])),
    )
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


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
