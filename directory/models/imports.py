"""Lists taken in: the files, their rows, how their columns were understood."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from ..choices import ImportState, RowDecision
from .resources import Resource


def private_files() -> FileSystemStorage:
    """Where files lie that no address leads to: lists with contacts of people."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT)


class ImportSource(models.Model):
    """A list that comes again and again, and what its columns mean. Its key is part of the key of each of its rows."""

    name = models.CharField(_("名簿の名前"), max_length=80)
    municipality = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="+", verbose_name=_("自治体")
    )
    layout = models.CharField(_("様式"), max_length=40)
    headers_hash = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField(_("列の対応"), default=dict, blank=True)
    used_at = models.DateTimeField(_("最後に使った日時"), auto_now=True)

    class Meta:
        verbose_name = _("名簿")
        verbose_name_plural = _("名簿")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="import_source_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One file taken in."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    municipality = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("自治体")
    )
    file_name = models.CharField(_("ファイル"), max_length=200)
    file_hash = models.CharField(_("ファイルの指紋(SHA-256)"), max_length=64)
    layout = models.CharField(_("様式"), max_length=40)
    mapping = models.JSONField(_("列の対応"), default=dict, blank=True)
    source = models.ForeignKey(
        ImportSource,
        verbose_name=_("名簿"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
    )
    stored_file = models.FileField(storage=private_files, upload_to="imports/", blank=True, editable=False)
    encoding = models.CharField(_("文字の種類"), max_length=20, blank=True)
    publish = models.BooleanField(_("すぐに公開する"), default=False)
    state = models.CharField(_("状態"), max_length=10, choices=ImportState.choices, default=ImportState.READ)
    done = models.PositiveIntegerField(_("終わった行"), default=0)
    total = models.PositiveIntegerField(_("すべての行"), default=0)
    problem = models.TextField(_("止まったわけ"), blank=True)
    counts = models.JSONField(_("件数"), default=dict, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("開始"), auto_now_add=True)
    finished_at = models.DateTimeField(_("終了"), null=True, blank=True)
    undone_at = models.DateTimeField(_("元に戻した日時"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("取り込み")
        verbose_name_plural = _("取り込み")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of an import: what stood there, what was made of it, what was wrong."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("行"))
    raw = models.JSONField(_("もとの値"), default=dict)
    parsed = models.JSONField(_("読み取った値"), default=dict, blank=True)
    errors = models.JSONField(_("エラー"), default=list, blank=True)
    warnings = models.JSONField(_("注意"), default=list, blank=True)
    decision = models.CharField(_("結果"), max_length=8, choices=RowDecision.choices)
    differences = models.JSONField(_("変わるところ"), default=list, blank=True)
    is_chosen = models.BooleanField(_("取り込む"), default=True)
    is_applied = models.BooleanField(_("取り込んだ"), default=False)
    before = models.JSONField(_("取り込む前"), default=dict, blank=True, editable=False)
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )

    class Meta:
        verbose_name = _("取り込みの行")
        verbose_name_plural = _("取り込みの行")
        ordering = ["run", "line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run} {self.line}"
