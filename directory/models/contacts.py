"""How to reach somebody. Who may see it is a field, not a habit. [HSDS contact, phone]"""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import ContactAudience
from ..phone_numbers import normalize_phone


class Contact(models.Model):
    """One way to reach somebody. Staff only unless somebody decided otherwise."""

    name = models.CharField(_("担当"), max_length=60, blank=True)
    kana = models.CharField(_("担当のふりがな"), max_length=100, blank=True)
    role = models.CharField(_("役割"), max_length=40, blank=True, help_text=_("例:代表、受付"))
    phone = models.CharField(_("電話"), max_length=20, blank=True, help_text=_("例:03-0000-0000"))
    fax = models.CharField(_("FAX"), max_length=20, blank=True)
    email = models.EmailField(_("メール"), blank=True)
    line_url = models.URLField("LINE", blank=True)
    url = models.URLField(_("ホームページ"), max_length=500, blank=True)
    hours = models.CharField(_("受付時間"), max_length=80, blank=True, help_text=_("例:平日 9:00〜17:00"))
    audience = models.CharField(
        _("見せる相手"), max_length=10, choices=ContactAudience.choices, default=ContactAudience.STAFF
    )
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", fax="", email="", line_url="", url=""), name="%(class)s_has_a_means"
            )
        ]

    def __str__(self) -> str:
        return self.phone or self.email or self.url or self.line_url or self.fax

    def clean(self) -> None:
        """Numbers are kept in the national form with hyphens, whatever was typed."""
        for field in ("phone", "fax"):
            value = getattr(self, field)
            if value:
                setattr(self, field, normalize_phone(value))
        if not any((self.phone, self.fax, self.email, self.line_url, self.url)):
            raise ValidationError(_("電話・FAX・メールなど、連絡の方法を1つは入力してください。"))

    @property
    def phone_e164(self) -> str:
        """The number as machines dial it, e.g. "+81354322914"; empty where it is no valid number."""
        try:
            number = phonenumbers.parse(self.phone, "JP")
        except phonenumbers.NumberParseException:
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
