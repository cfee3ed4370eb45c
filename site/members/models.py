"""People who log in: residents, groups, staff. Only what the site needs to know of them."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from areas.choices import AreaKind
from areas.models import Area

from .choices import ContactMeans, StaffRole
from .mail_address import MailAddressField
from .managers import UserManager


class User(index.Indexed, AbstractBaseUser, PermissionsMixin):
    """A login. The name is what the person wants to be called; nothing else about the person is asked."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = MailAddressField(_("メールアドレス"), unique=True)
    name = models.CharField(_("お名前"), max_length=60, blank=True)
    home_district = models.ForeignKey(
        Area,
        verbose_name=_("お住まいの地区"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_means = models.CharField(
        _("連絡の方法"), max_length=8, choices=ContactMeans.choices, default=ContactMeans.MAIL
    )
    phone = models.CharField(
        _("電話"), max_length=20, blank=True, help_text=_("電話での連絡を選んだときだけ")
    )
    postal_address = models.CharField(
        _("郵便の送り先"), max_length=200, blank=True, help_text=_("手紙での連絡を選んだときだけ")
    )
    display_settings = models.JSONField(_("表示の設定"), default=dict, blank=True)
    is_staff = models.BooleanField(_("職員"), default=False)
    is_active = models.BooleanField(_("有効"), default=True)
    date_joined = models.DateTimeField(_("登録日時"), default=timezone.now)
    #: Counted up to end every session of the account.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    #: For the list of accounts, which administrators alone may open.
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("email"),
    ]

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="user_email_unique_any_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with a new password (Django's rule) and with a new generation."""
        value = f"{self.password}|{self.session_generation}"
        return salted_hmac("members.session", value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email


class StaffAssignment(models.Model):
    """A member of staff works in a place with a role. Scope follows the tree: an area includes its districts."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("職員")
    )
    role = models.CharField(_("役割"), max_length=20, choices=StaffRole.choices)
    area = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        related_name="assignments",
        verbose_name=_("担当"),
        help_text=_("自治体・地域・地区"),
    )

    class Meta:
        verbose_name = _("担当")
        verbose_name_plural = _("担当")
        constraints = [models.UniqueConstraint(fields=["user", "role", "area"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.area}"


class Residency(models.Model):
    """区民登録: one person lives in one district from a day to a day. Rows of the past keep the monthly counts true;
    of a deleted account the row stays without the person.
    """

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="residencies", verbose_name=_("利用者")
    )
    district = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("お住まいの地区")
    )
    started_on = models.DateField(_("登録した日"))
    ended_on = models.DateField(_("終わった日"), null=True, blank=True)

    class Meta:
        verbose_name = _("区民登録")
        verbose_name_plural = _("区民登録")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_on__isnull=True), name="one_residency_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
                name="residency_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=False) | models.Q(user__isnull=False),
                name="residency_of_nobody_is_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.started_on}"


class FollowedDistrict(models.Model):
    """A person wants to hear of a district."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="followed_districts")
    district = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("わたしの地区")
        verbose_name_plural = _("わたしの地区")
        constraints = [models.UniqueConstraint(fields=["user", "district"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.district}"


class Substitution(models.Model):
    """While somebody is away, a colleague has the assignment as well."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    assignment = models.ForeignKey(StaffAssignment, on_delete=models.CASCADE, related_name="substitutions")
    substitute = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="substitutions", verbose_name=_("代わりの人")
    )
    first_day = models.DateField(_("はじめの日"))
    last_day = models.DateField(_("おわりの日"))
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("代わりの担当")
        verbose_name_plural = _("代わりの担当")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="substitution_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.substitute}"


class StaffInvitation(models.Model):
    """Staff invite staff by mail. The link carries a secret; here lies only its keyed hash."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    email = MailAddressField(_("メールアドレス"))
    role = models.CharField(_("役割"), max_length=20, choices=StaffRole.choices)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", verbose_name=_("担当"))
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("招待した日時"), auto_now_add=True)
    expires_at = models.DateTimeField(_("期限"))
    accepted_at = models.DateTimeField(_("受けた日時"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("受けた人")
    )
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("職員の招待")
        verbose_name_plural = _("職員の招待")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} {self.get_role_display()} {self.area}"


class RegistrationTarget(models.Model):
    """How many residents a municipality wants to have registered by the end of a fiscal year (a plan's figure)."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    municipality = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        related_name="registration_targets",
        limit_choices_to={"kind": AreaKind.MUNICIPALITY},
        verbose_name=_("自治体"),
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("年度"),
        validators=[MinValueValidator(2000), MaxValueValidator(2200)],
        help_text=_("西暦で。2026年4月からの1年は2026。"),
    )
    number = models.PositiveIntegerField(_("年度末の目標(人)"), validators=[MaxValueValidator(100_000_000)])
    source = models.CharField(_("出典"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("登録者数の目標")
        verbose_name_plural = _("登録者数の目標")
        ordering = ["municipality", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "fiscal_year"], name="registration_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.fiscal_year} {self.number}"
