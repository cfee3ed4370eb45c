"""Taking a list in, the third step and after: its rows, the progress, taking it back, the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import InspectView

from spreadsheets.answers import KINDS, table_file

from ..admin_filters import ImportRunFilterSet
from ..choices import ImportState, RowDecision
from ..import_tasks import apply_import
from ..models import ImportRun, ImportSource
from ..services.import_applying import claim_run, may_undo, undo_run
from ..services.import_following import MOVING, stop_if_stranded
from ..services.import_keys import is_numbered_by_its_list
from ..services.import_lists import NAME_LENGTH
from .curation import RecordIndexView, RecordViewSet, screen_of
from .import_steps import columns, upload
from .import_words import encoding_words, layout_words

_ROWS_PER_PAGE = 100


def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: remember which rows of the page are chosen (`shown`, `row`), or all or none; `start` sends it on its way."""
    run = get_object_or_404(ImportRun, pk=pk)
    if request.method == "POST" and run.state in (ImportState.READ, ImportState.FAILED):
        _choose(run, request)
        if "start" in request.POST and not run.rows.filter(is_chosen=True).exists():
            messages.error(request, _t("取り込む行を1つ以上選んでください。"))
        elif "start" in request.POST:
            with transaction.atomic():
                if claim_run(run, user=request.user):
                    apply_import.enqueue(run.pk)
    back = request.POST.get("back", "")
    query = f"?{back}" if back and "start" not in request.POST else ""
    return redirect(reverse("directory_imports:inspect", args=[pk]) + query)


def _choose(run: ImportRun, request: HttpRequest) -> None:
    """Rows with errors, and rows with nothing to do, cannot be chosen; what is taken in stays so."""
    rows = run.rows.filter(decision__in=(RowDecision.NEW, RowDecision.CHANGED), is_applied=False)
    if "all" in request.POST or "none" in request.POST:
        rows.update(is_chosen="all" in request.POST)
        return
    shown = [int(text) for text in request.POST.getlist("shown") if text.isdecimal()][:_ROWS_PER_PAGE]
    ticked = [int(text) for text in request.POST.getlist("row") if text.isdecimal()][:_ROWS_PER_PAGE]
    rows.filter(line__in=shown).update(is_chosen=False)
    rows.filter(line__in=set(shown) & set(ticked)).update(is_chosen=True)


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: take the whole import back."""
    if request.method == "POST":
        counts = undo_run(get_object_or_404(ImportRun, pk=pk), user=request.user)
        if counts is None:
            messages.warning(request, _t("元に戻せるのは、取り込み済みのものを1回だけです。"))
        else:
            messages.success(
                request,
                _t("%(undone)s件を元に戻しました。編集された%(kept)s件は、そのまま残しました。") % counts,
            )
    return redirect("directory_imports:inspect", pk)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `name`: call the list of a run otherwise. Its entries stay its own: their keys hold no name."""
    run = get_object_or_404(ImportRun.objects.select_related("source"), pk=pk)
    if request.method == "POST" and run.source is not None:
        name = request.POST.get("name", "").strip()
        others = ImportSource.objects.filter(municipality=run.municipality).exclude(pk=run.source.pk)
        if not name or len(name) > NAME_LENGTH or "\0" in name or others.filter(name=name).exists():
            messages.error(request, _t("ほかの名簿にない名前を、80字までで入れてください。"))
        else:
            ImportSource.objects.filter(pk=run.source.pk).update(name=name)
            messages.success(request, _t("名簿の名前を「%(name)s」に変えました。") % {"name": name})
    return redirect("directory_imports:inspect", pk)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its outcome, for a spreadsheet: ?file=xlsx or csv."""
    run = get_object_or_404(ImportRun, pk=pk)
    asked = request.GET.get("file", "")
    kind = asked if asked in KINDS else "csv"
    return table_file(_report_rows(run), name=f"import-{run.pk}", kind=kind, widths=(6, 40, 14, 14, 50, 50))


def _report_rows(run: ImportRun) -> Iterator[list[Any]]:
    yield [_t("行"), _t("名前"), _t("結果"), _t("取り込んだ"), _t("エラー"), _t("注意")]
    for row in run.rows.order_by("line").iterator():
        yield [
            row.line,
            str(row.parsed.get("fields", {}).get("name", "")),
            row.get_decision_display(),
            _t("はい") if row.is_applied else _t("いいえ"),
            "\n".join(row.errors),
            "\n".join(row.warnings),
        ]


class ImportIndexView(RecordIndexView):
    def with_columns(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("municipality", "source").defer("municipality__boundary")

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not policy_registry.get_by_type(ImportRun).user_has_permission(self.request.user, "add"):
            return []
        return [
            HeaderButton(_("名簿を取り込む"), url=reverse("directory_imports:upload"), icon_name="upload")
        ]


def _facts(run: ImportRun) -> list[tuple[str, str]]:
    """What is known of a file, in words: [what, value]."""
    facts = [
        (_t("自治体"), run.municipality.name),
        (_t("名簿"), run.source.name if run.source else ""),
        (_t("様式"), layout_words(run)),
        (_t("ファイルの種類"), encoding_words(run)),
        (_t("状態"), run.get_state_display()),
        (_t("開始"), _moment(run.created_at)),
        (_t("終了"), _moment(run.finished_at)),
        (_t("元に戻した日時"), _moment(run.undone_at)),
        (_t("取り込んだ人"), str(run.started_by or "")),
    ]
    return [(what, value) for what, value in facts if value]


def _moment(when: datetime | None) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT") if when else ""


class ImportInspectView(InspectView):
    """One file, and what is, or became, of each of its rows."""

    template_name = "directory/admin/import_run.html"
    page_title = _("取り込み")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if stop_if_stranded(self.object):
            self.object.refresh_from_db()
        context = super().get_context_data(**kwargs)
        run, decision = self.object, self.request.GET.get("decision", "")
        rows = run.rows.select_related("resource").order_by("line")
        if decision in RowDecision.values:
            rows = rows.filter(decision=decision)
        may = policy_registry.get_by_type(ImportRun).user_has_permission_for_instance(
            self.request.user, "change", run
        )
        shown = Paginator(rows, _ROWS_PER_PAGE).get_page(self.request.GET.get("p"))
        return context | {
            "facts": _facts(run),
            "has_differences": any(row.differences for row in shown),
            "may_rename": may and run.source is not None,
            "decisions": [(value, words, run.counts.get(value, 0)) for value, words in RowDecision.choices],
            "decision": decision,
            "rows": shown,
            "is_uploaded": may and run.state == ImportState.UPLOADED and run.stored_file,
            "is_choosing": may and run.state in (ImportState.READ, ImportState.FAILED) and run.stored_file,
            "has_columns": is_numbered_by_its_list(run.layout),
            "is_moving": run.state in MOVING,
            "may_undo": may and may_undo(run),
            "chosen": run.rows.filter(is_chosen=True, is_applied=False).count(),
        }


class ImportRunViewSet(RecordViewSet):
    model = ImportRun
    url_namespace = "directory_imports"
    url_prefix = "register/imports"
    icon = "download"
    menu_label = _("取り込み")
    menu_order = 150
    readable = RecordViewSet.readable | {"rename"}
    index_view_class = ImportIndexView
    inspect_view_class = ImportInspectView
    inspect_view_fields = ("file_name",)  # the screen has facts of its own
    edit_handler = ObjectList([FieldPanel("file_name")])
    filterset_class = ImportRunFilterSet
    search_fields = ("file_name",)
    list_display = (
        TitleColumn("file_name", label=_("ファイル"), get_url=screen_of("imports")),
        Column("municipality", label=_("自治体")),
        Column("source", label=_("名簿")),
        Column("layout", label=_("様式"), accessor=layout_words),
        Column("state", label=_("状態"), accessor="get_state_display"),
        DateColumn("created_at", label=_("開始"), sort_key="created_at"),
    )
    ordering = ("-created_at", "-pk")
    empty_message = _("取り込みは、まだありません。「名簿を取り込む」から、ExcelやCSVの名簿を取り込めます。")

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("upload/", upload, name="upload"),
            path("columns/<int:pk>/", columns, name="columns"),
            path("apply/<int:pk>/", apply, name="apply"),
            path("undo/<int:pk>/", undo, name="undo"),
            path("rename/<int:pk>/", rename, name="rename"),
            path("report/<int:pk>/", report, name="report"),
        ]
