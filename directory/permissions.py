"""Who may do what with which rows. Wagtail's screens, and ours beside them, ask these policies.

A policy combines what a role allows (`members.permissions`) with the place of a row (`querysets.in_scope`). A row's
place is always read from the database: a draft that names another district does not move a row there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from members.permissions import CURATING_ROLES, scope_for, users_allowed
from members.scope import NoScope, Scope
from search.models import SynonymGroup

from .choices import RegistrationState
from .models import (
    Audience,
    Category,
    Claim,
    DeletedEntry,
    DuplicateCandidate,
    Feature,
    ImportRun,
    MistakeReport,
    Organization,
    Registration,
    Resource,
    Venue,
    Verification,
)


class ScopedPolicy(BasePermissionPolicy):
    """Rows that belong to a place: anybody works on those of the own places, as far as the role goes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.scope(user, action) is not None

    def scope(self, user: Any, action: str) -> Scope | None:
        """Where `user` may do `action`."""
        return scope_for(user, action)

    def in_scope(self, scope: Scope) -> QuerySet:
        """The rows inside `scope`."""
        return self.model._default_manager.all().in_scope(scope)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        scopes = [scope for scope in (self.scope(user, action) for action in actions) if scope is not None]
        if not scopes:
            return self.model._default_manager.none()
        everywhere = any(scope.is_everywhere for scope in scopes)
        return self.in_scope(Scope(everywhere, frozenset().union(*(scope.area_ids for scope in scopes))))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if instance.pk is None:
            return self.user_has_permission(user, action)
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return users_allowed(actions)

    def choosable(self, user: Any) -> QuerySet:
        """What a chooser offers to `user`."""
        return self.instances_user_has_any_permission_for(user, ["view"])


class OrganizationPolicy(ScopedPolicy):
    """An entry may name any organization the public knows, whoever looks after it."""

    def choosable(self, user: Any) -> QuerySet:
        if not self.user_has_permission(user, "view"):
            return self.model._default_manager.none()
        known = Organization.objects.published().values("pk")
        return Organization.objects.filter(Q(pk__in=super().choosable(user).values("pk")) | Q(pk__in=known))


class SharedPolicy(ScopedPolicy):
    """Lists all districts share: every member of staff sees them, those who curate change them."""

    def scope(self, user: Any, action: str) -> Scope | None:
        if action == "view":
            return scope_for(user, action)
        try:
            return Scope.of(user, roles=CURATING_ROLES)
        except NoScope:
            return None

    def in_scope(self, scope: Scope) -> QuerySet:
        return self.model._default_manager.all()


class RecordPolicy(ScopedPolicy):
    """Rows that hang on an entry and are written by services; screens show them, some let one answer."""

    def __init__(self, model: type[Model], *, allowed: Iterable[str] = ("view",)) -> None:
        super().__init__(model)
        self.allowed = frozenset(allowed)

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in self.allowed else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        if scope.is_everywhere:
            return rows
        inside = Q(resource__in=Resource.objects.in_scope(scope))
        if self.model is Verification:
            inside |= Q(organization__in=Organization.objects.in_scope(scope))
        return rows.filter(inside)


class PairPolicy(ScopedPolicy):
    """Two things that may be one: for those who work on both."""

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in ("view", "change", "publish") else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        if scope.is_everywhere:
            return rows
        resources, organizations = Resource.objects.in_scope(scope), Organization.objects.in_scope(scope)
        return rows.filter(
            Q(first_resource__in=resources, second_resource__in=resources)
            | Q(first_organization__in=organizations, second_organization__in=organizations)
        )


class RegistrationPolicy(ScopedPolicy):
    """Registrations of the own places. One that names no place yet, or was never sent, is nobody's to read."""

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action == "view" else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.exclude(state=RegistrationState.TYPING)
        return rows if scope.is_everywhere else rows.filter(district__in=scope.area_ids)


class ClaimPolicy(ScopedPolicy):
    """Claims to what is in the own places."""

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in ("view", "publish") else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        if scope.is_everywhere:
            return rows
        return rows.filter(
            Q(resource__in=Resource.objects.in_scope(scope))
            | Q(organization__in=Organization.objects.in_scope(scope))
        )


class DeletedPolicy(ScopedPolicy):
    """Deleted rows by the place they had; whoever may delete there brings them back."""

    def scope(self, user: Any, action: str) -> Scope | None:
        return scope_for(user, action) if action in ("view", "delete") else None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if scope.is_everywhere else rows.filter(area__in=scope.area_ids)


class ImportPolicy(RecordPolicy):
    """A file holds rows of the whole municipality, contacts included: only those who work for all of it see it.
    Taking one in is for those who publish."""

    def scope(self, user: Any, action: str) -> Scope | None:
        if action in ("add", "change"):
            return scope_for(user, "publish")
        return scope_for(user, action) if action == "view" else None

    def in_scope(self, scope: Scope) -> QuerySet:
        runs = self.model._default_manager.all()
        return runs if scope.is_everywhere else runs.filter(municipality__in=scope.area_ids)


def register_policies() -> None:
    """Tell Wagtail. Called once when the app is ready, before any screen asks."""
    register_permission_policy(Resource, ScopedPolicy(Resource))
    register_permission_policy(Venue, ScopedPolicy(Venue))
    register_permission_policy(Organization, OrganizationPolicy(Organization))
    for model in (Category, Audience, Feature, SynonymGroup):
        register_permission_policy(model, SharedPolicy(model))
    register_permission_policy(Verification, RecordPolicy(Verification))
    register_permission_policy(MistakeReport, RecordPolicy(MistakeReport, allowed=("view", "change")))
    register_permission_policy(ImportRun, ImportPolicy(ImportRun))
    register_permission_policy(Registration, RegistrationPolicy(Registration))
    register_permission_policy(Claim, ClaimPolicy(Claim))
    register_permission_policy(DeletedEntry, DeletedPolicy(DeletedEntry))
    register_permission_policy(DuplicateCandidate, PairPolicy(DuplicateCandidate))
