"""What was done: reports of groups and staff, and the archive of presentations. [schema.org Article]"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from areas.models import Area
from directory.models import Category, Organization, Photo, Resource
from directory.models.base import Stamped

from ..blocks import ReportBody
from ..choices import RemovalState
from ..querysets import ReportQuerySet
from .base import Reviewed
from .dates import EventDate
from .events import Event


class Report(Reviewed):
    """An activity report. Groups write paragraphs and photos; staff may write a richer one of blocks."""

    title = models.CharField(_("題名"), max_length=120)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    date = models.DateField(_("活動した日"), db_index=True)
    summary = models.CharField(_("ひとこと"), max_length=200, blank=True)
    body = StreamField(ReportBody(), verbose_name=_("本文"), blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("書いた団体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    partners = ParentalManyToManyField(
        Organization, verbose_name=_("いっしょに活動した団体"), blank=True, related_name="partner_reports"
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("催し"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    event_date = models.ForeignKey(
        EventDate, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("活動"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    areas_served = ParentalManyToManyField(
        Area, verbose_name=_("関わった地域"), blank=True, related_name="reports_about"
    )
    themes = ParentalManyToManyField(Category, verbose_name=_("テーマ"), blank=True, related_name="reports")
    participants = models.PositiveIntegerField(_("参加した人の数"), null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("手伝った人の数"), null=True, blank=True)
    is_case = models.BooleanField(
        _("事例集に載せる"), default=False, help_text=_("ほかの地区の参考になる取り組み。")
    )

    objects = ReportQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("code"),
        index.FilterField("live"),
        index.FilterField("district"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("活動報告")
        verbose_name_plural = _("活動報告")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["live", "date"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:report", kwargs={"code": self.code})

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/admin/preview_report.html"


class ReportPhoto(Orderable):
    """A photo of a report, in order."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("写真"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("説明"), max_length=100, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("写真")
        verbose_name_plural = _("写真")

    def __str__(self) -> str:
        return self.caption or str(self.photo)


class Presentation(Stamped):
    """A district presented its work at the yearly 報告会. Years are fiscal (April to March)."""

    year = models.PositiveSmallIntegerField(_("年度"))
    district = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="presentations"
    )
    title = models.CharField(_("発表の題名"), max_length=120, blank=True)
    event = models.ForeignKey(
        Event,
        verbose_name=_("報告会"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="presentations",
    )
    report = models.ForeignKey(
        Report,
        verbose_name=_("活動報告"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="presentations",
    )
    video_url = models.URLField(_("動画"), max_length=500, blank=True)
    source_name = models.CharField(_("情報源"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("報告会の発表")
        verbose_name_plural = _("報告会の発表")
        ordering = ["-year", "district__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "district", "title"], name="presentation_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.district}"


class RemovalRequest(models.Model):
    """Somebody asks for a report or one photo to be taken away. It is hidden before anybody decides."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="removals")
    photo = models.ForeignKey(
        Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="removals"
    )
    # The photo itself may be gone: what was asked for stays known.
    is_about_photo = models.BooleanField(default=False, editable=False)
    receipt = models.CharField(_("受付番号"), max_length=12, unique=True, null=True, blank=True)
    reason = models.TextField(_("わけ"), blank=True)
    contact = models.CharField(_("連絡先(書かなくてもかまいません)"), max_length=254, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=RemovalState.choices, default=RemovalState.WAITING
    )
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("取り除いてほしいという連絡")
        verbose_name_plural = _("取り除いてほしいという連絡")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.report}"

    @property
    def is_waiting(self) -> bool:
        return self.state == RemovalState.WAITING
