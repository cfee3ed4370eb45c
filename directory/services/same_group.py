"""Is what somebody types here already? Says only what the public may know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from areas.models import Area

from ..choices import ContactAudience
from ..likeness import Traits, likeness, name_key_of, phone_key, traits
from ..models import Organization, OrganizationContact, Resource, ResourceContact
from ..phone_numbers import normalize_phone
from ..visibility import contacts_of, place_of
from .duplicate_finding import organization_traits, resource_traits

_MOST_COMPARED = 200
_MOST_SHOWN = 3
#: Where the district is known, the same name there is worth a question, even with another address.
_WORTH_ASKING = 45


@dataclass(frozen=True)
class Same:
    """Something public that looks like what was typed."""

    thing: Resource | Organization
    score: int

    @property
    def place(self) -> str:
        """The district, as far as the public may know it."""
        if isinstance(self.thing, Organization):
            return "、".join(area.short_name for area in self.thing.areas.all())
        return place_of(self.thing).words

    @property
    def claim_url(self) -> str:
        kind = "organization" if isinstance(self.thing, Organization) else "resource"
        return reverse(f"directory:claim_{kind}", args=[self.thing.code])


def possible_same(
    *,
    name: str,
    kana: str = "",
    phone: str = "",
    address: str = "",
    district: Area | None = None,
    is_hint: bool = False,
) -> list[Same]:
    """The public entries and groups that look like it, the likeliest first. A telephone counts and is never shown.

    `is_hint`: while somebody types, the same name anywhere is worth showing, though it is no proof.
    """
    place = district.pk if district is not None else None
    wanted = traits(name=name, kana=kana, phones=[phone], address=address, district=place)
    number = normalize_phone(phone) if phone_key(phone) else ""
    found = []
    for rows, known in (
        (
            _worth(Organization.objects.published(), name, kana, number, OrganizationContact),
            organization_traits,
        ),
        (_worth(Resource.objects.published(), name, kana, number, ResourceContact), resource_traits),
    ):
        keys = list(rows.values_list("pk", flat=True)[:_MOST_COMPARED])
        near = _with_public_facts(rows.model._default_manager.filter(pk__in=keys))
        everything = known(near)
        scores = {thing.pk: likeness(wanted, _told(thing, everything[thing.pk])) for thing in near}
        likely = {
            pk: alike.score
            for pk, alike in scores.items()
            if alike.is_candidate or ((is_hint or place is not None) and alike.score >= _WORTH_ASKING)
        }
        found += [Same(thing, likely[thing.pk]) for thing in near if thing.pk in likely]
    return sorted(found, key=lambda same: -same.score)[:_MOST_SHOWN]


def _with_public_facts(rows: QuerySet) -> QuerySet:
    if rows.model is Resource:
        rows = rows.select_related("venue__town", "venue__district", "district")
    return rows.prefetch_related("contacts")


def _told(thing: Any, item: Traits) -> Traits:
    """`item` without what the public may not know: else a stranger could find out whose number, or house, it is."""
    phones = frozenset(
        filter(None, (phone_key(contact.phone) for contact in contacts_of(thing.contacts.all())))
    )
    item = replace(item, phones=phones)
    if not isinstance(thing, Resource):
        return item
    place = place_of(thing)
    if thing.venue is not None and place.address != thing.venue.address:
        item = replace(item, place_key="")
    return item if place.district is not None else replace(item, district=None)


def _worth(rows: QuerySet, name: str, kana: str, phone: str, contacts: Any) -> QuerySet:
    """Those that share the beginning of the name or of the reading, or the telephone."""
    plain = name_key_of(name)
    condition = Q(name__icontains=name) | Q(name__icontains=plain[:6] or name)
    if kana:
        condition |= Q(kana__startswith=kana[:4])
    if phone:
        owner = "resource" if contacts is ResourceContact else "organization"
        condition |= Q(
            pk__in=contacts.objects.filter(phone=phone, audience=ContactAudience.PUBLIC).values(owner)
        )
    return rows.filter(condition)
