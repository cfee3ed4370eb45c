"""Who runs things. [HSDS organization]"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.search import index

from areas.models import Area

from ..choices import LegalForm, MemberRole, OrganizationStatus
from ..querysets import OrganizationQuerySet
from .base import Versioned
from .contacts import Contact


class Organization(Versioned):
    """A group, an association, a corporation, an office."""

    name = models.CharField(_("団体名"), max_length=120)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    legal_form = models.CharField(
        _("団体の種類"), max_length=20, choices=LegalForm.choices, default=LegalForm.INFORMAL
    )
    description = models.TextField(_("活動の紹介"), blank=True)
    plain_description = models.TextField(_("やさしい日本語の紹介"), blank=True)
    website = models.URLField(_("ホームページ"), max_length=500, blank=True)
    sns_links = models.JSONField(_("SNS"), default=list, blank=True)
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ロゴ・写真"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    corporate_number = models.CharField(
        _("法人番号"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("13桁の数字です。"))],
    )
    council_number = models.CharField(_("社協の登録番号"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位の団体"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="branches",
    )
    areas = ParentalManyToManyField(
        Area, verbose_name=_("活動する地域"), blank=True, related_name="organizations"
    )
    status = models.CharField(
        _("状態"), max_length=12, choices=OrganizationStatus.choices, default=OrganizationStatus.REGISTERED
    )
    is_trusted = models.BooleanField(
        _("審査なしで公開してよい"),
        default=False,
        help_text=_("団体の変更がすぐに公開されます。職員はあとから確かめます。"),
    )
    consented_on = models.DateField(_("掲載に同意した日"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("まとめた先"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged_from",
    )
    source_key = models.CharField(_("取り込み元の番号"), max_length=200, blank=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = ("merged_into_id",)

    search_fields = [
        index.SearchField("name", boost=10),
        index.AutocompleteField("name"),
        index.SearchField("kana", boost=5),
        index.AutocompleteField("kana"),
        index.SearchField("description"),
        index.SearchField("code"),
        index.FilterField("status"),
        index.FilterField("legal_form"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("団体")
        verbose_name_plural = _("団体")
        ordering = ["kana", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=~Q(source_key=""), name="organization_source_key_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organization", kwargs={"code": self.code})

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "directory/admin/preview_organization.html"


class OrganizationContact(Contact):
    """How to reach an organization."""

    organization = ParentalKey(Organization, on_delete=models.CASCADE, related_name="contacts")

    class Meta(Contact.Meta):
        abstract = False
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")


class OrganizationMember(models.Model):
    """A person with a login who may speak for an organization."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("利用者"),
    )
    role = models.CharField(_("役割"), max_length=10, choices=MemberRole.choices, default=MemberRole.EDITOR)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField(_("登録日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("団体の担当者")
        verbose_name_plural = _("団体の担当者")
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
