"""The search of the staff screens hears of what sends no signals: rows written in bulk, and names of other rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.search.backends import get_search_backends

from ..models import Organization, Resource, Venue

#: Who names more than this is left to the nightly `update_index`.
MAX_FOLLOWERS = 1_000


def add_to_staff_search(model: type[Model], objects: Iterable[Any]) -> None:
    """Put `objects` of `model` into the index of the staff screens."""
    items = list(objects)
    for backend in get_search_backends(with_auto_update=True) if items else []:
        backend.add_bulk(model, items)


def refresh_followers(row: Organization | Venue) -> None:
    """Resources are found by the names of their organization and their place: say the new ones."""
    followers = row.resources.select_related("organization", "venue").order_by()[:MAX_FOLLOWERS]
    add_to_staff_search(Resource, followers)
