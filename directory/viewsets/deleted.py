"""「削除した登録」: what was deleted in the own places, and bringing it back. And deleting itself, as Wagtail does it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete import DeleteAction
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..models import Audience, Category, DeletedEntry, Feature, Venue
from ..reviewed import reviewed_kinds
from ..services.deletion import CannotRestore, delete_recoverably, restore
from .curation import RecordIndexView, RecordInspectView, RecordViewSet


class RecoverableDelete(DeleteAction):
    """Wagtail's deletion of a row of the register, with a copy kept."""

    def _delete(self) -> Any:
        return delete_recoverably(self.instance, user=self.user)


def register_actions(actions: Any) -> None:
    """Hook `register_actions`: nothing of the register is deleted without a copy."""
    reviewed = (kind.model for kind in reviewed_kinds())
    for model in (*reviewed, Venue, Category, Audience, Feature):
        actions.register(model, RecoverableDelete)


class DeletedIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("area", "deleted_by").defer("snapshot")


class DeletedInspectView(RecordInspectView):
    labels = {"deleted_by": _("削除した人")}
    template_name = "directory/admin/deleted.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        restore_url = reverse("directory_deleted:restore", args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"restore_url": restore_url}


def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: restore."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    record = get_object_or_404(DeletedEntry, pk=pk)
    try:
        thing = restore(record, user=request.user)
    except CannotRestore as error:
        messages.warning(request, str(error))
        return redirect("directory_deleted:list")
    messages.success(request, _t("「%(name)s」を元に戻しました。") % {"name": thing})
    return redirect("directory_deleted:list")


def _kind(row: DeletedEntry) -> str:
    return str(apps.get_model(row.model)._meta.verbose_name)


class DeletedViewSet(RecordViewSet):
    model = DeletedEntry
    url_namespace = "directory_deleted"
    url_prefix = "register/deleted"
    icon = "bin"
    menu_label = _("削除した登録")
    menu_order = 170
    readable = frozenset({"list", "list_results", "inspect", "restore"})
    index_view_class = DeletedIndexView
    inspect_view_class = DeletedInspectView
    inspect_view_fields = ("name", "code", "area", "reason", "deleted_by", "deleted_at", "restored_at")
    edit_handler = ObjectList([FieldPanel("reason")])
    search_fields = ("name", "code")
    list_display = (
        TitleColumn(
            "name",
            label=_("名前"),
            get_url=lambda row: reverse("directory_deleted:inspect", args=[row.pk]),
        ),
        Column("kind", label=_("種類"), accessor=_kind),
        Column("area", label=_("地区"), accessor="area.short_name"),
        Column("deleted_by", label=_("削除した人")),
        DateColumn("deleted_at", label=_("削除した日時"), sort_key="deleted_at"),
        DateColumn("restored_at", label=_("元に戻した日時"), sort_key="restored_at"),
    )
    ordering = ("-deleted_at", "-pk")
    empty_message = _("この90日のあいだに削除した登録は、ありません。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [path("restore/<int:pk>/", bring_back, name="restore")]
