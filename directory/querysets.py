"""Reads of the register, as words that chain. What the public may see is asked of `visibility`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q

from areas.choices import AreaKind
from areas.models import Area
from members.scope import Scope

from .choices import LifeStatus, OccurrenceStatus
from .visibility import (
    Viewer,
    public_organizations,
    public_places,
    public_resources,
    viewer_of,
)

#: The category code of the desks that answer for a district (福祉の相談窓口).
DESK_CODE = "welfare_desk"


def _area_q(area: Area, prefix: str) -> Q:
    """What hangs on `area` or below it, through the field `prefix`."""
    if area.kind == AreaKind.DISTRICT:
        return Q(**{prefix: area})
    return Q(**{prefix: area}) | Q(**{f"{prefix}__parent": area}) | Q(**{f"{prefix}__parent__parent": area})


class CategoryQuerySet(models.QuerySet):
    """Kinds of resource."""

    def elements(self) -> Self:
        """The top level: elements of community care."""
        return self.filter(parent__isnull=True)

    def kinds(self) -> Self:
        """The second level: what an entry is."""
        return self.filter(parent__isnull=False)


class OrganizationQuerySet(models.QuerySet):
    """Organizations."""

    def published(self) -> Self:
        return self.filter(public_organizations())

    def in_area(self, area: Area) -> Self:
        return self.filter(_area_q(area, "areas")).distinct()

    def in_scope(self, scope: Scope) -> Self:
        """Those a member of staff may work on; one without areas belongs to nobody's district, so to everybody."""
        if scope.is_everywhere:
            return self
        return self.filter(Q(areas__in=scope.area_ids) | Q(areas__isnull=True)).distinct()


class VenueQuerySet(models.QuerySet):
    """Places."""

    def in_area(self, area: Area) -> Self:
        return self.filter(_area_q(area, "district"))

    def in_scope(self, scope: Scope) -> Self:
        if scope.is_everywhere:
            return self
        return self.filter(Q(district__in=scope.area_ids) | Q(district__isnull=True))


class ResourceQuerySet(models.QuerySet):
    """Resources."""

    def published(self) -> Self:
        """What everybody may see."""
        return self.filter(public_resources())

    def running(self) -> Self:
        """Without those that rest: their dates are promised by nobody."""
        return self.exclude(life_status=LifeStatus.PAUSED)

    def visible_to(self, user: Any) -> Self:
        """What `user` may see: the published ones; staff also those of their own places."""
        if viewer_of(user) is not Viewer.STAFF:
            return self.published()
        scope = Scope.of(user)
        if scope.is_everywhere:
            return self
        return self.filter(public_resources() | Q(district__in=scope.area_ids) | Q(district__isnull=True))

    def in_scope(self, scope: Scope) -> Self:
        """Those a member of staff may work on. Without a district they are everybody's work."""
        if scope.is_everywhere:
            return self
        return self.filter(Q(district__in=scope.area_ids) | Q(district__isnull=True))

    def in_area(self, area: Area) -> Self:
        """What takes place in `area` or below it."""
        return self.filter(_area_q(area, "district"))

    def listed_in(self, area: Area) -> Self:
        """What may stand in a public list of `area`: a hidden place is in no district's list."""
        return self.in_area(area).filter(public_places())

    def desks_for(self, area: Area) -> Self:
        """The desks that answer for `area`."""
        here = Q(areas_served=area) | Q(district=area)
        return self.filter(public_places(), here, categories__code=DESK_CODE).distinct()

    def open_on(self, day: date) -> Self:
        return self.open_between(day, day)

    def open_between(self, first: date, last: date) -> Self:
        """With a date that takes place from `first` to `last`, both included."""
        return self.filter(
            pk__in=_occurrences().filter(date__gte=first, date__lte=last).taking_place().values("resource")
        )

    def verified_before(self, day: date) -> Self:
        """Never verified, or last verified before `day`."""
        return self.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=day))

    def with_card_data(self, today: date) -> Self:
        """Everything a card in a list shows, in a fixed number of queries."""
        coming = _occurrences().coming(today, today + timedelta(days=62))
        return self.select_related(
            "organization", "venue__district", "venue__town", "district"
        ).prefetch_related(
            "categories", "audiences", "schedules", Prefetch("occurrences", queryset=coming, to_attr="coming")
        )

    def with_page_data(self, first: date, last: date) -> Self:
        """Everything the page of an entry shows, its dates from `first` to `last`, in ten queries."""
        model = apps.get_model
        dates = _occurrences().filter(date__gte=first, date__lte=last).order_by("date", "start")
        answers = model("directory", "ResourceFeature").objects.select_related("feature")
        of_place = model("directory", "VenueFeature").objects.select_related("feature")
        photos = model("directory", "ResourcePhoto").objects.select_related("photo")
        kinds = model("directory", "Category").objects.select_related("parent")
        return self.select_related(
            "organization",
            "venue__district__parent__parent",
            "venue__town",
            "district__parent__parent",
        ).prefetch_related(
            Prefetch("categories", queryset=kinds),
            "audiences",
            "areas_served",
            "contacts",
            "schedules",
            Prefetch("feature_answers", queryset=answers),
            Prefetch("venue__feature_answers", queryset=of_place),
            Prefetch("photos", queryset=photos),
            "photos__photo__renditions",
            Prefetch(
                "occurrences",
                queryset=dates.select_related("venue__town", "venue__district__parent__parent"),
                to_attr="coming",
            ),
        )


class OccurrenceQuerySet(models.QuerySet):
    """Dates."""

    def taking_place(self) -> Self:
        return self.exclude(status=OccurrenceStatus.CANCELLED)

    def coming(self, first: date, last: date) -> Self:
        """Taking place from `first` to `last`, in order."""
        return self.filter(date__gte=first, date__lte=last).taking_place().order_by("date", "start")


def _occurrences() -> OccurrenceQuerySet:
    # By name: models import this module, not the other way round.
    return OccurrenceQuerySet(apps.get_model("directory", "Occurrence"))
