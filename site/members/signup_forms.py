"""What a person types to make an account or to change its address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .code_fields import PASSWORD_HINT, CodeField, NewPasswordField
from .mail_address import MailAddressFormField


class SignupForm(allauth_forms.SignupForm):
    """Address; name and password only if one likes. Known addresses get the same answer, and a mail that says so."""

    field_order = ["email", "name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = MailAddressFormField(help_text=_("確認の番号をこのアドレスに送ります。"))
        self.fields["name"] = forms.CharField(
            label=_("お名前"),
            required=False,
            max_length=60,
            help_text=_("呼ばれたい名前で。あとからでも書けます。"),
            widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        )
        self.fields["password1"] = NewPasswordField(
            label=_("パスワード"),
            required=False,
            help_text=_("%(rule)s 決めなくても、メールに届く番号でログインできます。")
            % {"rule": PASSWORD_HINT},
        )
        self.fields["homepage"] = forms.CharField(label=_("ここには何も書かないでください"), required=False)
        self.order_fields(self.field_order)

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        if self.cleaned_data["homepage"]:  # only machines fill it; nothing tells them that they were noticed
            return None, redirect("account_email_verification_sent")
        if self.account_already_exists:
            # As long as it takes for a new account.
            make_password(self.cleaned_data.get("password1") or None)
        try:
            return super().try_save(request)
        except IntegrityError:  # the same form, sent twice at once
            self.account_already_exists = True
            return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> Any:
        return super().save(request)


class AddressCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    code = CodeField()


class NewAddressForm(allauth_forms.AddEmailForm):
    """The address the account shall have from now on."""

    email = MailAddressFormField(
        label=_("新しいメールアドレス"), help_text=_("確認の番号をこのアドレスに送ります。")
    )
