"""Where things happen. [HSDS location] Address parts as in 自治体標準オープンデータセット."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from areas.choices import Precision
from areas.models import Area, Town

from ..choices import Answer, PlaceVisibility
from ..querysets import VenueQuerySet
from .base import PublicIdentity, Stamped
from .vocabulary import Feature


class Venue(index.Indexed, PublicIdentity, Stamped, ClusterableModel):
    """A place, used by any number of resources; it may be lent (活用できる場)."""

    name = models.CharField(_("場所の名前"), max_length=120, blank=True)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True, help_text=_("書かれていたとおりの住所"))
    prefecture = models.CharField(_("都道府県"), max_length=10, blank=True)
    city = models.CharField(_("市区町村"), max_length=40, blank=True)
    town_name = models.CharField(_("町字"), max_length=60, blank=True)
    block = models.CharField(_("番地以下"), max_length=60, blank=True)
    building = models.CharField(_("建物名など(方書)"), max_length=100, blank=True)
    floor = models.CharField(_("階"), max_length=20, blank=True)
    postal_code = models.CharField(_("郵便番号"), max_length=7, blank=True)
    lat = models.FloatField(
        _("緯度"), null=True, blank=True, validators=[MinValueValidator(20), MaxValueValidator(46)]
    )
    lng = models.FloatField(
        _("経度"), null=True, blank=True, validators=[MinValueValidator(122), MaxValueValidator(154)]
    )
    precision = models.CharField(
        _("位置の確かさ"), max_length=12, choices=Precision.choices, default=Precision.NONE, editable=False
    )
    town = models.ForeignKey(
        Town,
        verbose_name=_("町丁目"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="venues",
    )
    district = models.ForeignKey(
        Area, verbose_name=_("地区"), null=True, blank=True, on_delete=models.PROTECT, related_name="venues"
    )
    access_note = models.CharField(
        _("行き方"), max_length=200, blank=True, help_text=_("例:千歳烏山駅から歩いて5分")
    )
    visibility = models.CharField(
        _("場所の公開"), max_length=10, choices=PlaceVisibility.choices, default=PlaceVisibility.EXACT
    )
    is_lendable = models.BooleanField(_("貸し出しできる(活用できる場)"), default=False)
    lend_capacity = models.PositiveSmallIntegerField(_("貸し出しの定員"), null=True, blank=True)
    lend_fee = models.CharField(_("貸し出しの料金"), max_length=100, blank=True)
    lend_rules = models.TextField(_("貸し出しの決まり"), blank=True)
    lend_hours = models.CharField(_("貸し出しの時間"), max_length=100, blank=True)
    source_key = models.CharField(_("取り込み元の番号"), max_length=200, blank=True, editable=False)

    objects = VenueQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=10),
        index.AutocompleteField("name"),
        index.SearchField("kana", boost=5),
        index.SearchField("address"),
        index.AutocompleteField("address"),
        index.SearchField("code"),
        index.FilterField("district"),
        index.FilterField("is_lendable"),
    ]

    class Meta:
        verbose_name = _("場所・会場")
        verbose_name_plural = _("場所・会場")
        ordering = ["kana", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True)
                | Q(lat__gte=20, lat__lte=46, lng__gte=122, lng__lte=154),
                name="venue_point_in_japan",
            ),
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="venue_source_key_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address or str(_("名前のない場所"))


class FeatureAnswer(models.Model):
    """Whether something is there: yes, no, or nobody has looked."""

    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="+", verbose_name=_("項目"))
    answer = models.CharField(_("有無"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN)
    note = models.CharField(_("補足"), max_length=100, blank=True)

    class Meta:
        abstract = True
        ordering = ["feature__group", "feature__order"]

    def __str__(self) -> str:
        return f"{self.feature}: {self.get_answer_display()}"


class VenueFeature(FeatureAnswer):
    """A feature of a place."""

    venue = ParentalKey(Venue, on_delete=models.CASCADE, related_name="feature_answers")

    class Meta(FeatureAnswer.Meta):
        abstract = False
        verbose_name = _("場所の設備・行きやすさ")
        verbose_name_plural = _("場所の設備・行きやすさ")
        constraints = [models.UniqueConstraint(fields=["venue", "feature"], name="venue_feature_once")]
