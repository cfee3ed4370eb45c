"""How the register is kept true: verifications, reports of mistakes. Written by services, shown here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import InspectView

from ..admin_filters import MistakeFilterSet, VerificationFilterSet
from ..choices import MistakeState
from ..models import MistakeReport, Verification
from ..services.mistake_handling import settle_report
from .base import ScopedIndexView, ScopedViewSet


def screen_of(name: str) -> Callable[[Any], str]:
    """The address of the screen that shows a row."""
    return lambda row: reverse(f"directory_{name}:inspect", args=[row.pk])


class RecordIndexView(ScopedIndexView):
    """A list without adding, changing, deleting."""

    @cached_property
    def columns(self) -> list[Any]:
        return super().columns[1:]  # without the tick boxes of bulk actions


class RecordInspectView(InspectView):
    """The facts of a row that are known; `labels` are the words for those whose column has none."""

    labels: dict[str, Any] = {}

    def get_fields_context(self) -> list[dict[str, Any]]:
        known = [name for name in self.fields if getattr(self.object, name, None) not in (None, "")]
        return [self.get_context_for_field(name) for name in known]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Times as the clock here shows them: Wagtail's screen writes those of the database (UTC)."""
        value = super().get_field_display_value(field_name, field)
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def get_field_label(self, field_name: str, field: Any) -> str:
        return str(self.labels.get(field_name) or super().get_field_label(field_name, field))


class RecordViewSet(ScopedViewSet):
    """Rows to look at; the routes that would change them are not there."""

    index_view_class = RecordIndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    readable = frozenset(
        {"list", "list_results", "inspect", "settle", "upload", "columns", "apply", "undo", "report"}
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.readable]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = ("add", "edit", "delete", "history", "usage")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in gone}

    @property
    def url_finder_class(self) -> type:
        """Links from elsewhere lead to the screen that shows the row."""
        return type(
            "RecordURLFinder", (super().url_finder_class,), {"edit_url_name": self.get_url_name("inspect")}
        )


class VerificationIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("resource__district", "organization", "person")


class VerificationViewSet(RecordViewSet):
    model = Verification
    url_namespace = "directory_verifications"
    url_prefix = "register/verifications"
    icon = "check"
    menu_label = _("確認の記録")
    menu_order = 140
    index_view_class = VerificationIndexView
    inspect_view_fields = (
        "resource",
        "organization",
        "date",
        "method",
        "result",
        "field_group",
        "by_label",
        "note",
    )
    edit_handler = ObjectList([FieldPanel("note")])
    filterset_class = VerificationFilterSet
    search_fields = ("resource__name", "organization__name", "by_label")
    list_display = (
        TitleColumn("date", label=_("確認した日"), sort_key="date", get_url=screen_of("verifications")),
        Column("what", label=_("名前"), accessor=lambda row: row.resource or row.organization),
        Column("method", label=_("方法"), accessor="get_method_display"),
        Column("result", label=_("結果"), accessor="get_result_display"),
        Column("person", label=_("記録した人")),
    )
    ordering = ("-date", "-pk")
    empty_message = _("確認の記録は、まだありません。地域資源の画面の「確認を記録」から入力します。")


class MistakeIndexView(RecordIndexView):
    """The work list: what waits comes first."""

    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("resource__district", "handled_by")


class MistakeInspectView(InspectView):
    template_name = "directory/admin/mistake.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["resource_url"] = reverse("directory_resources:edit", args=[self.object.resource_id])
        context["settle_url"] = reverse("directory_mistakes:settle", args=[self.object.pk])
        context["is_new"] = self.object.state == MistakeState.NEW
        return context


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """POST state=done|dismissed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    state = request.POST.get("state", "")
    if state not in (MistakeState.DONE, MistakeState.DISMISSED):
        return HttpResponseBadRequest(_t("「対応済み」か「対応しない」を選んでください。"))
    report = get_object_or_404(MistakeReport, pk=pk)
    if settle_report(report, state=MistakeState(state), person=request.user):
        messages.success(request, _t("受付番号 %(receipt)s を片づけました。") % {"receipt": report.receipt})
    else:
        messages.warning(request, _t("ほかの人が先に対応しました。"))
    return redirect("directory_mistakes:list")


class MistakeViewSet(RecordViewSet):
    model = MistakeReport
    url_namespace = "directory_mistakes"
    url_prefix = "register/mistakes"
    icon = "warning"
    menu_label = _("間違いの連絡")
    menu_order = 130
    index_view_class = MistakeIndexView
    inspect_view_class = MistakeInspectView
    inspect_view_fields = (
        "resource",
        "field_group",
        "message",
        "reply_to",
        "receipt",
        "created_at",
        "state",
        "handled_by",
    )
    edit_handler = ObjectList([FieldPanel("message")])
    filterset_class = MistakeFilterSet
    search_fields = ("resource__name", "message", "receipt")
    list_display = (
        TitleColumn("receipt", label=_("受付番号"), get_url=screen_of("mistakes")),
        Column("resource", label=_("名前"), accessor="resource.name"),
        Column("district", label=_("地区"), accessor="resource.district.short_name"),
        Column("field_group", label=_("どこが"), accessor="get_field_group_display"),
        Column("message", label=_("内容"), accessor=lambda row: row.message[:60]),
        Column("state", label=_("対応"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=_("受付日時"), sort_key="created_at"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _("間違いの連絡は、いまありません。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("settle/<int:pk>/", settle, name="settle")]
