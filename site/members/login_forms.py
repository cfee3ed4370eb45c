"""What a person types to log in."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .code_fields import CodeField, OldPasswordField
from .mail_address import MailAddressFormField, mail_address_input


class LoginForm(allauth_forms.LoginForm):
    """Address, and the password of those who have one. Without a password a code comes by mail.

    The answer never says whether an address is known, nor which of the two was wrong.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember = forms.BooleanField(
            label=_("この機器でログインしたままにする"),
            required=False,
            help_text=_("図書館など、みんなで使う機器では選ばないでください。"),
        )
        self.fields = {
            "login": MailAddressFormField(widget=mail_address_input("username")),
            "password": OldPasswordField(
                required=False,
                help_text=_("決めていない方、忘れた方は、空のまま進んでください。番号をメールで送ります。"),
            ),
            "remember": remember,
        }

    def _clean_without_password(self, email: str | None, phone: str | None) -> dict[str, Any]:
        """As allauth does it, with our field: its own refuses the addresses of carriers."""
        form = CodeRequestForm({"email": email or ""})
        if form.is_valid():
            self.user = form._user
        for error in form.errors.get("email", []):
            self.add_error("login", error)
        return self.cleaned_data

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        # A code is asked for first; the session keeps the wish until then.
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if self.cleaned_data["remember"] else 0)
        return response


class CodeRequestForm(allauth_forms.RequestLoginCodeForm):
    """Whose code is asked for. Known or not, the answer is the same."""

    email = MailAddressFormField()


class LoginCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code from the mail."""

    code = CodeField()
