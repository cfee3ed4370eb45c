"""Write the rows of an import in bulk. Called inside one transaction, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from ..choices import ContactAudience, LifeStatus, OrganizationStatus, PlaceVisibility
from ..importers.cells import fold
from ..importers.records import ParsedRow
from ..models import (
    Organization,
    Resource,
    ResourceContact,
    ResourceFeature,
    Schedule,
    Venue,
)
from ..models.base import new_code
from .import_placing import RowPlace, venue_fields
from .import_vocabulary import Vocabulary
from .occurrences import rebuild_occurrences
from .staff_search import add_to_staff_search

#: Fields of `Resource` an import may set, with their longest text.
FIELD_LENGTHS = {
    "name": 120,
    "kana": 200,
    "summary": 200,
    "description": None,
    "who_may_come": 200,
    "join_policy": None,
    "join_note": 200,
    "capacity": None,
    "website": None,
    "source_name": 100,
    "source_url": None,
    "source_licence": 100,
    "fee_kind": None,
    "fee_infant": None,
    "fee_elementary": None,
    "fee_junior_high": None,
    "fee_high_school": None,
    "fee_adult": None,
    "fee_note": 200,
}


def field_values(parsed: ParsedRow) -> dict[str, Any]:
    """Fields of `Resource` from a row, cut to what the database takes; a long summary continues in the text."""
    values = {name: parsed.fields[name] for name in FIELD_LENGTHS if name in parsed.fields}
    if len(values.get("summary", "")) > 200:
        values["description"] = "\n".join(filter(None, [values["summary"], values.get("description", "")]))
    for name, length in FIELD_LENGTHS.items():
        if length and len(values.get(name, "")) > length:
            values[name] = values[name][: length - 1] + "…"
    if parsed.is_place_withheld:
        values["place_visibility"] = PlaceVisibility.HIDDEN
    return values


@dataclass
class NewRow:
    """A row about to become an entry."""

    parsed: ParsedRow
    place: RowPlace
    source_key: str


class Writer:
    """Creates what is new. Organizations and venues that are there already are used again."""

    def __init__(self, *, publish: bool, user: Any = None) -> None:
        self._publish = publish
        self._user = user
        self._vocabulary = Vocabulary()
        self._organizations: dict[str, Organization] = {}
        self._venues: dict[str, Venue] = {}

    def create(self, rows: list[NewRow]) -> list[Resource]:
        """Write `rows` as entries: drafts awaiting review, or published. Returns them in the same order."""
        self._prepare_organizations(rows)
        self._prepare_venues(rows)
        resources = [self._resource(row) for row in rows]
        self._give_codes(Resource, resources)
        Resource.objects.bulk_create(resources)
        self._write_parts(rows, resources)
        prefetch_related_objects(resources, "schedules__exceptions")
        rebuild_occurrences(resources, reindex=False)
        add_to_staff_search(Resource, resources)
        return resources

    def venue_for(self, parsed: ParsedRow, place: RowPlace) -> Venue | None:
        """The venue of one row, made where it is new."""
        row = NewRow(parsed, place, "")
        self._prepare_venues([row])
        return self._venue_of(row)

    def _resource(self, row: NewRow) -> Resource:
        resource = Resource(
            **field_values(row.parsed),
            organization=self._organization_of(row),
            venue=self._venue_of(row),
            district=row.place.area,
            life_status=LifeStatus.LISTED,
            live=self._publish,
            has_unpublished_changes=not self._publish,
            source_key=row.source_key,
            source_values=row.parsed.raw,
            created_by=self._user,
            updated_by=self._user,
        )
        if self._publish:
            resource.first_published_at = resource.last_published_at = timezone.now()
        return resource

    def _prepare_organizations(self, rows: list[NewRow]) -> None:
        wanted = {_organization_key(row): row for row in rows if row.parsed.organization}
        wanted = {key: row for key, row in wanted.items() if key not in self._organizations}
        for organization in Organization.objects.filter(source_key__in=list(wanted)):
            self._organizations[organization.source_key] = organization
        new = {
            key: self._organization(key, row) for key, row in wanted.items() if key not in self._organizations
        }
        self._give_codes(Organization, list(new.values()))
        Organization.objects.bulk_create(new.values())
        through = Organization.areas.through
        through.objects.bulk_create(
            through(organization_id=organization.pk, area_id=wanted[key].place.municipality.pk)
            for key, organization in new.items()
        )
        self._organizations |= new
        add_to_staff_search(Organization, new.values())

    def _organization(self, key: str, row: NewRow) -> Organization:
        return Organization(
            name=row.parsed.organization["name"][:120],
            corporate_number=row.parsed.organization.get("corporate_number", ""),
            status=OrganizationStatus.APPROVED if self._publish else OrganizationStatus.REGISTERED,
            live=self._publish,
            has_unpublished_changes=not self._publish,
            source_key=key,
            created_by=self._user,
        )

    def _organization_of(self, row: NewRow) -> Organization | None:
        return self._organizations[_organization_key(row)] if row.parsed.organization else None

    def _prepare_venues(self, rows: list[NewRow]) -> None:
        wanted = {
            _venue_key(row): row
            for row in rows
            if row.parsed.venue.get("address") or row.parsed.venue.get("name")
        }
        wanted = {key: row for key, row in wanted.items() if key not in self._venues}
        for venue in Venue.objects.filter(source_key__in=list(wanted)).select_related("district"):
            self._venues[venue.source_key] = venue
        new = {
            key: Venue(**venue_fields(row.parsed, row.place), source_key=key, created_by=self._user)
            for key, row in wanted.items()
            if key not in self._venues
        }
        self._give_codes(Venue, list(new.values()))
        Venue.objects.bulk_create(new.values())
        self._venues |= new
        add_to_staff_search(Venue, new.values())

    def _venue_of(self, row: NewRow) -> Venue | None:
        return self._venues.get(_venue_key(row))

    def _write_parts(self, rows: list[NewRow], resources: list[Resource]) -> None:
        pairs = [(row.parsed, resource) for row, resource in zip(rows, resources, strict=True)]
        categories, audiences = Resource.categories.through, Resource.audiences.through
        categories.objects.bulk_create(
            categories(resource_id=resource.pk, category_id=category.pk)
            for parsed, resource in pairs
            for category in self._vocabulary.categories(parsed)
        )
        audiences.objects.bulk_create(
            audiences(resource_id=resource.pk, audience_id=audience.pk)
            for parsed, resource in pairs
            for audience in self._vocabulary.audiences(parsed)
        )
        ResourceFeature.objects.bulk_create(
            ResourceFeature(resource=resource, feature=self._vocabulary.features[code], answer=answer)
            for parsed, resource in pairs
            for code, answer in parsed.features.items()
            if code in self._vocabulary.features
        )
        ResourceContact.objects.bulk_create(
            contact for parsed, resource in pairs for contact in build_contacts(parsed, resource)
        )
        Schedule.objects.bulk_create(
            build_schedule(parsed, resource) for parsed, resource in pairs if parsed.schedule
        )

    @staticmethod
    def _give_codes(model: type[Any], objects: list[Any]) -> None:
        """Codes for objects that are written in bulk: `save()` is not called for them."""
        codes: set[str] = set()
        while len(codes) < len(objects):
            fresh = {new_code() for _object in objects} - codes
            codes |= fresh - set(model.objects.filter(code__in=fresh).values_list("code", flat=True))
        for item, code in zip(objects, codes, strict=False):
            item.code = code


def build_contacts(parsed: ParsedRow, resource: Resource) -> Iterable[ResourceContact]:
    """Contacts of a row: for staff only, until somebody who may decides otherwise."""
    for order, contact in enumerate(parsed.contacts):
        yield ResourceContact(
            resource=resource,
            name=contact.get("name", "")[:60],
            role=contact.get("role", "")[:40],
            phone=contact.get("phone", "")[:20],
            fax=contact.get("fax", "")[:20],
            email=contact.get("email", "")[:254],
            audience=ContactAudience.STAFF,
            sort_order=order,
        )


def build_schedule(parsed: ParsedRow, resource: Resource, venue: Venue | None = None) -> Schedule:
    """The timetable of a row."""
    schedule = parsed.schedule
    return Schedule(
        resource=resource,
        venue=venue,
        spec=schedule["spec"],
        kind=schedule["spec"].get("kind", "unknown"),
        status=schedule["status"],
        original_text=schedule["original_text"],
        note=schedule["note"],
    )


def _organization_key(row: NewRow) -> str:
    name = row.parsed.organization.get("name", "")
    return f"organization:{row.place.municipality.pk}:{fold(name)}"[:200]


def _venue_key(row: NewRow) -> str:
    venue = row.parsed.venue
    words = f"{fold(str(venue.get('name', '')))}|{fold(str(venue.get('address', '')))}"
    return f"venue:{row.place.municipality.pk}:{words}"[:200]
