"""The second factor (passkey or authenticator app) in words people know. Whoever may enter the staff screens needs one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Recovery codes alone are no second factor: they come with one of these.
COUNTING = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: Any) -> bool:
    """Has `user` a passkey or an authenticator app?"""
    return is_mfa_enabled(user, COUNTING)


def was_shown(request: HttpRequest) -> bool:
    """Was the second factor part of this very login? Any door that asks for less does not lead to the staff screens."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record["method"] == "mfa" for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our words, and staff who keep at least one factor where it is required."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("番号がちがいます。いま表示されている番号を入力してください。"),
        "cannot_delete_authenticator": _(
            "管理の画面に入る方は、最後の一つを止められません。先に別の方法を加えてください。"
        ),
        "unverified_email": _("先にメールアドレスを確認してください。"),
        "passkey_refused": _("パスキーを確かめられませんでした。もう一度お試しください。"),
    }

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user: Any = authenticator.user
        if not settings.MFA_REQUIRED_FOR_STAFF or not user.is_staff:
            return True
        others = Authenticator.objects.filter(user=user, type__in=COUNTING).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("パスキー %(number)d") % {"number": number}
