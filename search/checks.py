"""Mistakes in the wiring of search, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from .analysis import ANALYSIS_VERSION
from .engines import DEFAULT, ENGINES
from .engines.cluster.configuration import Configuration
from .models import IndexState, OutboxEntry

LONGEST_WAIT = timedelta(minutes=5)


@register()
def check_engine(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """SEARCH_ENGINE must name an engine there is."""
    name = getattr(settings, "SEARCH_ENGINE", DEFAULT)
    if name == "elasticsearch":
        return _cluster_messages(Configuration.from_settings())
    if name in ENGINES:
        return []
    return [
        Error(f"SEARCH_ENGINE={name!r} is unknown.", hint=f"Use one of {sorted(ENGINES)}.", id="search.E001")
    ]


def _cluster_messages(configuration: Configuration) -> list[CheckMessage]:
    """What in the cluster's settings cannot work or is unsafe. Nothing is asked of the cluster itself."""
    mistakes = [Error(wrong, hint=hint, id="search.E002") for wrong, hint in configuration.mistakes()]
    doubts = [Warning(doubt, hint=hint, id="search.W002") for doubt, hint in configuration.doubts()]
    return [*mistakes, *doubts]


@register(Tags.database)
def check_analysis(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An index built by another analysis finds less and less of what is typed."""
    if not databases:
        return []
    try:
        outdated = list(
            IndexState.objects.exclude(analysis=ANALYSIS_VERSION).values_list("engine", flat=True)
        )
    except DatabaseError:
        return []  # not migrated yet
    return [
        Warning(
            f"The search index of engine {engine!r} was built with another analysis.",
            hint="Run manage.py rebuild_search_index; search goes on answering meanwhile.",
            id="search.W001",
        )
        for engine in outdated
    ]


@register(Tags.database)
def check_waiting(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Changes are applied within seconds; where they wait for minutes nobody applies them."""
    if not databases:
        return []
    in_use = {DEFAULT, getattr(settings, "SEARCH_ENGINE", DEFAULT)}
    late = OutboxEntry.objects.filter(
        engine__in=in_use, applied=False, not_before=None, created__lt=timezone.now() - LONGEST_WAIT
    )
    try:
        engines = sorted(set(late.values_list("engine", flat=True)))
    except DatabaseError:
        return []  # not migrated yet
    return [
        Warning(
            f"Changes have been waiting for the search index of engine {engine!r} for minutes.",
            hint="Is manage.py process_search_outbox --watch running? manage.py check_search_index says more.",
            id="search.W003",
        )
        for engine in engines
    ]
