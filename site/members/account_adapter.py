"""How allauth speaks and acts here: Japanese words, visitors behind our proxies, nothing half saved."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .client_address import address_of

_WRONG_LOGIN = _("メールアドレスかパスワードがちがいます。大文字と小文字の違いもお確かめください。")


class AccountAdapter(DefaultAccountAdapter):
    """Named by ACCOUNT_ADAPTER."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _WRONG_LOGIN,
        "email_password_mismatch": _WRONG_LOGIN,
        "invalid_login": _WRONG_LOGIN,
        "duplicate_email": _("いまお使いのメールアドレスと同じです。"),
        "email_taken": _("このメールアドレスは使えません。別のアドレスを入力してください。"),
        "enter_current_password": _("いまのパスワードがちがいます。"),
        "incorrect_password": _("パスワードがちがいます。"),
        "incorrect_code": _("番号がちがいます。届いたメールの6けたの番号をお確かめください。"),
        "too_many_login_attempts": _("まちがいが続きました。5分ほどたってから、もう一度お試しください。"),
        "rate_limited": _("続けて送りすぎました。少し待ってから、もう一度お試しください。"),
        "same_as_current": _("いまと同じアドレスです。"),
        "max_email_addresses": _("いちどに変えられるアドレスは一つです。"),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        values = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.WAGTAILADMIN_BASE_URL}
        super().send_mail(template_prefix, email, {**values, **context})

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Somebody else may have taken the address between the question and the answer."""
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            self.add_message(request, messages.ERROR, message=str(self.error_messages["email_taken"]))
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("members:account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("members:account") if self.request.user.is_authenticated else reverse("members:login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("パスワードで確かめる"),
            "mfa_reauthenticate": _("認証アプリの番号か、予備の番号で確かめる"),
            "mfa_reauthenticate:webauthn": _("パスキーで確かめる"),
        }
        return [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
