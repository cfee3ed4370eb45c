"""Controlled lists: kinds of resource, who it is for, features of places. [HSDS taxonomy_term]"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from ..choices import FeatureGroup, Wish
from ..querysets import CategoryQuerySet

#: What staff find a row of these lists by.
_WORDS = [
    index.SearchField("name"),
    index.AutocompleteField("name"),
    index.SearchField("kana"),
    index.SearchField("code"),
    index.SearchField("synonyms"),
]


class Category(index.Indexed, models.Model):
    """Kind of resource. Two levels: the elements of community care, and the kinds under them."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    code = models.SlugField(_("記号"), max_length=40, unique=True)
    name = models.CharField(_("名前"), max_length=40)
    kana = models.CharField(_("ふりがな"), max_length=80)
    plain_name = models.CharField(_("やさしい言い方"), max_length=60, blank=True)
    description = models.TextField(_("説明"), blank=True)
    icon = models.CharField(_("絵記号"), max_length=20, blank=True)
    wish = models.CharField(_("したいこと"), max_length=10, choices=Wish.choices, blank=True)
    synonyms = models.TextField(_("別の言い方"), blank=True, help_text=_("1行に1つ"))
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)
    ask_after = models.PositiveSmallIntegerField(
        _("確認の間隔(日)"), null=True, blank=True, help_text=_("空のときは、自治体の決まりに従います。")
    )

    objects = CategoryQuerySet.as_manager()

    search_fields = [*_WORDS, index.SearchField("plain_name")]

    class Meta:
        verbose_name = _("種類")
        verbose_name_plural = _("種類")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": _("種類は2段までです。いちばん上の種類を選んでください。")})

    @property
    def synonym_list(self) -> list[str]:
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]


class Audience(index.Indexed, models.Model):
    """Who a resource is for. [HSDS eligibility]"""

    code = models.SlugField(_("記号"), max_length=40, unique=True)
    name = models.CharField(_("名前"), max_length=40)
    kana = models.CharField(_("ふりがな"), max_length=80)
    synonyms = models.TextField(_("別の言い方"), blank=True, help_text=_("1行に1つ"))
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    search_fields = _WORDS

    class Meta:
        verbose_name = _("対象")
        verbose_name_plural = _("対象")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Feature(index.Indexed, models.Model):
    """What a place or an activity offers: no steps, a lift, a nursing room. [HSDS accessibility, attribute]"""

    code = models.SlugField(_("記号"), max_length=40, unique=True)
    group = models.CharField(_("区分"), max_length=10, choices=FeatureGroup.choices)
    name = models.CharField(_("名前"), max_length=40, help_text=_("ある場合の言い方。例:段差がない"))
    absent_name = models.CharField(
        _("ない場合の言い方"), max_length=40, blank=True, help_text=_("例:段差がある")
    )
    kana = models.CharField(_("ふりがな"), max_length=80)
    icon = models.CharField(_("絵記号"), max_length=20, blank=True)
    synonyms = models.TextField(_("別の言い方"), blank=True, help_text=_("1行に1つ"))
    is_filter = models.BooleanField(_("しぼりこみに出す"), default=False)
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    search_fields = _WORDS

    class Meta:
        verbose_name = _("設備・行きやすさ")
        verbose_name_plural = _("設備・行きやすさ")
        ordering = ["group", "order", "pk"]

    def __str__(self) -> str:
        return self.name
