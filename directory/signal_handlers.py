"""Every change that a search document shows puts its objects into the search's outbox, in the same transaction.

Rows written in bulk send no signals: whoever does that calls `services.reindexing` (as `services.occurrences` does).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_save, pre_delete
from taggit.models import Tag

from areas.models import Area, Town

from .models import (
    Audience,
    Category,
    Feature,
    Organization,
    Resource,
    ResourceFeature,
    ResourceTag,
    Schedule,
    Venue,
    VenueFeature,
)
from .services.reindexing import reindex_organizations, reindex_resources
from .services.staff_search import refresh_followers

#: model → which resources show something of a row of it.
RESOURCES_OF: dict[type[Model], Callable[[Any], Q]] = {
    Resource: lambda row: Q(pk=row.pk),
    ResourceFeature: lambda row: Q(pk=row.resource_id),
    ResourceTag: lambda row: Q(pk=row.content_object_id),
    Schedule: lambda row: Q(pk=row.resource_id),
    Organization: lambda row: Q(organization=row.pk),
    Venue: lambda row: Q(venue=row.pk),
    VenueFeature: lambda row: Q(venue=row.venue_id),
    Category: lambda row: Q(categories=row.pk) | Q(categories__parent=row.pk),
    Audience: lambda row: Q(audiences=row.pk),
    Feature: lambda row: Q(feature_answers__feature=row.pk) | Q(venue__feature_answers__feature=row.pk),
    Area: lambda row: _below(row, "district") | _below(row, "venue__district") | _below(row, "areas_served"),
    Town: lambda row: Q(venue__town=row.pk),
    Tag: lambda row: Q(tagged_items__tag=row.pk),
}

#: model → which organizations show something of a row of it.
ORGANIZATIONS_OF: dict[type[Model], Callable[[Any], Q]] = {
    Organization: lambda row: Q(pk=row.pk),
    Area: lambda row: _below(row, "areas"),
}

#: Lists that belong to a resource or an organization.
_LISTS_OF_RESOURCES = (Resource.categories, Resource.audiences, Resource.areas_served)
_LISTS_OF_ORGANIZATIONS = (Organization.areas,)


def connect() -> None:
    """Begin to listen. Called once, when Django is ready."""
    for model in {*RESOURCES_OF, *ORGANIZATIONS_OF}:
        key = f"directory-search-{model.__name__}"
        post_save.connect(row_changed, sender=model, dispatch_uid=key)
        # Before, not after: afterwards nobody knows any more what hung on the row.
        pre_delete.connect(row_changed, sender=model, dispatch_uid=key)
    for descriptor in (*_LISTS_OF_RESOURCES, *_LISTS_OF_ORGANIZATIONS):
        m2m_changed.connect(list_changed, sender=descriptor.through)


def row_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A row was saved, or is about to be deleted."""
    if kwargs.get("raw"):
        # Fixtures arrive in any order; the index is rebuilt after them.
        return
    if sender in RESOURCES_OF:
        reindex_resources(Resource.objects.filter(RESOURCES_OF[sender](instance)))
    if isinstance(instance, Organization | Venue) and kwargs.get("created") is False:
        refresh_followers(instance)
    if sender in ORGANIZATIONS_OF:
        reindex_organizations(Organization.objects.filter(ORGANIZATIONS_OF[sender](instance)))


def list_changed(sender: type[Model], instance: Any, action: str, **kwargs: Any) -> None:
    """A list of categories, audiences or areas was changed from the side of the entry."""
    if not action.startswith("post_"):
        return
    if isinstance(instance, Resource):
        reindex_resources(Resource.objects.filter(pk=instance.pk))
    elif isinstance(instance, Organization):
        reindex_organizations(Organization.objects.filter(pk=instance.pk))


def _below(area: Area, field: str) -> Q:
    return (
        Q(**{field: area.pk})
        | Q(**{f"{field}__parent": area.pk})
        | Q(**{f"{field}__parent__parent": area.pk})
    )
