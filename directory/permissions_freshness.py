"""Who asks groups, follows a campaign, writes down visits. See `permissions` for the idea."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import register_permission_policy

from members.permissions import CURATING_ROLES, scope_for
from members.scope import NoScope, Scope

from .models import FreshnessPolicy, VerificationAsk, VerificationCampaign, Visit
from .permissions import RecordPolicy, ScopedPolicy


class CampaignPolicy(ScopedPolicy):
    """A campaign asks all groups of a place: those see it who work for the whole of that place."""

    def scope(self, user: Any, action: str) -> Scope | None:
        if action in ("add", "change"):
            return scope_for(user, "publish")
        return scope_for(user, action)

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if scope.is_everywhere else rows.filter(area__in=scope.area_ids)


class VisitPolicy(ScopedPolicy):
    """Visits belong to the district they were made in."""

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if scope.is_everywhere else rows.filter(district__in=scope.area_ids)


class RhythmPolicy(ScopedPolicy):
    """The days of a municipality: staff see them, those who curate it change them."""

    def scope(self, user: Any, action: str) -> Scope | None:
        if action == "view":
            return scope_for(user, action)
        try:
            return Scope.of(user, roles=CURATING_ROLES)
        except NoScope:
            return None

    def in_scope(self, scope: Scope) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if scope.is_everywhere else rows.filter(municipality__in=scope.area_ids)


def register() -> None:
    """Tell Wagtail. Called once when the app is ready."""
    register_permission_policy(VerificationAsk, RecordPolicy(VerificationAsk, allowed=("view", "change")))
    register_permission_policy(VerificationCampaign, CampaignPolicy(VerificationCampaign))
    register_permission_policy(Visit, VisitPolicy(Visit))
    register_permission_policy(FreshnessPolicy, RhythmPolicy(FreshnessPolicy))
