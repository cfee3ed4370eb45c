"""訪問調査: what staff see when they go round the district."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from ..choices import Answer, VisitedKind, VisitOutcome
from .resources import Resource


class Visit(models.Model):
    """One visit. Speaks of places and activities, never of persons who are helped.

    `key` is made by the form: one sent again after a lost connection is the same visit.
    """

    key = models.CharField(max_length=40, unique=True, editable=False)
    date = models.DateField(_("訪問した日"))
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    kind = models.CharField(_("訪問先の種類"), max_length=12, choices=VisitedKind.choices)
    name = models.CharField(_("訪問先"), max_length=120)
    address = models.CharField(_("場所"), max_length=200, blank=True)
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("登録"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="visits",
    )
    outcome = models.CharField(_("結果"), max_length=12, choices=VisitOutcome.choices)
    findings = models.TextField(_("わかったこと"), max_length=2000, blank=True)
    room_can_be_used = models.CharField(
        _("活用できる場があるか"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN
    )
    room_is_used = models.BooleanField(_("場を活用した実績がある"), default=False)
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("写真"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("訪問した人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("訪問調査")
        verbose_name_plural = _("訪問調査")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date", "district"])]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
