"""「訪問調査」: the list, the quick form for the phone, the yearly figures."""

from __future__ import annotations

import secrets
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from spreadsheets.answers import KINDS, table_file

from ..admin_filters import DistrictFilter, own_districts
from ..choices import VisitedKind, VisitOutcome
from ..models import Visit
from ..services.visits import record_visit
from ..visit_counts import Report, fiscal_year_of
from ..visit_forms import VisitForm
from .curation import RecordIndexView, RecordInspectView, RecordViewSet

_OLDEST, _NEWEST = 2000, 2100


class VisitFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("訪問先の種類"), choices=VisitedKind.choices, widget=forms.CheckboxSelectMultiple
    )
    outcome = django_filters.MultipleChoiceFilter(
        label=_("結果"), choices=VisitOutcome.choices, widget=forms.CheckboxSelectMultiple
    )
    district = DistrictFilter()

    class Meta:
        model = Visit
        fields: list[str] = ["room_can_be_used"]


class VisitIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("district", "resource", "visitor")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(_("訪問を記録"), url=reverse("directory_visits:record"), icon_name="plus"),
            HeaderButton(_("年度の集計"), url=reverse("directory_visits:counts"), icon_name="table"),
        ]


@never_cache
def record(request: HttpRequest) -> HttpResponse:
    """The form for the phone: plain page, one column; sent twice it is one visit."""
    first = {"key": secrets.token_urlsafe(20), "date": timezone.localdate(), "makes_draft": True}
    if request.method != "POST":
        return _form(request, VisitForm(user=request.user, initial=first))
    form = VisitForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _form(request, form, 422)
    said = dict(form.cleaned_data)
    said["resource"], said["day"] = said.pop("entry"), said.pop("date")
    try:
        visit, is_new = record_visit(visitor=request.user, **said)
    except ValidationError as error:
        form.add_error("photo", error)
        return _form(request, form, 422)
    words = (
        _t("「%(name)s」の訪問を記録しました。")
        if is_new
        else _t("「%(name)s」の訪問は、もう記録してあります。")
    )
    messages.success(request, words % {"name": visit.name})
    return redirect("directory_visits:record")


def _form(request: HttpRequest, form: VisitForm, status: int = 200) -> HttpResponse:
    return render(request, "directory/visits/form.html", {"form": form}, status=status)


def counts(request: HttpRequest) -> HttpResponse:
    """The report of a fiscal year: the own districts together and one by one; also as a file."""
    year = _year(request.GET.get("year", ""))
    districts = list(own_districts(request))
    report = Report(year, districts)
    tables = [(_t("全体"), report.figures())]
    tables += [(district.short_name, report.figures(district)) for district in districts]
    if request.GET.get("file") in KINDS:
        return _file(tables, year, request.GET["file"])
    this_year = fiscal_year_of(timezone.localdate())
    context = {
        "page_title": _t("訪問調査の集計"),
        "header_title": _t("訪問調査の集計"),
        "year": year,
        "years": range(this_year, this_year - 5, -1),
        "tables": tables,
        "names": [figure.name for figure in tables[0][1]],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
            {"url": reverse("directory_visits:list"), "label": _t("訪問調査")},
            {"url": "", "label": _t("年度の集計")},
        ],
    }
    return render(request, "directory/admin/visit_counts.html", context)


def _year(text: str) -> int:
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if _OLDEST <= year <= _NEWEST else fiscal_year_of(timezone.localdate())


def _file(tables: list[Any], year: int, kind: str) -> HttpResponse:
    head = [_t("地区"), *(f"{figure.name}{mark}" for figure in tables[0][1] for mark in ("", _t("(前年度)")))]
    rows = [head]
    for name, lines in tables:
        rows.append([name, *(number for line in lines for number in (line.now, line.before))])
    return table_file(rows, name=f"visits-{year}", kind=kind)


class VisitInspectView(RecordInspectView):
    def get_room_is_used_display_value(self) -> str:
        return _t("はい") if self.object.room_is_used else _t("いいえ")


class VisitViewSet(RecordViewSet):
    model = Visit
    url_namespace = "directory_visits"
    url_prefix = "register/visits"
    icon = "site"
    menu_label = _("訪問調査")
    menu_order = 120
    readable = frozenset({"list", "list_results", "inspect", "record", "counts"})
    index_view_class = VisitIndexView
    inspect_view_class = VisitInspectView
    inspect_view_fields = (
        "date",
        "district",
        "kind",
        "name",
        "address",
        "resource",
        "outcome",
        "findings",
        "room_can_be_used",
        "room_is_used",
        "visitor",
    )
    edit_handler = ObjectList([FieldPanel("name")])
    filterset_class = VisitFilterSet
    search_fields = ("name", "address", "findings")
    list_display = (
        TitleColumn(
            "name", label=_("訪問先"), get_url=lambda row: reverse("directory_visits:inspect", args=[row.pk])
        ),
        DateColumn("date", label=_("訪問した日"), sort_key="date"),
        Column("district", label=_("地区"), accessor="district.short_name"),
        Column("kind", label=_("種類"), accessor="get_kind_display"),
        Column("outcome", label=_("結果"), accessor="get_outcome_display"),
        Column("visitor", label=_("訪問した人")),
    )
    ordering = ("-date", "-pk")
    empty_message = _("訪問の記録は、まだありません。「訪問を記録」から、外出先でも入力できます。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("add/", record, name="record"), path("counts/", counts, name="counts")]
