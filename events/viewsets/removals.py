"""「取り除いてほしい」: what was hidden and waits for a decision, and the decision."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import policy_registry

from directory.viewsets.curation import RecordIndexView, RecordInspectView, RecordViewSet

from ..choices import RemovalState
from ..models import RemovalRequest
from ..services.removals import AlreadyDecided, remove_for_good, restore


class RemovalFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("状態"), choices=RemovalState.choices)

    class Meta:
        model = RemovalRequest
        fields = ["state"]


class RemovalIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("report__district", "decided_by")


class RemovalInspectView(RecordInspectView):
    labels = {
        "report": _("活動報告"),
        "created_at": _("受付日時"),
        "decided_by": _("決めた人"),
        "decided_at": _("決めた日時"),
        "contact": _("ご連絡先"),
    }
    template_name = "events/admin/removal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        row = self.object
        policy = policy_registry.get_by_type(RemovalRequest)
        photos = [item.photo for item in row.report.photos.all()]
        return context | {
            "photos": [row.photo] if row.photo is not None else [] if row.is_about_photo else photos,
            "report_url": reverse("events_reports:edit", args=[row.report_id]),
            "decide_url": reverse("events_removals:decide", args=[row.pk]),
            "may_decide": row.is_waiting
            and policy.user_has_permission_for_instance(self.request.user, "publish", row),
        }


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """POST decision=remove|restore."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = get_object_or_404(RemovalRequest, pk=pk)
    decision = request.POST.get("decision", "")
    if decision not in ("remove", "restore"):
        return HttpResponseBadRequest(_t("「取り除く」か「公開に戻す」を選んでください。"))
    try:
        (remove_for_good if decision == "remove" else restore)(request=row, by=request.user)
    except AlreadyDecided as error:
        state = error.request.get_state_display()
        messages.warning(request, _t("ほかの人が先に決めました:%(state)s") % {"state": state})
    else:
        words = _t("取り除きました。") if decision == "remove" else _t("公開に戻しました。")
        messages.success(request, words)
    return redirect("events_removals:list")


def _screen(row: RemovalRequest) -> str:
    return reverse("events_removals:inspect", args=[row.pk])


def _what(row: RemovalRequest) -> str:
    return str(_("写真1枚") if row.is_about_photo else _("報告ぜんぶ"))


class RemovalViewSet(RecordViewSet):
    model = RemovalRequest
    url_namespace = "events_removals"
    url_prefix = "register/removals"
    icon = "warning"
    menu_label = _("取り除いてほしい連絡")
    menu_order = 20
    index_view_class = RemovalIndexView
    inspect_view_class = RemovalInspectView
    inspect_view_fields = (
        "report",
        "reason",
        "contact",
        "receipt",
        "created_at",
        "state",
        "decided_by",
        "decided_at",
    )
    readable = RecordViewSet.readable | {"decide"}
    edit_handler = ObjectList([FieldPanel("reason")])
    filterset_class = RemovalFilterSet
    search_fields = ("report__title", "receipt")
    list_display = (
        TitleColumn("receipt", label=_("受付番号"), get_url=_screen),
        Column("report", label=_("活動報告"), accessor="report.title"),
        Column("what", label=_("取り除いてほしいもの"), accessor=_what),
        Column("district", label=_("地区"), accessor="report.district.short_name"),
        Column("state", label=_("状態"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=_("受付日時"), sort_key="created_at"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _("取り除いてほしいという連絡は、いまありません。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("decide/<int:pk>/", decide, name="decide")]
