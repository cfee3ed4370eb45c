"""Gatherings of groups: cards, who takes part, and who would like to meet whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models import Organization

from ..choices import CardState
from .events import Event


class Gathering(models.Model):
    """What an event of the kind 交流会 has besides: groups take part in it, with cards."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="gathering")
    cards_until = models.DateField(_("カードの締切り"), null=True, blank=True)
    wishes_until = models.DateField(_("「つながりたい」の締切り"), null=True, blank=True)
    directory_is_open = models.BooleanField(
        _("参加団体の一覧を公開する"), default=False, help_text=_("同意した団体だけが出ます。")
    )

    class Meta:
        verbose_name = _("交流会")
        verbose_name_plural = _("交流会")

    def __str__(self) -> str:
        return str(self.event)


class Card(models.Model):
    """One group at one gathering: what it does, what it seeks, what it can give."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="cards")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="cards")
    does = models.CharField(_("何をしているか"), max_length=200)
    seeks = models.CharField(_("求めていること"), max_length=200, blank=True)
    gives = models.CharField(_("できること"), max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(_("来る人数"), default=1)
    speaker = models.CharField(_("名札の名前"), max_length=60, blank=True)
    table = models.CharField(_("テーブル"), max_length=20, blank=True)
    consents = models.BooleanField(_("参加団体の一覧に載せてよい"), default=False)
    state = models.CharField(_("状態"), max_length=10, choices=CardState.choices, default=CardState.CONFIRMED)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("名刺カード")
        verbose_name_plural = _("名刺カード")
        ordering = ["organization__kana", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "organization"], name="card_once_a_gathering")
        ]

    def __str__(self) -> str:
        return f"{self.organization}"


class ConnectionWish(models.Model):
    """「つながりたい」: one group would like to meet another of the same gathering."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    from_card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="wishes")
    to_card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="wished_by")
    note = models.CharField(_("話したいこと"), max_length=200, blank=True)
    is_after = models.BooleanField(_("交流会のあとの希望"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("つながりたい")
        verbose_name_plural = _("つながりたい")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["from_card", "to_card"], name="wish_once_a_pair"),
            models.CheckConstraint(condition=~Q(from_card=F("to_card")), name="wish_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.from_card} → {self.to_card}"
