"""Taking a list in, step by step: the file, its columns, its rows, the progress, the report."""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import InspectView

from areas.models import Area

from ..admin_filters import ImportRunFilterSet
from ..choices import ImportState, RowDecision
from ..exporters.cell_safety import safe_cell
from ..import_tasks import apply_import, preview_import
from ..importers.generic import SYNONYMS
from ..importers.tables import UnreadableFile
from ..models import ImportRun
from ..permissions import ImportPolicy
from ..services.import_applying import claim_run, may_undo, undo_run
from ..services.import_following import MOVING, stop_if_stranded
from ..services.import_preview import PORTION, begin_preview, preview_rows
from ..services.import_staging import MAX_BYTES, UNREAD, guessed, read_columns, same_file, take_file
from .curation import RecordIndexView, RecordViewSet, screen_of

_ROWS_PER_PAGE = 100
_SHOWN_CELLS = 3
#: Fields in words: the header a list most often has for them.
_MEANINGS = [(UNREAD, _("読まない(もとの値だけ残す)")), *((key, words[0]) for key, words in SYNONYMS.items())]


class UploadForm(forms.Form):
    municipality = forms.ModelChoiceField(
        label=_("どの自治体の名簿ですか"), queryset=Area.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("ファイル"), help_text=_("CSVか、Excel(.xlsx)。10MB、2万行まで。1行目に見出しが必要です。")
    )

    def __init__(self, *args: Any, municipalities: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("ファイルが大きすぎます(10MBまで)。分けて取り込んでください。"))
        return file


def own_municipalities(user: Any) -> QuerySet:
    """The municipalities all of which `user` works for. Raises `PermissionDenied` where there are none."""
    scope = ImportPolicy(ImportRun).scope(user, "add")
    found = Area.objects.municipalities()
    if scope is None or not scope.is_everywhere:
        found = found.filter(pk__in=scope.area_ids if scope else [])
    if not found.exists():
        raise PermissionDenied
    return found


def upload(request: HttpRequest) -> HttpResponse:
    """Step 1: the file."""
    form = UploadForm(
        request.POST or None, request.FILES or None, municipalities=own_municipalities(request.user)
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = take_file(
                file.read(),
                file_name=file.name,
                municipality=form.cleaned_data["municipality"],
                user=request.user,
            )
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("directory_imports:columns", run.pk)
    context = {"form": form, "page_title": _t("名簿を取り込む"), "header_icon": "download"}
    return TemplateResponse(
        request, "directory/admin/import_upload.html", context, status=422 if form.errors else 200
    )


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: what each column means."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state not in (ImportState.UPLOADED, ImportState.READ) or not run.stored_file:
        return redirect("directory_imports:inspect", pk)
    try:
        headers, rows = read_columns(run)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("directory_imports:inspect", pk)
    if request.method == "POST":
        known = {key for key, _words in _MEANINGS}
        chosen = {header: request.POST.get(f"column-{i}", UNREAD) for i, header in enumerate(headers)}
        mapping = {header: key if key in known else UNREAD for header, key in chosen.items()}
        if run.layout != "generic" or {"name", "organization"} & set(mapping.values()):
            _preview(run, mapping, headers, len(rows))
            return redirect("directory_imports:inspect", pk)
        run.mapping = mapping
        messages.error(request, _t("「名称」の列を1つ選んでください。"))
    mapping = run.mapping or guessed(headers)
    context = {
        "run": run,
        "page_title": _t("列の意味を確かめる"),
        "header_icon": "download",
        "meanings": _MEANINGS,
        "same": same_file(run),
        "is_fixed": run.layout != "generic",
        "columns": [
            {
                "header": header,
                "meaning": mapping.get(header, UNREAD),
                "cells": [row.cells.get(header, "")[:40] for row in rows[:_SHOWN_CELLS]],
            }
            for header in headers
        ],
    }
    return TemplateResponse(request, "directory/admin/import_columns.html", context)


def _preview(run: ImportRun, mapping: dict[str, str], headers: list[str], total: int) -> None:
    """Short lists are tried at once, long ones by the worker; its task is written with its cause."""
    with transaction.atomic():
        if not begin_preview(run, mapping, headers=headers, total=total):
            return
        if total <= PORTION:
            preview_rows(run.pk)
        else:
            preview_import.enqueue(run.pk)


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


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its outcome, for a spreadsheet."""
    run = get_object_or_404(ImportRun, pk=pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_t("行"), _t("名前"), _t("結果"), _t("取り込んだ"), _t("エラー"), _t("注意")])
    for row in run.rows.order_by("line").iterator():
        cells = [
            str(row.parsed.get("fields", {}).get("name", "")),
            row.get_decision_display(),
            _t("はい") if row.is_applied else _t("いいえ"),
            "\n".join(row.errors),
            "\n".join(row.warnings),
        ]
        writer.writerow([row.line, *map(safe_cell, cells)])
    return response


class ImportIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        if not policy_registry.get_by_type(ImportRun).user_has_permission(self.request.user, "add"):
            return []
        return [
            HeaderButton(_("名簿を取り込む"), url=reverse("directory_imports:upload"), icon_name="upload")
        ]


class ImportInspectView(InspectView):
    """One file, and what is, or became, of each of its rows."""

    template_name = "directory/admin/import_run.html"

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
        return context | {
            "decisions": [(value, words, run.counts.get(value, 0)) for value, words in RowDecision.choices],
            "decision": decision,
            "rows": Paginator(rows, _ROWS_PER_PAGE).get_page(self.request.GET.get("p")),
            "is_uploaded": may and run.state == ImportState.UPLOADED and run.stored_file,
            "is_choosing": may and run.state in (ImportState.READ, ImportState.FAILED) and run.stored_file,
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
    index_view_class = ImportIndexView
    inspect_view_class = ImportInspectView
    inspect_view_fields = (
        "file_name",
        "municipality",
        "layout",
        "encoding",
        "state",
        "created_at",
        "finished_at",
    )
    edit_handler = ObjectList([FieldPanel("file_name")])
    filterset_class = ImportRunFilterSet
    search_fields = ("file_name",)
    list_display = (
        TitleColumn("file_name", label=_("ファイル"), get_url=screen_of("imports")),
        Column("municipality", label=_("自治体")),
        Column("layout", label=_("様式")),
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
            path("report/<int:pk>/", report, name="report"),
        ]
