"""Engines by name. `SEARCH_ENGINE` chooses; without it the embedded one serves."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from .base import Engine

DEFAULT = "database"
ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elasticsearch": "search.engines.cluster.engine.ElasticsearchEngine",
}


def get_engine(name: str | None = None) -> Engine:
    """The engine of this name, or the configured one. ImproperlyConfigured lists what there is."""
    return _engine(name or getattr(settings, "SEARCH_ENGINE", DEFAULT))


def engines_in_use() -> tuple[Engine, ...]:
    """Every engine whose index is kept: the configured one, and the embedded one, which stands in for it."""
    return tuple(get_engine(name) for name in dict.fromkeys((DEFAULT, get_engine().name)))


@lru_cache(maxsize=8)
def _engine(name: str) -> Engine:
    if name not in ENGINES:
        raise ImproperlyConfigured(f"SEARCH_ENGINE={name!r} is unknown; choose one of {sorted(ENGINES)}")
    engine: Engine = import_string(ENGINES[name])()
    return engine
