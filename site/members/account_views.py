"""The account's own page: what protects it, and the end of every other session."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .sessions import end_other_sessions


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Address, password, second factor, and whether each is set."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "address": EmailAddress.objects.get_primary_email(request.user) or request.user.email,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in kinds,
    }
    return render(request, "account/account.html", context)


@login_required
@require_POST
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    end_other_sessions(request)
    messages.success(request, _("ほかの機器では、すべてログアウトしました。"))
    return redirect("members:account")
