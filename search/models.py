"""Tables of the embedded engine and the outbox. Apps never touch them: they call `enqueue` and `search`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """An object whose place in the index must be looked at again. Written in the transaction of the change."""

    type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    # Applied to the live index, kept because a rebuild is under way and must hear of it before the swap.
    applied = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("検索への反映待ち")
        verbose_name_plural = _("検索への反映待ち")
        ordering = ["pk"]
        indexes = [models.Index(fields=["applied", "not_before"], name="search_outbox_due")]

    def __str__(self) -> str:
        return f"{self.type}:{self.object_id}"


class IndexState(models.Model):
    """Which index is asked, which is being built beside it. One row an engine; its lock orders all index writes."""

    engine = models.CharField(max_length=40, unique=True)
    live = models.CharField(max_length=60)
    analysis = models.CharField(max_length=120)
    built = models.DateTimeField(null=True)
    building = models.CharField(max_length=60, blank=True)
    building_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("検索の索引")
        verbose_name_plural = _("検索の索引")

    def __str__(self) -> str:
        return f"{self.engine}: {self.live}"


class IndexedDocument(models.Model):
    """One document in one index of the database engine. Texts are stored folded, ready to compare."""

    index = models.CharField(max_length=60)
    type = models.CharField(max_length=40)
    document_id = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=32)
    title = models.TextField()
    title_key = models.TextField()
    sort_key = models.TextField()
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    verified_on = models.DateField(null=True)
    card = models.JSONField(default=dict)
    # Folded texts, one field a line; the first line is the title. Variants of one field are separated by tabs.
    plain = models.TextField()
    readings = models.TextField()
    plain_title_end = models.PositiveIntegerField()
    readings_title_end = models.PositiveIntegerField()
    # What SQLite's FTS5 table is built over (external content); empty on PostgreSQL, which has a tsvector column.
    tokens = models.TextField(blank=True)

    class Meta:
        verbose_name = _("検索の文書")
        verbose_name_plural = _("検索の文書")
        constraints = [
            models.UniqueConstraint(fields=["index", "type", "document_id"], name="search_document_key"),
        ]
        indexes = [models.Index(fields=["index", "lat", "lng"], name="search_document_place")]

    def __str__(self) -> str:
        return f"{self.type}:{self.document_id}"


class IndexedKeyword(models.Model):
    """An exact value of a document: filters and facets."""

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="keywords", db_index=False)
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("検索の絞り込み値")
        verbose_name_plural = _("検索の絞り込み値")
        constraints = [
            models.UniqueConstraint(fields=["document", "field", "value"], name="search_keyword_once"),
        ]
        indexes = [models.Index(fields=["field", "value", "document"], name="search_keyword_value")]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class IndexedDate(models.Model):
    """A day on which a document's place is open."""

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="dates", db_index=False)
    day = models.DateField()

    class Meta:
        verbose_name = _("検索の開催日")
        verbose_name_plural = _("検索の開催日")
        constraints = [models.UniqueConstraint(fields=["document", "day"], name="search_date_once")]
        indexes = [models.Index(fields=["day", "document"], name="search_date_day")]

    def __str__(self) -> str:
        return f"{self.day}"
