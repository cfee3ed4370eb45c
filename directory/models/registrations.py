"""How groups come in: registration in three steps, taking over an entry, invitations, what they agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from ..choices import ClaimState, MemberRole, RegistrationState
from .organizations import Organization
from .resources import Resource


class Registration(models.Model):
    """A group on its way in. What was typed stays here step by step, and comes back by a mailed link.

    `receipt` is the 受付番号, given with the first step. The link carries a secret; here lies only its keyed hash.
    """

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    receipt = models.CharField(_("受付番号"), max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("メールアドレス"), blank=True)
    answers = models.JSONField(_("入力"), default=dict, blank=True)
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    district = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(
        _("状態"), max_length=10, choices=RegistrationState.choices, default=RegistrationState.TYPING
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("代わりに入力した職員"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("始めた日時"), auto_now_add=True)
    updated_at = models.DateTimeField(_("最後に入力した日時"), auto_now=True)
    submitted_at = models.DateTimeField(_("申し込んだ日時"), null=True, blank=True)
    links_mailed = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("団体の登録の申込み")
        verbose_name_plural = _("団体の登録の申込み")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.receipt


class Consent(models.Model):
    """What a group agreed to, in which wording, when, and how it said so."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="consents")
    wording = models.CharField(_("同意の文の版"), max_length=20)
    choices = models.JSONField(_("公開してよいもの"), default=dict, blank=True)
    given_by = models.CharField(_("同意した人"), max_length=60, blank=True)
    given_how = models.CharField(_("方法"), max_length=20)
    given_on = models.DateField(_("同意した日"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("掲載の同意")
        verbose_name_plural = _("掲載の同意")
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization} {self.given_on}"


class Claim(models.Model):
    """Somebody says "this entry is ours". Staff of the place decide; only then they may edit it."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    receipt = models.CharField(_("受付番号"), max_length=12, unique=True)
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    relation = models.CharField(_("団体での役割"), max_length=60, help_text=_("例:代表、会計"))
    message = models.TextField(_("確かめるための説明"), max_length=1000, blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("申し出た日時"), auto_now_add=True)

    class Meta:
        verbose_name = _("引き継ぎの申し出")
        verbose_name_plural = _("引き継ぎの申し出")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False) | Q(organization__isnull=False),
                name="claim_of_something",
            ),
            models.UniqueConstraint(
                fields=["user", "resource"],
                condition=Q(state="waiting", resource__isnull=False),
                name="one_waiting_claim_a_resource",
            ),
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(state="waiting", organization__isnull=False, resource__isnull=True),
                name="one_waiting_claim_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class OrganizationInvitation(models.Model):
    """An owner asks somebody to help with the entries, or to become the representative. Hash only, as above."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("メールアドレス"))
    role = models.CharField(_("役割"), max_length=10, choices=MemberRole.choices, default=MemberRole.EDITOR)
    is_handover = models.BooleanField(
        _("代表を引き継ぐ"), default=False, help_text=_("受けると、いまの代表は編集する人になります。")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("期限"))
    accepted_at = models.DateTimeField(_("受けた日時"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("団体への招待")
        verbose_name_plural = _("団体への招待")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} → {self.organization}"
