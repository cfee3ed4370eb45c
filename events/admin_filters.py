"""Filters of the staff's lists of events."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from directory.admin_filters import DistrictFilter, publication_filter

from .choices import EventKind, EventStatus, SignUpPolicy
from .models import Event

_WHEN = [("coming", _("これから")), ("over", _("終わったもの")), ("undated", _("日にちがない"))]


class EventFilterSet(WagtailFilterSet):
    """Where, what, when, how it stands."""

    district = DistrictFilter()
    kind = django_filters.MultipleChoiceFilter(
        label=_("種類"), choices=EventKind.choices, widget=forms.CheckboxSelectMultiple
    )
    when = django_filters.ChoiceFilter(
        label=_("いつ"), choices=_WHEN, method="by_when", widget=forms.RadioSelect
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("状態"), choices=EventStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    signup_policy = django_filters.MultipleChoiceFilter(
        label=_("申込み"), choices=SignUpPolicy.choices, widget=forms.CheckboxSelectMultiple
    )
    publication = publication_filter()
    without_district = django_filters.BooleanFilter(
        label=_("地区が決まっていない"), field_name="district", lookup_expr="isnull"
    )

    class Meta:
        model = Event
        fields: list[str] = []

    def by_when(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "coming":
            return rows.filter(last_date__gte=today)
        return rows.filter(last_date__lt=today) if value == "over" else rows.filter(last_date__isnull=True)
