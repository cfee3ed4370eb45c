"""The tree of places: municipality → area → district, and the towns an address gives."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .choices import AreaKind, Certainty
from .querysets import AreaQuerySet


class Area(models.Model):
    """A node of the tree. Listings, events, permissions and figures hang on a node and roll up. [HSDS service_area]"""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("種別"), max_length=12, choices=AreaKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    code = models.CharField(
        _("全国地方公共団体コード"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{6}$", _("6桁の数字で入力してください。"))],
        help_text=_("自治体だけ。6桁(検査数字を含む)。"),
    )
    name = models.CharField(_("名前"), max_length=60, help_text=_("例:烏山地区"))
    short_name = models.CharField(_("短い名前"), max_length=40, help_text=_("例:烏山"))
    kana = models.CharField(_("ふりがな"), max_length=80)
    romaji = models.CharField(_("ローマ字"), max_length=80, blank=True)
    slug = models.SlugField(_("URLの名前"), max_length=60)
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)
    valid_from = models.DateField(_("設置日"), null=True, blank=True)
    valid_to = models.DateField(_("廃止日"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("分かれる前"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
    )
    lat = models.FloatField(_("緯度"), null=True, blank=True)
    lng = models.FloatField(_("経度"), null=True, blank=True)
    boundary = models.JSONField(
        _("境界"), null=True, blank=True, help_text=_("GeoJSONの図形(PolygonかMultiPolygon)")
    )
    description = models.TextField(_("紹介"), blank=True)
    certainty = models.CharField(
        _("町丁目の確かさ"), max_length=12, choices=Certainty.choices, default=Certainty.UNVERIFIED
    )
    source = models.CharField(_("出典"), max_length=400, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("地域・地区")
        verbose_name_plural = _("地域・地区")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="area_slug_unique_in_parent"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="area_code_unique"),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.MUNICIPALITY, parent__isnull=True)
                | (~Q(kind=AreaKind.MUNICIPALITY) & Q(parent__isnull=False)),
                name="area_municipality_is_the_root",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="area_valid_to_after_valid_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        slugs = []
        node: Area | None = self
        while node is not None:
            slugs.append(node.slug)
            node = node.parent
        return reverse("area", kwargs={"path": "/".join(reversed(slugs))})

    def clean(self) -> None:
        if self.parent and self.parent.kind == AreaKind.DISTRICT:
            raise ValidationError({"parent": _("地区の下に別の地域・地区は置けません。")})
        if self.parent and self.kind == AreaKind.MUNICIPALITY:
            raise ValidationError({"parent": _("自治体には上位を指定できません。")})
        if not self.parent and self.kind != AreaKind.MUNICIPALITY:
            raise ValidationError({"parent": _("上位の自治体か地域を選んでください。")})

    @property
    def municipality(self) -> Area:
        """The root above this node (itself for a municipality). Costs no query when parents are loaded."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node


class MunicipalityProfile(models.Model):
    """What one municipality calls things. Nothing in the code knows these words."""

    municipality = models.OneToOneField(
        Area,
        verbose_name=_("自治体"),
        on_delete=models.CASCADE,
        related_name="profile",
        limit_choices_to={"kind": AreaKind.MUNICIPALITY},
    )
    site_name = models.CharField(_("サイトの名前"), max_length=60, default="つなぐ")
    site_tagline = models.CharField(_("サイトの説明"), max_length=80, blank=True)
    area_label = models.CharField(
        _("地域の呼び方"), max_length=20, blank=True, help_text=_("例:地域。ない場合は空に。")
    )
    district_label = models.CharField(
        _("地区の呼び方"), max_length=20, default="地区", help_text=_("例:地区、日常生活圏域")
    )
    residents_label = models.CharField(
        _("住民の呼び方"), max_length=20, default="住民", help_text=_("例:区民、市民")
    )
    disability_word = models.CharField(
        _("障害の表記"), max_length=10, default="障害", help_text=_("障害、障がい")
    )
    council_name = models.CharField(_("社会福祉協議会の名前"), max_length=60, blank=True)
    desk_label = models.CharField(_("相談窓口の呼び方"), max_length=40, default="福祉の相談窓口")
    contact_phone = models.CharField(_("代表電話"), max_length=20, blank=True)
    contact_email = models.EmailField(_("代表メール"), blank=True)

    class Meta:
        verbose_name = _("自治体の設定")
        verbose_name_plural = _("自治体の設定")

    def __str__(self) -> str:
        return str(self.municipality)


class AreaPopulation(models.Model):
    """Population of a place in a year, by source."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField(_("年"))
    total = models.PositiveIntegerField(_("人口"))
    households = models.PositiveIntegerField(_("世帯数"), null=True, blank=True)
    age_65_and_over = models.PositiveIntegerField(_("65歳以上"), null=True, blank=True)
    under_15 = models.PositiveIntegerField(_("15歳未満"), null=True, blank=True)
    source = models.CharField(_("出典"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("人口")
        verbose_name_plural = _("人口")
        ordering = ["area", "-year"]
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="population_once_a_year")]

    def __str__(self) -> str:
        return f"{self.area} {self.year}"


class Town(ClusterableModel):
    """町丁目: the smallest place an address gives. Belongs to one district; blocks may be excepted (`TownBlock`)."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    municipality = models.ForeignKey(
        Area,
        verbose_name=_("自治体"),
        on_delete=models.PROTECT,
        related_name="towns",
        limit_choices_to={"kind": AreaKind.MUNICIPALITY},
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        on_delete=models.PROTECT,
        related_name="district_towns",
        limit_choices_to={"kind": AreaKind.DISTRICT},
    )
    name = models.CharField(_("町丁目"), max_length=60, help_text=_("例:池尻四丁目"))
    base_name = models.CharField(_("町名"), max_length=50, help_text=_("丁目を除いた名前。例:池尻"))
    chome = models.PositiveSmallIntegerField(_("丁目"), null=True, blank=True)
    kana = models.CharField(_("ふりがな"), max_length=80)
    postal_code = models.CharField(_("郵便番号"), max_length=7, blank=True, help_text=_("7桁の数字"))
    lat = models.FloatField(_("緯度"), null=True, blank=True)
    lng = models.FloatField(_("経度"), null=True, blank=True)
    boundary = models.JSONField(_("境界"), null=True, blank=True)
    certainty = models.CharField(
        _("地区との対応の確かさ"), max_length=12, choices=Certainty.choices, default=Certainty.UNVERIFIED
    )

    class Meta:
        verbose_name = _("町丁目")
        verbose_name_plural = _("町丁目")
        ordering = ["municipality", "kana", "chome"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="town_unique_in_municipality")
        ]
        indexes = [models.Index(fields=["base_name"]), models.Index(fields=["postal_code"])]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def full_kana(self) -> str:
        """Reading with the 丁目 in digits, as it is read aloud from a list: 「いけじり4ちょうめ」."""
        return f"{self.kana}{self.chome}ちょうめ" if self.chome else self.kana


class TownBlock(models.Model):
    """Blocks (番) of a town that belong to another district than the town: 池尻4丁目33–39番 → 代沢."""

    town = ParentalKey(Town, on_delete=models.CASCADE, related_name="blocks")
    first_block = models.PositiveSmallIntegerField(_("番(はじめ)"))
    last_block = models.PositiveSmallIntegerField(_("番(おわり)"))
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        on_delete=models.PROTECT,
        related_name="district_blocks",
        limit_choices_to={"kind": AreaKind.DISTRICT},
    )
    source = models.CharField(_("出典"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("番地ごとの例外")
        verbose_name_plural = _("番地ごとの例外")
        ordering = ["town", "first_block"]
        constraints = [
            models.CheckConstraint(condition=Q(last_block__gte=F("first_block")), name="block_range_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.town}{self.first_block}〜{self.last_block}番"


class PostalCode(models.Model):
    """A postal code and the town name it stands for; one code may have several, one town several codes."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    code = models.CharField(_("郵便番号"), max_length=7, db_index=True)
    municipality = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="postal_codes")
    prefecture = models.CharField(_("都道府県"), max_length=10)
    town_name = models.CharField(_("町名"), max_length=60, blank=True)
    town_kana = models.CharField(_("町名ふりがな"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("郵便番号")
        verbose_name_plural = _("郵便番号")
        ordering = ["code", "town_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "municipality", "town_name"], name="postal_code_town_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.town_name}"


class PlacesVersion(models.Model):
    """One row, changed with every change of a place, so that every process knows when to read places again."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("場所の版")
        verbose_name_plural = _("場所の版")

    def __str__(self) -> str:
        return str(self.token)
