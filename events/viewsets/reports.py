"""Reports and the archive of presentations in the staff screens."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from areas.models import Area
from directory.admin_filters import DistrictFilter, by_publication, publication_words, with_review
from directory.admin_forms import GroupedChoice, PlacedForm
from directory.viewsets.base import ScopedEditView, ScopedIndexView, ScopedViewSet

from ..models import Presentation, Report
from ..report_admin import REPORT
from ..visibility import is_public

_PUBLICATION = [
    ("live", _("公開中")),
    ("draft", _("下書き(未公開)")),
    ("changed", _("公開中で、未公開の変更あり")),
    ("review", _("審査待ち")),
]


class ReportFilterSet(WagtailFilterSet):
    """Where, how it stands, cases, what was hidden."""

    district = DistrictFilter()
    publication = django_filters.ChoiceFilter(
        label=_("公開"), choices=_PUBLICATION, method=by_publication, widget=forms.RadioSelect
    )
    is_case = django_filters.BooleanFilter(label=_("事例集に載せる"))
    hidden = django_filters.BooleanFilter(
        label=_("お申し出で公開を止めたもの"), field_name="hidden_on", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Report
        fields = ["district", "publication", "is_case", "hidden"]


class ReportIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return with_review(rows).select_related("district", "organization", "latest_revision")


class ReportEditView(ScopedEditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if is_public(self.object):
            url = self.object.get_absolute_url()
            buttons.append(Button(_("公開のページを見る"), url=url, icon_name="view", priority=5))
        return buttons


def _publication(report: Any) -> str:
    words = publication_words(report)
    return words if report.hidden_on is None else str(_("お申し出で公開を止めています"))


class ReportViewSet(ScopedViewSet):
    model = Report
    url_namespace = "events_reports"
    url_prefix = "register/reports"
    icon = "doc-full"
    menu_label = _("活動報告")
    menu_order = 10
    index_view_class = ReportIndexView
    edit_view_class = ReportEditView
    inspect_view_enabled = True
    inspect_view_fields = ("title", "date", "organization", "district", "summary", "participants", "is_case")
    edit_handler = REPORT
    filterset_class = ReportFilterSet
    list_display = (
        "title",
        DateColumn("date", label=_("活動した日"), sort_key="date"),
        Column("organization", label=_("書いた団体"), accessor="organization.name"),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        Column("publication", label=_("公開"), accessor=_publication, sort_key="live"),
    )
    ordering = ("-date", "-pk")
    empty_message = _("活動報告は、まだありません。「活動報告を追加」で書くか、団体が送るのを待ちます。")


class PresentationForm(PlacedForm):
    """Which district presented in which fiscal year."""

    district = GroupedChoice(queryset=Area.objects.none(), label=_("地区"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_districts("district")

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("年度は、西暦4けたで入力してください。"))
        return year

    def clean_event(self) -> Any:
        return self.chosen("event", _("この催しは選べません。"))

    def clean_report(self) -> Any:
        return self.chosen("report", _("この活動報告は選べません。"))


class PresentationIndexView(ScopedIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("district", "report")


class PresentationViewSet(ScopedViewSet):
    model = Presentation
    url_namespace = "events_presentations"
    url_prefix = "register/presentations"
    icon = "table"
    menu_label = _("報告会の記録")
    menu_order = 30
    index_view_class = PresentationIndexView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("year", help_text=_("年度(4月から3月まで)。")),
            FieldPanel("district"),
            FieldPanel("title"),
            FieldPanel("event"),
            FieldPanel("report"),
            FieldPanel("video_url"),
            FieldPanel("source_name"),
        ],
        base_form_class=PresentationForm,
    )
    search_fields = ("title", "district__name")
    list_display = (
        Column("year", label=_("年度"), sort_key="year"),
        Column("district", label=_("地区"), accessor="district.short_name", sort_key="district__order"),
        "title",
        Column("report", label=_("活動報告"), accessor="report.title"),
    )
    ordering = ("-year", "district__order")
    empty_message = _("報告会の記録は、まだありません。")
