"""Forms about passwords: confirm it is you, set, change, forgotten."""

from __future__ import annotations

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from .code_fields import AgainField, CodeField, NewPasswordField, OldPasswordField
from .mail_address import MailAddressFormField


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    password = OldPasswordField()


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    oldpassword = OldPasswordField(label=_("いまのパスワード"))
    password1 = NewPasswordField()
    password2 = AgainField()


class SetPasswordForm(allauth_forms.SetPasswordForm):
    password1 = NewPasswordField(label=_("パスワード"))
    password2 = AgainField(label=_("パスワード(もう一度)"))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    email = MailAddressFormField()


class ResetCodeForm(allauth_forms.ConfirmPasswordResetCodeForm):
    code = CodeField()


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    password1 = NewPasswordField()
    password2 = AgainField()
