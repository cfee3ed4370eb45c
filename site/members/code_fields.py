"""Fields people fill on every account page: the mailed code, a new password, staying logged in."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("8文字以上で。数字だけのものや、よくある言葉は使えません。")


class CodeField(forms.CharField):
    """A code as people type it: full-width digits, spaces and hyphens are fine."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("label", _("6けたの番号"))
        attributes = {"inputmode": "numeric", "autocomplete": "one-time-code"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", str(super().to_python(value) or "")).strip()


class OldPasswordField(forms.CharField):
    """A password that exists."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("パスワード"))
        kwargs.setdefault("max_length", 1000)
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        super().__init__(strip=False, widget=widget, **kwargs)


class NewPasswordField(forms.CharField):
    """A password to be. allauth's forms set `user`, whose name and address may not be part of it."""

    user: Any = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("新しいパスワード"))
        kwargs.setdefault("help_text", PASSWORD_HINT)
        kwargs.setdefault("max_length", 1000)
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(strip=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        password = super().clean(value)
        return get_adapter().clean_password(password, user=self.user) if password else password


class AgainField(forms.CharField):
    """The same password once more."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("新しいパスワード(もう一度)"))
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(strip=False, max_length=1000, widget=widget, **kwargs)
