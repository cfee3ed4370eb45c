"""How the register is kept true: verifications, reports of mistakes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import FieldGroup, MistakeState, VerificationMethod, VerificationResult
from .organizations import Organization
from .resources import Resource


class Verification(models.Model):
    """Proof that an entry is (still) true: who made sure, how, when, of what. Apart from "edited on"."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    field_group = models.CharField(
        _("確認した項目"), max_length=10, choices=FieldGroup.choices, default=FieldGroup.ALL
    )
    method = models.CharField(_("方法"), max_length=10, choices=VerificationMethod.choices)
    result = models.CharField(
        _("結果"), max_length=10, choices=VerificationResult.choices, default=VerificationResult.CONFIRMED
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("確認した人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_label = models.CharField(
        _("確認した人(所属)"), max_length=60, blank=True, help_text=_("例:社会福祉協議会")
    )
    date = models.DateField(_("確認した日"))
    next_due = models.DateField(_("次に確認する日"), null=True, blank=True)
    note = models.CharField(_("メモ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("確認")
        verbose_name_plural = _("確認")
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, organization__isnull=True)
                | Q(resource__isnull=True, organization__isnull=False),
                name="verification_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_method_display()}"


class MistakeReport(models.Model):
    """A visitor says that something on an entry is wrong. Holds a way to answer only if the visitor gave one."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="mistake_reports")
    field_group = models.CharField(_("どこが違いますか"), max_length=10, choices=FieldGroup.choices)
    message = models.TextField(_("内容"), max_length=1000)
    reply_to = models.CharField(_("ご連絡先(任意)"), max_length=120, blank=True)
    receipt = models.CharField(_("受付番号"), max_length=12, unique=True)
    state = models.CharField(_("対応"), max_length=10, choices=MistakeState.choices, default=MistakeState.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(_("対応した日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("受付日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("間違いの連絡")
        verbose_name_plural = _("間違いの連絡")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.receipt
