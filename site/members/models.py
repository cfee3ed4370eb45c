"""People who log in: residents, groups, staff. Only what the site needs to know of them."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from areas.models import Area

from .choices import StaffRole
from .managers import UserManager


class User(index.Indexed, AbstractBaseUser, PermissionsMixin):
    """A login. The name is what the person wants to be called; nothing else about the person is asked."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("メールアドレス"), unique=True)
    name = models.CharField(_("お名前"), max_length=60, blank=True)
    home_district = models.ForeignKey(
        Area,
        verbose_name=_("お住まいの地区"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_staff = models.BooleanField(_("職員"), default=False)
    is_active = models.BooleanField(_("有効"), default=True)
    date_joined = models.DateTimeField(_("登録日時"), default=timezone.now)

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

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email


class StaffAssignment(models.Model):
    """A member of staff works in a place with a role. Scope follows the tree: an area includes its districts."""

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
