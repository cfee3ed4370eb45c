"""One activity or service: the heart of the register. [HSDS service]"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.models import Orderable
from wagtail.search import index

from areas.models import Area

from ..choices import (
    CapacityState,
    FeeKind,
    JoinPolicy,
    LifeStatus,
    Pickup,
    PlaceVisibility,
    VerificationMethod,
)
from ..querysets import ResourceQuerySet
from .base import Versioned
from .contacts import Contact
from .organizations import Organization
from .venues import FeatureAnswer, Venue
from .vocabulary import Audience, Category


class ResourceTag(TaggedItemBase):
    """A free word or a goal (SDGs) on a resource."""

    content_object = ParentalKey("directory.Resource", on_delete=models.CASCADE, related_name="tagged_items")


class Resource(Versioned):
    """A salon, a café, a pantry, a desk … What the public sees of it is decided in `directory.visibility` only."""

    # What it is
    name = models.CharField(_("名前"), max_length=120)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("主催の団体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    categories = ParentalManyToManyField(Category, verbose_name=_("種類"), related_name="resources")
    summary = models.CharField(
        _("ひとこと紹介"), max_length=200, blank=True, help_text=_("1〜2文。一覧に出ます。")
    )
    description = models.TextField(_("くわしい内容"), blank=True)
    plain_description = models.TextField(_("やさしい日本語"), blank=True)
    tags = ClusterTaggableManager(through=ResourceTag, blank=True, verbose_name=_("タグ・SDGs"))
    website = models.URLField(_("ホームページ"), max_length=500, blank=True)

    # Who may come, and how
    audiences = ParentalManyToManyField(
        Audience, verbose_name=_("対象"), blank=True, related_name="resources"
    )
    min_age = models.PositiveSmallIntegerField(_("何歳から"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    who_may_come = models.CharField(_("対象の補足"), max_length=200, blank=True)
    join_policy = models.CharField(
        _("参加のしかた"), max_length=12, choices=JoinPolicy.choices, default=JoinPolicy.UNKNOWN
    )
    join_note = models.CharField(_("参加のしかたの補足"), max_length=200, blank=True)
    languages = models.JSONField(
        _("使える言葉"), default=list, blank=True, help_text=_("ISO 639-1の記号。例:en, zh")
    )

    # What it costs (yen a visit; empty = not stated)
    fee_kind = models.CharField(_("費用"), max_length=8, choices=FeeKind.choices, default=FeeKind.UNKNOWN)
    fee_infant = models.PositiveIntegerField(_("幼児(円)"), null=True, blank=True)
    fee_elementary = models.PositiveIntegerField(_("小学生(円)"), null=True, blank=True)
    fee_junior_high = models.PositiveIntegerField(_("中学生(円)"), null=True, blank=True)
    fee_high_school = models.PositiveIntegerField(_("高校生(円)"), null=True, blank=True)
    fee_adult = models.PositiveIntegerField(_("大人(円)"), null=True, blank=True)
    fee_note = models.CharField(_("費用の補足"), max_length=200, blank=True)

    # Room for newcomers, and what is offered
    capacity = models.PositiveIntegerField(_("定員"), null=True, blank=True)
    capacity_state = models.CharField(
        _("受け入れ"), max_length=8, choices=CapacityState.choices, default=CapacityState.UNKNOWN
    )
    pickup = models.CharField(_("送迎"), max_length=8, choices=Pickup.choices, default=Pickup.UNKNOWN)
    pickup_note = models.CharField(_("送迎の補足"), max_length=100, blank=True)
    meals_note = models.CharField(_("食事・アレルギー"), max_length=200, blank=True)
    bring = models.CharField(_("持ち物"), max_length=200, blank=True)
    gives_points = models.BooleanField(_("ポイントの対象"), null=True, blank=True)

    # まちの縁側: the four criteria
    is_for_everyone = models.BooleanField(_("誰でも来られる"), null=True, blank=True)
    is_low_cost = models.BooleanField(_("無料か低額"), null=True, blank=True)
    needs_no_purpose = models.BooleanField(_("目的がなくてもよい"), null=True, blank=True)
    has_host = models.BooleanField(_("迎える人がいる"), null=True, blank=True)

    # Where
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("場所"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
        help_text=_("場所が決まっていないときだけ選んでください。場所があれば、その地区になります。"),
    )
    place_visibility = models.CharField(
        _("場所の公開"), max_length=10, choices=PlaceVisibility.choices, default=PlaceVisibility.EXACT
    )
    is_online = models.BooleanField(_("オンラインで参加できる"), default=False)
    areas_served = ParentalManyToManyField(
        Area, verbose_name=_("対象の地域"), blank=True, related_name="served_by"
    )

    # Its life
    life_status = models.CharField(
        _("状態"), max_length=10, choices=LifeStatus.choices, default=LifeStatus.ACTIVE, db_index=True
    )
    paused_note = models.CharField(_("お休みの説明"), max_length=200, blank=True)
    notice = models.CharField(_("お知らせ(臨時)"), max_length=200, blank=True)
    notice_from = models.DateField(_("お知らせのはじめ"), null=True, blank=True)
    notice_until = models.DateField(_("お知らせのおわり"), null=True, blank=True)
    verified_on = models.DateField(
        _("最後に確認した日"), null=True, blank=True, db_index=True, editable=False
    )
    verified_how = models.CharField(
        _("確認の方法"), max_length=10, choices=VerificationMethod.choices, blank=True, editable=False
    )
    verified_by = models.CharField(_("確認した人(所属)"), max_length=60, blank=True, editable=False)
    next_due = models.DateField(_("次に確認する日"), null=True, blank=True, db_index=True, editable=False)
    stale_on = models.DateField(
        _("「確認が古い情報です」と出す日"), null=True, blank=True, db_index=True, editable=False
    )
    hidden_on = models.DateField(
        _("確認できず公開を止めた日"), null=True, blank=True, db_index=True, editable=False
    )

    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("まとめた先"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged_from",
    )

    # Where the facts come from
    source_name = models.CharField(_("情報源"), max_length=100, blank=True)
    source_url = models.URLField(_("情報源のURL"), max_length=500, blank=True)
    source_licence = models.CharField(_("情報源の使用条件"), max_length=100, blank=True)
    source_key = models.CharField(
        _("取り込み元の番号"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("同じ行を2度取り込まないための番号"),
    )
    source_values = models.JSONField(_("取り込み元の値"), default=dict, blank=True, editable=False)

    objects = ResourceQuerySet.as_manager()

    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = (
        "verified_on",
        "verified_how",
        "verified_by",
        "next_due",
        "stale_on",
        "hidden_on",
        "merged_into_id",
    )

    search_fields = [
        index.SearchField("name", boost=10),
        index.AutocompleteField("name"),
        index.SearchField("kana", boost=5),
        index.AutocompleteField("kana"),
        index.SearchField("summary"),
        index.SearchField("description"),
        index.FilterField("life_status"),
        index.FilterField("live"),
        index.FilterField("district"),
        index.FilterField("verified_on"),
        index.SearchField("code"),
        index.RelatedFields("organization", [index.SearchField("name"), index.SearchField("kana")]),
        index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("address")]),
    ]

    class Meta:
        verbose_name = _("地域資源")
        verbose_name_plural = _("地域資源")
        ordering = ["kana", "name", "pk"]
        indexes = [models.Index(fields=["live", "life_status", "district"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="resource_source_key_unique"
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="resource_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(notice_from__isnull=True)
                | Q(notice_until__isnull=True)
                | Q(notice_until__gte=F("notice_from")),
                name="resource_notice_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        errors = {}
        if self.min_age is not None and self.max_age is not None and self.max_age < self.min_age:
            errors["max_age"] = _("「何歳まで」は「何歳から」より上にしてください。")
        if self.notice_from and self.notice_until and self.notice_until < self.notice_from:
            errors["notice_until"] = _("おわりの日は、はじめの日より後にしてください。")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: object, **kwargs: object) -> None:
        # The district of an entry is where it takes place; only entries without a place name one themselves.
        if self.venue is not None and self.venue.district_id is not None:
            self.district_id = self.venue.district_id
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:resource", kwargs={"code": self.code})

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "directory/admin/preview_resource.html"


class ResourceContact(Contact):
    """How to reach those who run a resource."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="contacts")

    class Meta(Contact.Meta):
        abstract = False
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")


class ResourceFeature(FeatureAnswer):
    """A feature of the activity itself (its place has its own)."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="feature_answers")

    class Meta(FeatureAnswer.Meta):
        abstract = False
        verbose_name = _("設備・行きやすさ")
        verbose_name_plural = _("設備・行きやすさ")
        constraints = [models.UniqueConstraint(fields=["resource", "feature"], name="resource_feature_once")]


class ResourcePhoto(Orderable):
    """A photo of a resource, in order."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("写真"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("説明"), max_length=100, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("写真")
        verbose_name_plural = _("写真")

    def __str__(self) -> str:
        return self.caption or str(self.photo)
