"""E-mail addresses as people in Japan have them and type them.

Until 2009 mobile carriers gave out addresses such as `foo..bar@docomo.ne.jp` or `.foo.@ezweb.ne.jp`, against RFC 5321.
They still work, so they may log in here; `mailing.addresses` writes them so that mail servers take them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

_SPACES = re.compile(r"\s+")
_DOTS = re.compile(r"\.+")
_MESSAGE = _("メールアドレスの形が違うようです。「@」と、その前後をお確かめください。例: hanako@example.jp")


def normalise_address(text: str) -> str:
    """What was meant: full-width letters and signs as half-width ones, no spaces, lower case."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


@deconstructible
class MailAddressValidator(EmailValidator):
    """Django's rule, but dots may stand anywhere before the @, as in the addresses carriers once gave out."""

    message = _MESSAGE

    def __call__(self, value: Any) -> None:
        local, at, domain = str(value).rpartition("@")
        # One dot in place of many, none at the ends: what is left must obey the usual rule.
        tidy = _DOTS.sub(".", local).strip(".")
        if not at or len(str(value)) > 254 or '"' in local:
            raise ValidationError(self.message, code=self.code, params={"value": value})
        super().__call__(f"{tidy}@{domain}")


validate_mail_address = MailAddressValidator()


class MailAddressFormField(forms.EmailField):
    """One address; the cleaned value is normalised. `type="email"` would refuse carrier addresses in the browser."""

    default_validators = [validate_mail_address]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("メールアドレス"))
        kwargs.setdefault("widget", mail_address_input())
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return normalise_address(str(super().to_python(value) or ""))


def mail_address_input(autocomplete: str = "email") -> forms.TextInput:
    """A text box with the keyboard for addresses: browsers let `type="email"` take no `foo..bar@…`."""
    return forms.TextInput(
        attrs={
            "inputmode": "email",
            "autocomplete": autocomplete,
            "autocapitalize": "none",
            "spellcheck": "false",
        }
    )


class MailAddressField(models.EmailField):
    """A column for one address."""

    default_validators = [validate_mail_address]

    def formfield(self, **kwargs: Any) -> Any:
        return models.CharField.formfield(self, **{"form_class": MailAddressFormField, **kwargs})
