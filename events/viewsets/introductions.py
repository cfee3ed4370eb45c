"""「つなぎ」: what groups of the own places asked for, and the broker's screen of each."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from areas.models import Area
from directory.admin_filters import own_districts
from directory.viewsets.curation import RecordIndexView, RecordViewSet
from directory.visit_counts import fiscal_year_of
from spreadsheets.answers import KINDS, table_file

from ..choices import IntroductionState
from ..introduction_counts import Line, heads, lines
from ..models import Introduction
from ..services.introductions import STALE_AFTER
from .introduction_screen import act, show

_YEARS = 5


class IntroductionFilterSet(WagtailFilterSet):
    """By state, by place, and what was left lying."""

    state = django_filters.ChoiceFilter(label=_("状態"), choices=IntroductionState.choices)
    district = django_filters.ModelChoiceFilter(label=_("地区"), queryset=own_districts)
    stale = django_filters.BooleanFilter(label=_("進んでいないもの"), method="left_lying")

    class Meta:
        model = Introduction
        fields = ["state", "district", "stale"]

    def left_lying(self, rows: QuerySet, name: str, wanted: bool) -> QuerySet:
        stale = Introduction.objects.stale(timezone.localdate(), STALE_AFTER)
        return rows.filter(pk__in=stale.values("pk")) if wanted else rows


class IntroductionIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("from_organization", "to_organization", "district", "broker")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("events_introductions:counts")
        return [HeaderButton(_("年度の集計"), url=url, icon_name="table")]


def counts(request: HttpRequest) -> HttpResponse:
    """?year=2026; file=xlsx|csv gives the same table as a file."""
    this_year = fiscal_year_of(timezone.localdate())
    years = range(this_year, this_year - _YEARS, -1)
    asked = request.GET.get("year", "")
    year = next((item for item in years if str(item) == asked), this_year)
    policy = policy_registry.get_by_type(Introduction)
    own = policy.instances_user_has_any_permission_for(request.user, ["view"])
    table = lines(own, _places(own), year)
    if request.GET.get("file") in KINDS:
        return _file(table, year, request.GET["file"])
    context = {
        "page_title": _t("つなぎの集計"),
        "header_title": _t("つなぎの集計"),
        "year": year,
        "years": years,
        "heads": heads(),
        "lines": table,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
            {"url": reverse("events_introductions:list"), "label": _t("つなぎ")},
            {"url": "", "label": _t("年度の集計")},
        ],
    }
    return TemplateResponse(request, "events/admin/introduction_counts.html", context)


def _places(rows: QuerySet) -> QuerySet[Area]:
    return Area.objects.filter(pk__in=rows.order_by().values("district")).defer("boundary").in_order()


def _file(table: list[Line], year: int, kind: str) -> HttpResponse:
    rows: list[list[Any]] = [[_t("地区"), *heads()]]
    rows += [[line.name, *line.figures] for line in table]
    return table_file(rows, name=f"introductions-{year}", kind=kind)


class IntroductionViewSet(RecordViewSet):
    model = Introduction
    url_namespace = "events_introductions"
    url_prefix = "register/introductions"
    icon = "group"
    menu_label = _("つなぎ")
    menu_order = 10
    inspect_view_enabled = False
    readable = frozenset({"list", "list_results", "show", "act", "counts"})
    index_view_class = IntroductionIndexView
    edit_handler = ObjectList([FieldPanel("broker_note")])
    filterset_class = IntroductionFilterSet
    search_fields = ("from_organization__name", "to_organization__name", "code")
    list_display = (
        TitleColumn(
            "pair",
            label=_("団体"),
            accessor=str,
            get_url=lambda row: reverse("events_introductions:show", args=[row.pk]),
        ),
        Column("district", label=_("地区"), accessor="district.short_name"),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        Column("broker", label=_("つなぐ人"), accessor=lambda row: row.broker or _t("まだいません")),
        DateColumn("created_at", label=_("申し込んだ日時"), sort_key="created_at"),
        Column("follow_up_on", label=_("様子を聞く日"), sort_key="follow_up_on"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _(
        "つなぎの申込みは、いまありません。団体が、ほかの団体のページや掲示板から申し込みます。"
    )

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("show/<int:pk>/", show, name="show"),
            path("act/<int:pk>/", act, name="act"),
            path("counts/", counts, name="counts"),
        ]

    @property
    def url_finder_class(self) -> type:
        base = super(RecordViewSet, self).url_finder_class
        return type("IntroductionURLFinder", (base,), {"edit_url_name": self.get_url_name("show")})
