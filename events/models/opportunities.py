"""The board: what groups seek and what they can give. [schema.org Demand, Offer]"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from areas.models import Area
from directory.models import Category, Organization, Resource

from ..choices import AnswerState, OpportunityKind, OpportunityState, OpportunityTopic
from ..querysets import OpportunityQuerySet
from .base import Reviewed


class Opportunity(Reviewed):
    """A post on the board. Contacts of both sides stay hidden until both agree."""

    kind = models.CharField(_("種類"), max_length=5, choices=OpportunityKind.choices)
    topic = models.CharField(_("何を"), max_length=10, choices=OpportunityTopic.choices)
    title = models.CharField(_("題名"), max_length=80)
    body = models.TextField(_("くわしい内容"), blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("団体"), on_delete=models.CASCADE, related_name="opportunities"
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("もとの活動"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="opportunities",
    )
    categories = ParentalManyToManyField(
        Category, verbose_name=_("テーマ"), blank=True, related_name="opportunities"
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
    )
    areas_served = ParentalManyToManyField(
        Area, verbose_name=_("対象の地域"), blank=True, related_name="opportunities_for"
    )
    when_text = models.CharField(_("いつ・どのくらい"), max_length=120, blank=True)
    open_from = models.DateField(_("いつから"), null=True, blank=True)
    open_until = models.DateField(_("いつまで載せるか"), db_index=True)
    # Not part of a draft: it counts at once.
    state = models.CharField(
        _("状態"),
        max_length=10,
        choices=OpportunityState.choices,
        default=OpportunityState.OPEN,
        editable=False,
    )
    asked_to_renew_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OpportunityQuerySet.as_manager()

    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = (
        *Reviewed.WRITTEN_BY_SERVICES,
        "state",
        "asked_to_renew_at",
    )

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("body"),
        index.SearchField("code"),
        index.FilterField("kind"),
        index.FilterField("topic"),
        index.FilterField("live"),
        index.FilterField("district"),
    ]

    class Meta:
        verbose_name = _("掲示板の書き込み")
        verbose_name_plural = _("掲示板")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:opportunity", kwargs={"code": self.code})

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "events/admin/preview_opportunity.html"


class OpportunityAnswer(models.Model):
    """Somebody answers a post: another group, or a person."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="answers")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("答えた団体"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("お名前"), max_length=60)
    message = models.TextField(_("伝えたいこと"))
    email = models.CharField(_("メール"), max_length=254, blank=True)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=AnswerState.choices, default=AnswerState.WAITING
    )
    # What the group that wrote the post lets this one know, once it agrees.
    group_contact = models.CharField(_("伝えた連絡先"), max_length=200, blank=True)
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("掲示板への返事")
        verbose_name_plural = _("掲示板への返事")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "organization"],
                condition=Q(organization__isnull=False),
                name="answer_once_a_group",
            )
        ]

    def __str__(self) -> str:
        return self.name
