"""What changes an event, or something its search document shows, has it looked at again by the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_save, pre_delete

from areas.models import Area, Town
from directory.models import Audience, Category, Organization, Venue

from .models import Event
from .querysets import area_q
from .services.reindexing import reindex_events
from .signals import event_changed

#: model → which events show something of a row of it.
EVENTS_OF: dict[type[Model], Callable[[Any], Q]] = {
    Event: lambda row: Q(pk=row.pk),
    Organization: lambda row: Q(organization=row.pk),
    Venue: lambda row: Q(venue=row.pk),
    Town: lambda row: Q(venue__town=row.pk),
    Category: lambda row: Q(categories=row.pk) | Q(categories__parent=row.pk),
    Audience: lambda row: Q(audiences=row.pk),
    Area: lambda row: area_q(row) | Q(areas_served=row.pk),
}
_LISTS = (Event.categories, Event.audiences, Event.areas_served)


def connect() -> None:
    """Called once, when Django is ready."""
    for model in EVENTS_OF:
        key = f"events-search-{model.__name__}"
        post_save.connect(row_changed, sender=model, dispatch_uid=key)
        # Before, not after: afterwards nobody knows any more what hung on the row.
        pre_delete.connect(row_changed, sender=model, dispatch_uid=key)
    for descriptor in _LISTS:
        m2m_changed.connect(list_changed, sender=descriptor.through)
    event_changed.connect(dates_changed, dispatch_uid="events-search-dates")


def row_changed(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A row was saved, or is about to be deleted. Fixtures arrive in any order; the index is rebuilt after them."""
    if not raw:
        reindex_events(Event.objects.filter(EVENTS_OF[sender](instance)))


def list_changed(sender: type[Model], instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Event):
        reindex_events(Event.objects.filter(pk=instance.pk))


def dates_changed(sender: type[Model], event: Event, **kwargs: Any) -> None:
    """A date was cancelled, moved, restored, or the dates were made anew."""
    reindex_events(Event.objects.filter(pk=event.pk))
