"""Reads of events, sign-ups, the exchange and reports, as words that chain. What is public is asked of `visibility`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from areas.choices import AreaKind
from areas.models import Area
from members.scope import Scope

from .choices import SEATED, STANDING, DateStatus, IntroductionState, OpportunityState, SignUpState
from .visibility import listed_events, listed_reports, public_opportunities, public_texts


def area_q(area: Area, field: str = "district") -> Q:
    """What hangs on `area` or below it, through the field `field`."""
    if area.kind == AreaKind.DISTRICT:
        return Q(**{field: area})
    return Q(**{field: area}) | Q(**{f"{field}__parent": area}) | Q(**{f"{field}__parent__parent": area})


def _around(area: Area) -> list[Area]:
    """`area` and what it lies in: what is for the whole ward is for each of its districts."""
    found: list[Area] = []
    at: Area | None = area
    while at is not None:
        found.append(at)
        at = at.parent
    return found


class ReviewedQuerySet(models.QuerySet):
    """Texts with a district."""

    def published(self) -> Self:
        return self.filter(public_texts())

    def in_scope(self, scope: Scope) -> Self:
        """Those a member of staff may work on. Without a district they are everybody's work."""
        if scope.is_everywhere:
            return self
        return self.filter(Q(district__in=scope.area_ids) | Q(district__isnull=True))

    def in_area(self, area: Area) -> Self:
        """What is in `area` or below it."""
        return self.filter(area_q(area))

    def concerning(self, area: Area) -> Self:
        """What is in `area`, or said to be for it, or for what it lies in."""
        model: Any = self.model
        served = model.areas_served.through.objects.filter(area__in=_around(area))
        field = self.model._meta.model_name
        return self.filter(area_q(area) | Q(pk__in=served.values(field)))


class EventQuerySet(ReviewedQuerySet):
    """Events."""

    def listed(self) -> Self:
        """Public, and allowed to stand in a list of a district."""
        return self.filter(listed_events())

    def coming(self, today: date) -> Self:
        """Not over yet."""
        return self.filter(last_date__gte=today)

    def of_organization(self, organization: Any) -> Self:
        """Held by `organization`, alone or with others."""
        model: Any = self.model
        partner = model.partners.through.objects.filter(organization=organization)
        return self.filter(Q(organization=organization) | Q(pk__in=partner.values("event")))


class EventDateQuerySet(models.QuerySet):
    """Dates of events."""

    def taking_place(self) -> Self:
        return self.exclude(status=DateStatus.CANCELLED)

    def between(self, first: date, last: date) -> Self:
        """From `first` to `last`, both included, in order; cancelled ones too, to be shown as such."""
        return self.filter(date__gte=first, date__lte=last).order_by("date", "start", "pk")

    def published(self) -> Self:
        return self.filter(event__in=_events().published())

    def listed(self) -> Self:
        """Of events that may stand in a list of a district."""
        return self.filter(event__in=_events().listed())


class SignUpQuerySet(models.QuerySet):
    """Sign-ups."""

    def seated(self) -> Self:
        """Those who have a seat."""
        return self.filter(state__in=SEATED)

    def standing(self) -> Self:
        """Those that are alive: asked, confirmed or waiting."""
        return self.filter(state__in=STANDING)

    def waiting_in_order(self) -> Self:
        """The waiting list: who came first stands first."""
        return self.filter(state=SignUpState.WAITING).order_by("created_at", "pk")


class OpportunityQuerySet(ReviewedQuerySet):
    """Posts on the board."""

    def published(self) -> Self:
        return self.filter(public_opportunities())

    def open_on(self, day: date) -> Self:
        """Still wanted, and not run out."""
        return self.filter(state=OpportunityState.OPEN, open_until__gte=day)


class IntroductionQuerySet(models.QuerySet):
    """Introductions."""

    def in_scope(self, scope: Scope) -> Self:
        """Of the own places; without a district everybody's work."""
        if scope.is_everywhere:
            return self
        return self.filter(Q(district__in=scope.area_ids) | Q(district__isnull=True))

    def open(self) -> Self:
        """Something is still to be done."""
        done = (IntroductionState.DONE, IntroductionState.DECLINED, IntroductionState.WITHDRAWN)
        return self.exclude(state__in=done)

    def stale(self, today: date, after: timedelta) -> Self:
        """Waiting longer than `after`, or to be followed up by now."""
        old = Q(state__in=(IntroductionState.REQUESTED, IntroductionState.ASKING)) & Q(
            updated_at__date__lte=today - after
        )
        return self.open().filter(old | Q(state=IntroductionState.INTRODUCED, follow_up_on__lte=today))

    def concerning(self, organization: Any) -> Self:
        """Asked by or for `organization`."""
        return self.filter(Q(from_organization=organization) | Q(to_organization=organization))


class ReportQuerySet(ReviewedQuerySet):
    """Activity reports."""

    def listed(self) -> Self:
        """Public, and allowed to stand in a list of a district."""
        return self.filter(listed_reports())

    def about(self, theme: Any) -> Self:
        """With this theme, or one below it."""
        model: Any = self.model
        named = model.themes.through.objects.filter(Q(category=theme) | Q(category__parent=theme))
        return self.filter(pk__in=named.values("report"))

    def of_organization(self, organization: Any) -> Self:
        """Written by `organization`, or naming it."""
        model: Any = self.model
        partner = model.partners.through.objects.filter(organization=organization)
        return self.filter(Q(organization=organization) | Q(pk__in=partner.values("report")))


def _events() -> EventQuerySet:
    # By name: models import this module, not the other way round.
    return EventQuerySet(apps.get_model("events", "Event"))
