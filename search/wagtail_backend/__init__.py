"""Wagtail's admin search with the analysis of the public one. `WAGTAILSEARCH_BACKENDS` names it: "search.wagtail_backend".

modelsearch's own index tables are kept; what stands in them are pairs of characters in their order, so that any piece of
a text is a phrase. See ADR 0016.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend

_BACKENDS = {"sqlite": ".sqlite", "postgresql": ".postgresql"}


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend of the default database. NotImplementedError names what is supported."""
    if connection.vendor not in _BACKENDS:
        raise NotImplementedError(f"The admin search needs SQLite or PostgreSQL, not {connection.vendor}")
    # Only one of the two can be imported: modelsearch's tables differ by database.
    backend: BaseSearchBackend = import_module(_BACKENDS[connection.vendor], __name__).Backend(params)
    return backend
