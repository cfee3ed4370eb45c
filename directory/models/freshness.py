"""Asking groups whether their entries are still true: when to ask, the asks, the campaigns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from ..choices import AskAnswer, AskChannel, AskState
from .resources import Resource


class FreshnessPolicy(models.Model):
    """The days of a municipality between proof, ask, reminder, call and hiding. Kinds may have a rhythm of their own."""

    municipality = models.OneToOneField(
        Area, on_delete=models.CASCADE, related_name="freshness_policy", verbose_name=_("自治体")
    )
    ask_after = models.PositiveSmallIntegerField(_("確認をお願いするまで(日)"), default=183)
    remind_after = models.PositiveSmallIntegerField(_("お願いから、もう一度のお願いまで(日)"), default=14)
    call_after = models.PositiveSmallIntegerField(_("お願いから、電話の一覧に載せるまで(日)"), default=28)
    warn_after = models.PositiveSmallIntegerField(_("「確認が古い情報です」と出すまで(日)"), default=214)
    hide_after = models.PositiveSmallIntegerField(_("公開を止めるまで(日)"), default=730)

    class Meta:
        verbose_name = _("確認の間隔")
        verbose_name_plural = _("確認の間隔")

    def __str__(self) -> str:
        return str(self.municipality)


class VerificationCampaign(models.Model):
    """All entries of a place are asked in one go, and the answers are followed."""

    name = models.CharField(_("名前"), max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("地域・地区"))
    first_day = models.DateField(_("はじめの日"))
    last_day = models.DateField(_("しめきり"))
    message = models.TextField(_("お願いの文"), max_length=1000, blank=True)
    started_at = models.DateTimeField(_("送り始めた日時"), null=True, blank=True)
    prepared_at = models.DateTimeField(_("お願いを作り終えた日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("一斉の確認")
        verbose_name_plural = _("一斉の確認")
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="campaign_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VerificationAsk(models.Model):
    """One question 「変わりありませんか」 about one entry. `code` is the short code on paper; links are signed."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="asks")
    campaign = models.ForeignKey(
        VerificationCampaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="asks"
    )
    code = models.CharField(_("確認の番号"), max_length=8, unique=True)
    channel = models.CharField(_("方法"), max_length=8, choices=AskChannel.choices)
    sent_to = models.EmailField(_("送り先"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=AskState.choices, default=AskState.WAITING)
    answer = models.CharField(_("答え"), max_length=10, choices=AskAnswer.choices, blank=True)
    created_at = models.DateTimeField(_("お願いした日時"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("もう一度お願いした日時"), null=True, blank=True)
    called_at = models.DateTimeField(_("電話の一覧に載せた日時"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答えのあった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("確認のお願い")
        verbose_name_plural = _("確認のお願い")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource"],
                condition=Q(state__in=["waiting", "call"]),
                name="one_open_ask_a_resource",
            )
        ]

    def __str__(self) -> str:
        return self.code
