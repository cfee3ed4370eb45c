"""Taking a list in, the first two steps: the file; which list it is, and what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from areas.models import Area

from ..choices import ImportState
from ..import_tasks import preview_import
from ..importers.generic import SYNONYMS
from ..importers.tables import UnreadableFile
from ..models import ImportRun, ImportSource
from ..permissions import ImportPolicy
from ..services.import_keys import is_numbered_by_its_list
from ..services.import_lists import NAME_LENGTH, free_name, list_called, lists_of, name_of_file
from ..services.import_preview import PORTION, begin_preview, preview_rows
from ..services.import_staging import MAX_BYTES, UNREAD, guessed, read_columns, same_file, take_file
from .import_words import encoding_words, way_here

_SHOWN_CELLS = 3
_SHOWN_LETTERS = 40
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


class _ListChoice(forms.ModelChoiceField):
    def label_from_instance(self, item: ImportSource) -> str:
        day = timezone.localtime(item.used_at)
        return _t("%(name)s(前回は%(year)d年%(month)d月%(day)d日)") % {
            "name": item.name,
            "year": day.year,
            "month": day.month,
            "day": day.day,
        }


class ListForm(forms.Form):
    """Which list a file is: one taken in before, or a new one with a name."""

    source = _ListChoice(
        label=_("どの名簿ですか"),
        queryset=ImportSource.objects.none(),
        required=False,
        empty_label=_("新しい名簿"),
        help_text=_(
            "前にも取り込んだ名簿なら、選んでください。前に入れた登録と比べて、変わったところだけを直します。"
        ),
    )
    name = forms.CharField(
        label=_("新しい名簿の名前"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_(
            "「新しい名簿」のときに使います。名簿ごとに別の名前にすると、番号が同じでも、ほかの名簿の登録とまざりません。"
        ),
    )

    def __init__(self, run: ImportRun, data: Any = None) -> None:
        lists = lists_of(run.municipality, run.layout)
        names = lists.values_list("name", flat=True)
        initial = {"source": run.source, "name": free_name(name_of_file(run.file_name), names)}
        super().__init__(data, initial=initial, prefix="list")
        self._run = run
        self.fields["source"].queryset = lists
        if not names:
            self.fields["source"].widget = forms.HiddenInput()  # the first list: nothing to choose from
            self.fields["name"].label = _t("この名簿の名前")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("source") or self.errors:
            return said
        name = said.get("name", "")
        if not name:
            self.add_error("name", _("新しい名簿の名前を入れてください。"))
        elif ImportSource.objects.filter(municipality=self._run.municipality, name=name).exists():
            self.add_error("name", _("この名前の名簿は、もうあります。上で選ぶか、別の名前にしてください。"))
        return said


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
    context = {
        "form": form,
        "page_title": _t("名簿を取り込む"),
        "header_title": _t("名簿を取り込む"),
        "header_icon": "download",
        "breadcrumbs_items": way_here(_t("名簿を取り込む")),
    }
    return TemplateResponse(
        request, "directory/admin/import_upload.html", context, status=422 if form.errors else 200
    )


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: which list it is, and what each column means."""
    run = get_object_or_404(ImportRun.objects.select_related("municipality", "source"), pk=pk)
    if run.state not in (ImportState.UPLOADED, ImportState.READ) or not run.stored_file:
        return redirect("directory_imports:inspect", pk)
    try:
        headers, rows = read_columns(run)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("directory_imports:inspect", pk)
    is_free = is_numbered_by_its_list(run.layout)
    form = ListForm(run, request.POST or None) if is_free else None
    mapping = run.mapping or guessed(headers)
    has_name = True
    if request.method == "POST":
        mapping = _chosen(request, headers)
        has_name = not is_free or bool({"name", "organization"} & set(mapping.values()))
        if has_name and (form is None or form.is_valid()):
            _preview(run, mapping, form, headers, len(rows))
            return redirect("directory_imports:inspect", pk)
    context = {
        "run": run,
        "form": form,
        "has_name": has_name,
        "encoding": encoding_words(run),
        "page_title": _t("列の意味を確かめる"),
        "header_title": _t("列の意味を確かめる"),
        "header_icon": "download",
        "breadcrumbs_items": way_here(_t("列の意味を確かめる"), run=run),
        "meanings": _MEANINGS,
        "same": same_file(run),
        "columns": [
            {
                "header": header,
                "meaning": mapping.get(header, UNREAD),
                "cells": [row.cells.get(header, "")[:_SHOWN_LETTERS] for row in rows[:_SHOWN_CELLS]],
            }
            for header in headers
        ],
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "directory/admin/import_columns.html", context, status=status)


def _chosen(request: HttpRequest, headers: list[str]) -> dict[str, str]:
    known = {key for key, _words in _MEANINGS}
    chosen = {header: request.POST.get(f"column-{i}", UNREAD) for i, header in enumerate(headers)}
    return {header: key if key in known else UNREAD for header, key in chosen.items()}


def _preview(
    run: ImportRun, mapping: dict[str, str], form: ListForm | None, headers: list[str], total: int
) -> None:
    """Short lists are tried at once, long ones by the worker; its task is written with its cause."""
    with transaction.atomic():
        source = _list_of(run, form.cleaned_data, headers) if form is not None else None
        if not begin_preview(run, mapping, source=source, headers=headers, total=total):
            return
        if total <= PORTION:
            preview_rows(run.pk)
        else:
            preview_import.enqueue(run.pk)


def _list_of(run: ImportRun, said: dict[str, Any], headers: list[str]) -> ImportSource:
    known: ImportSource | None = said["source"]
    return known or list_called(
        said["name"], municipality=run.municipality, layout=run.layout, headers=headers
    )
