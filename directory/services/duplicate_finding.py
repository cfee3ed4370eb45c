"""Looking for entries, and groups, that are in the register twice. Every night, and for one thing at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction

from ..choices import DuplicateState, LifeStatus, OrganizationStatus
from ..likeness import Likeness, Traits, likeness, traits
from ..models import DuplicateCandidate, Organization, OrganizationContact, Resource, ResourceContact

#: What so many share (a call centre's number, a community centre's address) says nothing about two of them.
_CROWD = 40


@dataclass(frozen=True)
class Pair:
    """Two keys, the smaller first, and how alike they are."""

    first: int
    second: int
    likeness: Likeness


def resource_traits(rows: Any) -> dict[int, Traits]:
    """What is compared of each entry of a queryset, in two queries."""
    phones: dict[int, list[str]] = defaultdict(list)
    contacts = ResourceContact.objects.filter(resource__in=rows.values("pk")).exclude(phone="")
    for key, phone in contacts.values_list("resource_id", "phone"):
        phones[key].append(phone)
    fields = ("pk", "name", "kana", "venue__address", "district_id", "organization_id")
    return {
        pk: traits(
            name=name, kana=kana, phones=phones[pk], address=address or "", district=place, owner=owner
        )
        for pk, name, kana, address, place, owner in rows.values_list(*fields).order_by()
    }


def organization_traits(rows: Any) -> dict[int, Traits]:
    """What is compared of each group of a queryset. One that works in several areas has no district of its own."""
    phones: dict[int, list[str]] = defaultdict(list)
    contacts = OrganizationContact.objects.filter(organization__in=rows.values("pk")).exclude(phone="")
    for key, phone in contacts.values_list("organization_id", "phone"):
        phones[key].append(phone)
    areas: dict[int, set[int]] = defaultdict(set)
    for key, area in Organization.areas.through.objects.values_list("organization_id", "area_id"):
        areas[key].add(area)
    return {
        pk: traits(
            name=name,
            kana=kana,
            phones=phones[pk],
            district=next(iter(areas[pk])) if len(areas[pk]) == 1 else None,
        )
        for pk, name, kana in rows.values_list("pk", "name", "kana").order_by()
    }


def compared_resources() -> Any:
    """Entries that may be somebody's duplicate."""
    return Resource.objects.filter(merged_into__isnull=True).exclude(life_status=LifeStatus.CLOSED)


def compared_organizations() -> Any:
    return Organization.objects.filter(merged_into__isnull=True).exclude(status=OrganizationStatus.CLOSED)


def pairs_in(known: dict[int, Traits]) -> list[Pair]:
    """The candidates among `known`. Only those that share a name, a reading, a number or a house are compared."""
    found: dict[tuple[int, int], Likeness] = {}
    for members in _blocks(known):
        for first, second in combinations(sorted(members), 2):
            if (first, second) not in found:
                found[first, second] = likeness(known[first], known[second])
    return [Pair(first, second, alike) for (first, second), alike in found.items() if alike.is_candidate]


def _blocks(known: dict[int, Traits]) -> Iterator[list[int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, item in known.items():
        for mark in _marks(item):
            blocks[mark].append(pk)
    return (members for members in blocks.values() if 1 < len(members) <= _CROWD)


def _marks(item: Traits) -> Iterator[tuple[str, str]]:
    yield "name", f"{item.name_key}|{item.district}"
    if item.kana_key:
        yield "kana", f"{item.kana_key}|{item.district}"
    if item.place_key:
        yield "place", item.place_key
        # In a house of many groups only those whose names begin alike are worth comparing.
        yield "place and name", f"{item.place_key}|{item.name_key[:2]}"
    for phone in item.phones:
        yield "phone", phone
        yield "phone and name", f"{phone}|{item.name_key[:2]}"


def find_duplicates() -> int:
    """Bring the list of candidates up to date: new ones in, those that are none any more out. What staff decided
    stays. Returns how many wait.
    """
    for model, known in (
        (Resource, resource_traits(compared_resources())),
        (Organization, organization_traits(compared_organizations())),
    ):
        _store(model.__name__.lower(), pairs_in(known))
    return DuplicateCandidate.objects.filter(state=DuplicateState.OPEN).count()


@transaction.atomic
def _store(kind: str, pairs: Iterable[Pair]) -> None:
    first, second = f"first_{kind}_id", f"second_{kind}_id"
    rows = DuplicateCandidate.objects.filter(**{f"first_{kind}__isnull": False})
    known = {(getattr(row, first), getattr(row, second)): row for row in rows}
    new = []
    for pair in pairs:
        row = known.pop((pair.first, pair.second), None)
        values = {"score": pair.likeness.score, "reasons": list(pair.likeness.reasons)}
        if row is None:
            new.append(DuplicateCandidate(**{first: pair.first, second: pair.second}, **values))
        elif row.state == DuplicateState.OPEN and (row.score, row.reasons) != tuple(values.values()):
            DuplicateCandidate.objects.filter(pk=row.pk, state=DuplicateState.OPEN).update(**values)
    gone = [row.pk for row in known.values() if row.state == DuplicateState.OPEN]
    DuplicateCandidate.objects.filter(pk__in=gone, state=DuplicateState.OPEN).delete()
    DuplicateCandidate.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
