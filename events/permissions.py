"""Who of the staff may do what with events, reports and the board. See `directory.permissions`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permissions import register_permission_policy

from directory.permissions import ScopedPolicy
from members.permissions import scope_for
from members.scope import Scope

from .models import (
    Event,
    Gathering,
    Introduction,
    Opportunity,
    OpportunityAnswer,
    Presentation,
    RemovalRequest,
    Report,
    SignUp,
)


class HangingPolicy(ScopedPolicy):
    """Rows that hang on something with a place: they belong where it does. `through` leads to it."""

    def __init__(
        self, model: type[Model], through: str, *, allowed: Iterable[str] = ("view", "change")
    ) -> None:
        super().__init__(model)
        self.through = through
        self.allowed = frozenset(allowed)

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in self.allowed else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        owner: Any = self.model._meta.get_field(self.through).related_model
        if scope.is_everywhere:
            return rows
        return rows.filter(**{f"{self.through}__in": owner._default_manager.all().in_scope(scope)})


class IntroductionPolicy(ScopedPolicy):
    """Introductions of the own places. Nobody adds or deletes one: groups ask, and what was said stays."""

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in ("view", "change") else None


class PresentationPolicy(ScopedPolicy):
    """What a district presented is that district's."""

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if scope.is_everywhere else rows.filter(district__in=scope.area_ids)


def register() -> None:
    """Tell Wagtail. Called once when the app is ready, before any screen asks."""
    for model in (Event, Report, Opportunity):
        register_permission_policy(model, ScopedPolicy(model))
    register_permission_policy(Introduction, IntroductionPolicy(Introduction))
    register_permission_policy(Presentation, PresentationPolicy(Presentation))
    register_permission_policy(SignUp, HangingPolicy(SignUp, "event", allowed=("view", "add", "change")))
    register_permission_policy(
        Gathering, HangingPolicy(Gathering, "event", allowed=("view", "add", "change"))
    )
    register_permission_policy(OpportunityAnswer, HangingPolicy(OpportunityAnswer, "opportunity"))
    register_permission_policy(
        RemovalRequest, HangingPolicy(RemovalRequest, "report", allowed=("view", "change", "publish"))
    )
