"""Filters of the lists in the staff screens."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import WorkflowState

from areas.models import Area
from members.permissions import scope_for
from search.models import SynonymGroup

from .choices import LifeStatus, MistakeState, OrganizationStatus, VerificationMethod
from .models import Category, ImportRun, MistakeReport, Organization, Resource, Venue, Verification
from .work_counts import failed_mail, to_call, without_owner

_PUBLICATION = [
    ("live", _("公開中")),
    ("draft", _("下書き(未公開)")),
    ("changed", _("公開中で、未公開の変更あり")),
    ("review", _("審査待ち")),
]


def own_districts(request: Any) -> QuerySet:
    """The districts a member of staff looks after."""
    scope = scope_for(request.user, "view") if request is not None else None
    districts = Area.objects.districts().in_order()
    if scope is None:
        return districts.none()
    return districts if scope.is_everywhere else districts.filter(pk__in=scope.area_ids)


def _waiting(model: type[Model]) -> QuerySet:
    kind = ContentType.objects.get_for_model(model)
    return WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=kind)


def waiting_for_review(rows: QuerySet) -> QuerySet:
    """Those of `rows` that wait for a review."""
    # Keys of any model are kept as text there; PostgreSQL compares no text with numbers.
    waiting = _waiting(rows.model).annotate(row=Cast("object_id", BigIntegerField()))
    return rows.filter(pk__in=waiting.values("row"))


def with_review(rows: QuerySet) -> QuerySet:
    """`rows`, each with `is_waiting`: does it wait for a review?"""
    key = Cast(OuterRef("pk"), CharField())
    return rows.annotate(is_waiting=Exists(_waiting(rows.model).filter(object_id=key)))


def publication_words(row: Any) -> str:
    """「公開中」, 「下書き」 …, for a row of `with_review`. Costs no query, unlike Wagtail's status."""
    words = [_("公開中") if row.live else _("下書き")]
    if row.live and row.has_unpublished_changes:
        words.append(_("未公開の変更あり"))
    if row.is_waiting:
        words.append(_("審査待ち"))
    return "・".join(map(str, words))


def by_publication(rows: QuerySet, _name: str, value: str) -> QuerySet:
    if value == "review":
        return waiting_for_review(rows)
    conditions = {"live": Q(live=True), "draft": Q(live=False)}
    return rows.filter(conditions.get(value, Q(live=True, has_unpublished_changes=True)))


class DistrictFilter(django_filters.ModelMultipleChoiceFilter):
    """Tick boxes of one's own districts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("地区"))
        super().__init__(queryset=own_districts, widget=forms.CheckboxSelectMultiple, **kwargs)


def publication_filter() -> django_filters.ChoiceFilter:
    """Public, draft, changed, waiting."""
    return django_filters.ChoiceFilter(
        label=_("公開"), choices=_PUBLICATION, method=by_publication, widget=forms.RadioSelect
    )


class ResourceFilterSet(WagtailFilterSet):
    """Where, what, how it stands, how fresh, from where."""

    district = DistrictFilter()
    categories = django_filters.ModelMultipleChoiceFilter(
        label=_("種類"),
        queryset=lambda request: Category.objects.kinds(),
        widget=forms.CheckboxSelectMultiple,
        distinct=True,
    )
    life_status = django_filters.MultipleChoiceFilter(
        label=_("状態"), choices=LifeStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    publication = publication_filter()
    verified_before = django_filters.DateFilter(
        label=_("この日より前から確認していない"), method="not_verified_since", widget=AdminDateInput
    )
    source_name = django_filters.CharFilter(label=_("情報源"), lookup_expr="icontains")
    imported = django_filters.BooleanFilter(label=_("取り込んだもの"), method="by_import")
    without_point = django_filters.BooleanFilter(label=_("地図の位置がない"), method="by_point")
    without_district = django_filters.BooleanFilter(
        label=_("地区が決まっていない"), field_name="district", lookup_expr="isnull"
    )
    mail_failed = django_filters.BooleanFilter(label=_("メールが届かない"), method="by_mail")
    to_call = django_filters.BooleanFilter(label=_("電話で確かめる"), method="by_call")

    class Meta:
        model = Resource
        fields: list[str] = []

    def not_verified_since(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.verified_before(day)

    def by_import(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.exclude(source_key="") if value else rows.filter(source_key="")

    def by_mail(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(failed_mail("resource")) if value else rows.exclude(failed_mail("resource"))

    def by_call(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(to_call()) if value else rows.exclude(to_call())

    def by_point(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        missing = Q(venue__isnull=True) | Q(venue__lat__isnull=True)
        return rows.filter(missing) if value else rows.exclude(missing)


class OrganizationFilterSet(WagtailFilterSet):
    areas = DistrictFilter(label=_("活動する地域"), distinct=True)
    status = django_filters.MultipleChoiceFilter(
        label=_("状態"), choices=OrganizationStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    publication = publication_filter()
    without_owner = django_filters.BooleanFilter(label=_("担当者がいない"), method="by_owner")
    mail_failed = django_filters.BooleanFilter(label=_("メールが届かない"), method="by_mail")

    class Meta:
        model = Organization
        fields: list[str] = ["legal_form"]

    def by_owner(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(without_owner()) if value else rows.exclude(without_owner())

    def by_mail(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return (
            rows.filter(failed_mail("organization")) if value else rows.exclude(failed_mail("organization"))
        )


class VenueFilterSet(WagtailFilterSet):
    district = DistrictFilter()
    without_point = django_filters.BooleanFilter(
        label=_("地図の位置がない"), field_name="lat", lookup_expr="isnull"
    )

    class Meta:
        model = Venue
        fields: list[str] = ["is_lendable", "visibility"]


class VerificationFilterSet(WagtailFilterSet):
    method = django_filters.MultipleChoiceFilter(
        label=_("方法"), choices=VerificationMethod.choices, widget=forms.CheckboxSelectMultiple
    )
    district = DistrictFilter(field_name="resource__district")

    class Meta:
        model = Verification
        fields: list[str] = ["result"]


class MistakeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("対応"), choices=MistakeState.choices, widget=forms.RadioSelect
    )
    district = DistrictFilter(field_name="resource__district")

    class Meta:
        model = MistakeReport
        fields: list[str] = ["field_group"]


class SynonymFilterSet(WagtailFilterSet):
    class Meta:
        model = SynonymGroup
        fields: list[str] = ["kind", "direction", "active"]


class ImportRunFilterSet(WagtailFilterSet):
    class Meta:
        model = ImportRun
        fields: list[str] = ["state", "layout"]
