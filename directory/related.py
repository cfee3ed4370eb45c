"""Rows that belong to an entry, loaded for many entries together.

An ordinary prefetch makes a queryset for every entry and every list; for thousands of entries that is dearer than the
rows themselves. Here each list is a plain attribute.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from .models import Resource


def together(name: str, queryset: QuerySet[Any]) -> Prefetch:
    """Load the list `name` of all entries of a queryset; `related` finds it."""
    return Prefetch(name, queryset=queryset, to_attr=f"loaded_{name}")


def related(resource: Resource, name: str) -> list[Any]:
    """The list `name` of `resource`: as loaded `together`, else as the entry itself knows it (drafts included)."""
    loaded: list[Any] | None = getattr(resource, f"loaded_{name}", None)
    return list(getattr(resource, name).all()) if loaded is None else loaded
