"""Forms of the second factor. Keys here are always passkeys: they ask for a finger, a face or a PIN themselves."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .code_fields import CodeField
from .second_factor import SecondFactorAdapter

#: What the parsers of a browser's answer raise when it is not one.
_NOT_AN_ANSWER = (AttributeError, KeyError, IndexError, TypeError, ValueError)


class AuthenticateForm(base_forms.AuthenticateForm):
    code = CodeField(label=_("認証アプリの番号、または予備の番号"))


class ReauthenticateForm(base_forms.ReauthenticateForm):
    code = CodeField(label=_("認証アプリの番号、または予備の番号"))


class ActivateTotpForm(totp_forms.ActivateTOTPForm):
    code = CodeField(label=_("アプリに出た6けたの番号"))


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A new passkey. The script fills `credential`."""

    name = forms.CharField(
        label=_("名前"), required=False, max_length=60, help_text=_("例: わたしのスマートフォン")
    )
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except ValidationError:
            raise
        except _NOT_AN_ANSWER as error:
            raise SecondFactorAdapter().validation_error("passkey_refused") from error


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("名前"), max_length=60)


class _CheckedCredential:
    """A browser's answer that is none is refused, not a server error."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except _NOT_AN_ANSWER as error:
            raise SecondFactorAdapter().validation_error("passkey_refused") from error


class PasskeyLoginForm(_CheckedCredential, webauthn_forms.LoginWebAuthnForm):
    pass


class PasskeyAuthenticateForm(_CheckedCredential, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class PasskeyReauthenticateForm(_CheckedCredential, webauthn_forms.ReauthenticateWebAuthnForm):
    pass
