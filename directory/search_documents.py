"""Entries and organizations as search documents. Public information only: every place is asked of `visibility`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from search.documents import SearchDocument
from search.registry import DocumentSource

from .area_paths import area_paths
from .cards import card_data
from .choices import Answer, FeeKind, JoinPolicy, LegalForm, LifeStatus, Pickup, PlaceVisibility
from .models import (
    Audience,
    Category,
    Occurrence,
    Organization,
    Resource,
    ResourceFeature,
    ResourceTag,
    Schedule,
    VenueFeature,
)
from .models.venues import FeatureAnswer
from .opening_keywords import time_keywords, weekday_keywords
from .related import related, together
from .schedule_words import schedule_lines
from .schedules.spec import ScheduleSpec
from .services.reindexing import ORGANIZATION, RESOURCE
from .visibility import Place, is_public, place_of, public_organization

#: `get_…_display` makes this dictionary anew for every object.
_LEGAL_FORMS = dict(LegalForm.choices)

#: Columns of a resource that no document needs; the row it was imported from alone weighs a kilobyte.
_NEEDLESS = (
    "source_values",
    "source_key",
    "source_name",
    "source_url",
    "source_licence",
    "website",
    "verified_by",
)


class ResourceSource(DocumentSource):
    """Resources, by uuid."""

    type = RESOURCE
    label = "地域資源"

    def queryset(self) -> QuerySet[Resource]:
        # Prefetched, not joined: five hundred entries share some thirty districts. Without the boundaries of areas,
        # which weigh tens of kilobytes each.
        areas = Area.objects.select_related("parent__parent").defer(
            "boundary", "parent__boundary", "parent__parent__boundary"
        )
        return (
            Resource.objects.published()
            .defer(*_NEEDLESS)
            .prefetch_related(
                "organization",
                "venue__town",
                Prefetch("venue__district", queryset=areas),
                Prefetch("district", queryset=areas),
                together("categories", Category.objects.select_related("parent")),
                together("audiences", Audience.objects.all()),
                together("areas_served", areas),
                together("schedules", Schedule.objects.all()),
                together("feature_answers", ResourceFeature.objects.select_related("feature")),
                together("tagged_items", ResourceTag.objects.select_related("tag")),
                Prefetch("venue__feature_answers", queryset=VenueFeature.objects.select_related("feature")),
            )
        )

    def prepare(self, objects: Sequence[Resource]) -> None:
        """Give each its `open_days`: days alone, some fifty an entry, are dear as objects."""
        days: dict[int, list[date]] = {resource.pk: [] for resource in objects}
        for pk, day in _open_days(days):
            days[pk].append(day)
        for resource in objects:
            resource.open_days = tuple(days[resource.pk])

    def get_id(self, obj: Resource) -> str:
        return str(obj.uuid)

    def filter_ids(self, queryset: QuerySet[Resource], ids: Collection[str]) -> QuerySet[Resource]:
        return queryset.filter(uuid__in=ids)

    def build(self, obj: Resource) -> SearchDocument | None:
        return resource_document(obj)

    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        seen = Resource.objects.published().filter(uuid__in=ids).values_list("uuid", flat=True)
        return {str(uuid) for uuid in seen}

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        seen = Resource.objects.published().filter(uuid__in=ids).values_list("uuid", "code")
        return {str(uuid): reverse("directory:resource", kwargs={"code": code}) for uuid, code in seen}


class OrganizationSource(DocumentSource):
    """Organizations, by uuid."""

    type = ORGANIZATION
    label = "団体"

    def queryset(self) -> QuerySet[Organization]:
        return Organization.objects.published().prefetch_related("areas__parent__parent")

    def get_id(self, obj: Organization) -> str:
        return str(obj.uuid)

    def filter_ids(self, queryset: QuerySet[Organization], ids: Collection[str]) -> QuerySet[Organization]:
        return queryset.filter(uuid__in=ids)

    def build(self, obj: Organization) -> SearchDocument | None:
        return organization_document(obj)

    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        seen = Organization.objects.published().filter(uuid__in=ids).values_list("uuid", flat=True)
        return {str(uuid) for uuid in seen}

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        seen = Organization.objects.published().filter(uuid__in=ids).values_list("uuid", "code")
        return {str(uuid): reverse("directory:organization", kwargs={"code": code}) for uuid, code in seen}


def resource_document(resource: Resource) -> SearchDocument | None:
    """What the public may find of `resource`; None for one that is not public."""
    if not is_public(resource):
        return None
    place = place_of(resource)
    categories = related(resource, "categories")
    schedules = related(resource, "schedules")
    lines = schedule_lines(schedules) if schedules else []
    paused = resource.life_status == LifeStatus.PAUSED
    return SearchDocument(
        id=str(resource.uuid),
        type=RESOURCE,
        title=resource.name,
        reading=resource.kana,
        category=_category_text(categories),
        place=_place_text(resource, place),
        body=_body_text(resource, place, lines),
        keywords=_keywords(resource, place, categories, _specs(schedules)),
        # Somebody who sets out today must not meet a closed door: a pause has no dates.
        dates=() if paused else _days(resource),
        numbers={} if resource.fee_adult is None else {"fee_yen": float(resource.fee_adult)},
        location=(place.lat, place.lng) if place.lat is not None and place.lng is not None else None,
        verified_on=resource.verified_on,
        card=card_data(resource, place, schedules),
    )


def organization_document(organization: Organization) -> SearchDocument:
    """What the public may find of a published organization."""
    areas = list(organization.areas.all())
    return SearchDocument(
        id=str(organization.uuid),
        type=ORGANIZATION,
        title=organization.name,
        reading=organization.kana,
        category=str(_LEGAL_FORMS.get(organization.legal_form, "")),
        place=_joined(name for area in areas for name in (area.name, area.kana)),
        body=_joined([organization.code, organization.description, organization.plain_description]),
        keywords={
            "code": (organization.code,),
            "area": _unique(path for area in areas for path in area_paths(area)),
        },
        card={
            "code": organization.code,
            "name": organization.name,
            "kana": organization.kana,
            "kind": _("団体"),
            "place": _("、").join(area.name for area in areas[:3]),
            "summary": organization.description[:80],
        },
    )


def _specs(schedules: list[Schedule]) -> list[ScheduleSpec]:
    found = []
    for schedule in schedules:
        # A broken timetable must not keep an entry from being found.
        with suppress(ValueError, KeyError, TypeError):
            found.append(schedule.rule)
    return found


def _open_days(resources: Iterable[int]) -> QuerySet[Occurrence, tuple[int, date]]:
    """(resource, day) of every day from today on which something takes place, in order of the days."""
    return (
        Occurrence.objects.filter(resource__in=list(resources), date__gte=timezone.localdate())
        .taking_place()
        .order_by("date")
        .values_list("resource_id", "date")
        .distinct()
    )


def _days(resource: Resource) -> tuple[date, ...]:
    """When it is open: made ready by `ResourceSource.prepare`, or asked for the one at hand."""
    if hasattr(resource, "open_days"):
        days: tuple[date, ...] = resource.open_days
        return days
    return tuple(day for _pk, day in _open_days([resource.pk]))


def _category_text(categories: list[Category]) -> str:
    words = []
    for category in categories:
        words += [category.name, category.kana, category.plain_name, *category.synonym_list]
        if category.parent is not None:
            words.append(category.parent.name)
    return _joined(words)


def _place_text(resource: Resource, place: Place) -> str:
    organization = public_organization(resource)
    words = [organization.name, organization.kana] if organization else []
    words += [place.name, place.kana, place.address, place.access_note, place.town]
    if place.district is not None:
        # Not the areas above it: 「烏山」 would find all of 烏山地域. Their names are understood as keywords.
        words += [place.district.name, place.district.kana]
    return _joined(words)


def _body_text(resource: Resource, place: Place, lines: list[str]) -> str:
    words = [
        resource.code,  # printed on paper and told on the phone
        resource.summary,
        resource.description,
        resource.plain_description,
        resource.who_may_come,
        resource.join_note,
        resource.fee_note,
        resource.meals_note,
        resource.bring,
        resource.pickup_note,
        resource.notice,
        resource.paused_note,
        str(JoinPolicy(resource.join_policy).label) if resource.join_policy != JoinPolicy.UNKNOWN else "",
        str(FeeKind.FREE.label) if resource.fee_kind == FeeKind.FREE else "",
        *(audience.name for audience in related(resource, "audiences")),
        *_yes(resource, place, "name"),
        *lines,
        *(item.tag.name for item in related(resource, "tagged_items")),
    ]
    return _joined(words)


def _keywords(
    resource: Resource, place: Place, categories: list[Category], specs: list[ScheduleSpec]
) -> dict[str, tuple[str, ...]]:
    found = {
        "code": (resource.code,),
        "category": _unique(
            code for item in categories for code in (item.code, item.parent.code if item.parent else "")
        ),
        "wish": _unique(item.wish for item in categories),
        "area": _areas(resource, place),
        "town": _towns(resource, place),
        "audience": _unique(item.code for item in related(resource, "audiences")),
        "weekday": weekday_keywords(specs),
        "time": time_keywords(specs),
        "free": ("yes",) if resource.fee_kind == FeeKind.FREE else (),
        "features": _features(resource, place),
        "join": (resource.join_policy,) if resource.join_policy != "unknown" else (),
        "language": _unique(code for code in resource.languages if isinstance(code, str)),
        "verified": (resource.verified_on.strftime("%Y-%m"),) if resource.verified_on else (),
    }
    return {field: values for field, values in found.items() if values}


def _areas(resource: Resource, place: Place) -> tuple[str, ...]:
    """Where it takes place and for whom it is. Of a hidden place not even that: served areas would give it away."""
    if place.visibility == PlaceVisibility.HIDDEN:
        return ()
    served = (path for area in related(resource, "areas_served") for path in area_paths(area))
    return _unique([*area_paths(place.district), *served])


def _towns(resource: Resource, place: Place) -> tuple[str, ...]:
    venue = resource.venue
    if not place.town or venue is None or venue.town is None:
        return ()
    return (venue.town.base_name, venue.town.name)


def _features(resource: Resource, place: Place) -> tuple[str, ...]:
    pickup = ["pickup"] if resource.pickup in (Pickup.YES, Pickup.CONSULT) else []
    return _unique([*_yes(resource, place, "code"), *pickup])


def _yes(resource: Resource, place: Place, attribute: str) -> list[str]:
    """What is there: of the activity itself, and of its place where the place may be known."""
    answers: list[FeatureAnswer] = related(resource, "feature_answers")
    denied = {item.feature_id for item in answers if item.answer == Answer.NO}
    if resource.venue is not None and place.visibility != PlaceVisibility.HIDDEN:
        of_place = resource.venue.feature_answers.all()
        answers = [*answers, *(item for item in of_place if item.feature_id not in denied)]
    return list(
        dict.fromkeys(getattr(item.feature, attribute) for item in answers if item.answer == Answer.YES)
    )


def _joined(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
